"""A verification call: what was found out is saved at once, and the next listing comes."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.problem import Problem
from finder.domain.review import CheckMethod, CheckResult, FieldGroup
from finder.listings import Change, amend
from finder.listings.checks import checks_of
from finder.listings.problems import unanswered_of
from finder.models import Account, ProblemReport, Provider, Standing
from tests.factories import a_provider
from tests.queues import queries_of
from tests.saved import facts_of
from tests.staff import START, StaffClient, an_account

A_TRY = {"unreached": "1"}


@pytest.fixture
def listing(session: Session) -> Provider:
    """A place with two numbers."""
    made = a_provider(session, name="Harbor House")
    session.commit()
    return made


@pytest.fixture
def eve(session: Session, staff: StaffClient) -> Account:
    """An editor of Illinois, signed in."""
    account = an_account(session, Role.EDITOR, Scope(state="IL"))
    staff.sign_in(account)
    return account


def save(staff: StaffClient, listing: Provider, *, version: int = 1, expect: int = 303, **fields: str) -> str:
    """Send the form as it was shown, with these answers; gives where it leads, or the page."""
    shown = {"phones-0": "312-555-0123", "phones-1": "312-555-0124 ext. 7", "phones-2": "", "beds": "", "accepting": ""}
    shown |= {"website": "https://lakeview.example/", "email": "", "version": str(version)}
    answer = staff.send(f"/admin/listings/{listing.id}/call", **(shown | fields), expect=expect)
    return answer.location or answer.text


def facts_now(session: Session, listing: Provider) -> dict[str, Any]:
    """What the listing says, as it is saved."""
    session.rollback()
    return facts_of(session, listing.id)


def reports_now(session: Session, listing: Provider) -> list[ProblemReport]:
    """The reports that nobody answered yet."""
    session.rollback()
    return unanswered_of(session, listing.id)


def found_out(session: Session, listing: Provider) -> set[tuple[FieldGroup, CheckMethod, CheckResult]]:
    """What people found out about a listing."""
    session.rollback()
    checks = checks_of(session, listing.id)
    return {(each.field_group, each.method, each.result) for each in checks if each.method is not CheckMethod.IMPORT}


@pytest.mark.usefixtures("eve")
def test_the_page_has_the_script_the_numbers_and_the_facts_in_words(staff: StaffClient, listing: Provider) -> None:
    page = staff.get(f"/admin/listings/{listing.id}/call").text

    for words in ("Never ask about patients", 'href="tel:+13125550124;ext=7"', "Medicaid", "Monday 9 AM"):
        assert words in page


def test_one_save_writes_a_check_of_each_group_with_method_and_person(
    staff: StaffClient, session: Session, listing: Provider, eve: Account
) -> None:
    save(staff, listing, phone="true", services="true", hours="not_asked", method="visit", note="Ask for Ann.")

    confirmed = CheckMethod.VISIT, CheckResult.CONFIRMED
    assert found_out(session, listing) == {(FieldGroup.PHONE, *confirmed), (FieldGroup.SERVICES, *confirmed)}
    newest = checks_of(session, listing.id)[0]
    assert (newest.by, newest.note, newest.checked_on) == (eve.email, "Ask for Ann.", START.date())


@pytest.mark.usefixtures("eve")
def test_a_simple_fact_is_corrected_in_the_same_save(staff: StaffClient, session: Session, listing: Provider) -> None:
    save(
        staff,
        listing,
        **{"phones-0": "(312) 555-0199", "phones-1": "", "phones-2": "800-555-0100"},
        phone="wrong",
        accepting="yes",
        beds="3",
    )

    facts = facts_now(session, listing)
    assert facts["phones"] == (Phone("+13125550199"), Phone("+18005550100"))
    assert (facts["accepting"], facts["beds"]) == (True, 3)
    assert facts["availability_expires"] - facts["availability_as_of"] == dt.timedelta(7)
    assert found_out(session, listing) == {
        (FieldGroup.PHONE, CheckMethod.CALL, CheckResult.CORRECTED),
        (FieldGroup.AVAILABILITY, CheckMethod.CALL, CheckResult.CORRECTED),
    }


@pytest.mark.usefixtures("eve")
def test_room_for_new_people_that_is_still_there_counts_anew(
    staff: StaffClient, session: Session, listing: Provider
) -> None:
    long_ago = START - dt.timedelta(30)
    told = {"availability_as_of": long_ago, "availability_expires": long_ago + dt.timedelta(7)}
    amend(session, {listing.id: {"accepting": True, "beds": 2, **told}}, Change(by="test", at=long_ago))
    session.commit()

    save(staff, listing, version=2, availability="true", accepting="yes", beds="2")

    facts = facts_now(session, listing)
    assert facts["beds"] == 2
    assert facts["availability_expires"] > START


@pytest.mark.usefixtures("eve")
def test_what_is_wrong_and_not_corrected_waits_as_a_report_and_the_form_opens(
    staff: StaffClient, session: Session, listing: Provider
) -> None:
    leads_to = save(staff, listing, services="wrong", phone="true", note="No detox any more.")

    assert leads_to == f"/admin/listings/{listing.id}/edit"
    assert {group for group, _, _ in found_out(session, listing)} == {FieldGroup.PHONE}
    (report,) = reports_now(session, listing)
    assert [row.problem for row in report.problems] == [Problem.SERVICES]
    assert "No detox any more." in report.text


def test_who_may_not_edit_corrects_nothing(staff: StaffClient, session: Session, listing: Provider) -> None:
    staff.sign_in(an_account(session, Role.REVIEWER))

    leads_to = save(staff, listing, **{"phones-0": "312-555-0199"}, phone="wrong")

    assert leads_to == "/admin/reviews"
    assert facts_now(session, listing)["phones"][0] == Phone("+13125550123")
    assert len(reports_now(session, listing)) == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Say of at least one group"),
        ({"phones-0": "12"}, "Enter a phone number"),
        ({"website": "lake view"}, "Enter a web address"),
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"beds": "many", "accepting": "yes"}, "Enter a whole number"),
        ({"phone": "true", "note": "x" * 501}, "Use at most 500 characters"),
        ({"unreached": "1", "note": "x" * 501}, "Use at most 500 characters"),
    ],
)
@pytest.mark.usefixtures("eve")
def test_a_form_with_a_mistake_comes_back_with_all_that_was_typed(
    staff: StaffClient, session: Session, listing: Provider, fields: dict[str, str], told: str
) -> None:
    page = save(staff, listing, expect=422, **({"note": "Ask for Ann."} | fields))

    assert told in page
    assert all(typed in page for typed in fields.values())
    assert found_out(session, listing) == set()


@pytest.mark.usefixtures("eve")
def test_who_is_not_reached_three_times_is_hidden_and_shown_again_when_somebody_answers(
    staff: StaffClient, session: Session, listing: Provider
) -> None:
    address = f"/admin/listings/{listing.id}/call"
    for told in ("try 1", "try 2", "hidden now"):
        staff.send(address, version="1", **A_TRY)
        assert told in staff.get("/admin/reviews").text
    assert facts_now(session, listing)["status"] is Status.HIDDEN
    assert "Harbor House" in staff.get("/admin/reviews/waiting").text

    assert save(staff, listing, version=2, phone="true") == "/admin/reviews/waiting"

    assert facts_now(session, listing)["status"] is Status.PUBLISHED


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_lost(
    staff: StaffClient, session: Session, listing: Provider, eve: Account
) -> None:
    others = {"phones": (Phone("+13125550177"), Phone("+13125550124", PhoneKind.INTAKE, "7"))}
    amend(session, {listing.id: others}, Change(by="bob@county.example", at=START))
    session.commit()

    page = save(staff, listing, expect=409, phone="true", services="true", note="Ask for Ann.", website="new.example")

    for words in ("312-555-0123", "312-555-0177", "Ask for Ann.", "new.example", 'name="version" value="2"'):
        assert words in page
    assert found_out(session, listing) == set()
    assert 'value="312-555-0177"' in page  # not what would undo the other's change
    assert 'id="phone" name="phone" value="true" checked' not in page
    assert 'id="services" name="services" value="true" checked' in page
    save(staff, listing, version=2, services="true", **{"phones-0": "312-555-0177"})
    assert {group for group, _, _ in found_out(session, listing)} == {FieldGroup.SERVICES}
    assert facts_now(session, listing)["phones"][0] == Phone("+13125550177")
    assert eve.email == checks_of(session, listing.id)[0].by


@pytest.mark.usefixtures("eve")
def test_from_the_queue_one_goes_on_to_its_next_listing(
    staff: StaffClient, session: Session, listing: Provider
) -> None:
    following = a_provider(session, verified_on=dt.date(2025, 1, 1))
    session.commit()
    address = f"/admin/listings/{listing.id}/call?place=0&state=IL"

    answer = staff.send(address, version="1", phone="true")

    (leads_to,) = [staff.get(answer.location or "", expect=303).location]
    assert leads_to == f"/admin/listings/{following.id}/call?place=0&state=IL"


@pytest.mark.usefixtures("eve")
def test_versions_that_never_were_are_refused(staff: StaffClient, session: Session, listing: Provider) -> None:
    for version in ("", "0", "-1", "2", "x", "9" * 40):
        staff.send(f"/admin/listings/{listing.id}/call", version=version, phone="true", expect=400)
    assert session.scalars(select(Standing.tried_on).where(Standing.tried_on.is_not(None))).all() == []


@pytest.mark.usefixtures("eve")
def test_the_page_takes_a_fixed_number_of_queries(staff: StaffClient, listing: Provider) -> None:
    address = f"/admin/listings/{listing.id}/call"
    before = queries_of(staff, address)
    save(staff, listing, phone="true", services="wrong", note="No detox any more.")

    assert queries_of(staff, address) <= before + 1  # the problems of the reports, where there are reports
    assert before <= 14
