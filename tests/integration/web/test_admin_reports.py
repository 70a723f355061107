"""Problem reports are given to somebody, answered with the listing mended, and kept with who did what."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.problem import Problem, ReportState, Step
from finder.domain.review import CheckMethod, CheckResult, FieldGroup
from finder.listings import Change, amend
from finder.listings.checks import checks_of
from finder.listings.problems import report_with_id
from finder.models import Account, ProblemReport, Provider
from tests.factories import a_provider
from tests.queues import a_report, queries_of
from tests.saved import facts_of
from tests.staff import START, StaffClient, an_account


@pytest.fixture
def listing(session: Session) -> Provider:
    """A place in Illinois."""
    made = a_provider(session, name="Harbor House")
    session.commit()
    return made


@pytest.fixture
def report(session: Session, listing: Provider) -> int:
    """The number of a report about its phone number."""
    made = a_report(session, listing, text="Nobody answers.", contact="Ann@Example.com")
    session.commit()
    return made.id


@pytest.fixture
def eve(session: Session, staff: StaffClient) -> Account:
    """An editor of Illinois, signed in."""
    account = an_account(session, Role.EDITOR, Scope(state="IL"))
    staff.sign_in(account)
    return account


def now(session: Session, report_id: int) -> ProblemReport:
    """The report as it is saved."""
    session.expire_all()
    session.rollback()
    found = report_with_id(session, report_id)
    assert found
    return found


def steps(session: Session, report_id: int) -> list[tuple[Step, str]]:
    """What was done with a report."""
    return [(step.step, step.detail) for step in now(session, report_id).steps]


def settle(
    staff: StaffClient, report: int, *, also: list[int] | None = None, expect: int = 303, **fields: object
) -> str:
    """Send the form as it was shown, with these answers; gives the page, if one comes."""
    shown = {"phones-0": "312-555-0123", "phones-1": "312-555-0124 ext. 7", "phones-2": "", "accepting": ""}
    shown |= {"website": "https://lakeview.example/", "version": "1", "outcome": "resolved", "result": "Called them."}
    address = f"/admin/reports/{report}"
    return staff.send(f"{address}/settle", form_on=address, expect=expect, also=also or [], **(shown | fields)).text


def test_reports_of_one_listing_stand_together_and_brokering_first(
    staff: StaffClient, session: Session, listing: Provider, report: int, eve: Account
) -> None:
    a_report(session, listing, Problem.HOURS)
    a_report(session, a_provider(session, name="Sunny Bed Finders"), Problem.BROKERING)
    a_report(session, a_provider(session, name="Elsewhere", state="VT"))
    session.commit()

    page = staff.get("/admin/reports").text

    assert page.index("Sunny Bed Finders</h2>") < page.index("Harbor House</h2>")
    assert page.count("Harbor House</h2>") == 1
    assert "Days or times wrong" in page
    assert "Elsewhere" not in page
    assert "No reports here" in staff.get("/admin/reports?state=resolved").text
    assert "No reports here" in staff.get("/admin/reports?mine=y").text
    staff.get("/admin/reports?state=x&page=x")
    assert eve
    assert report


def test_a_report_and_those_that_say_the_same_are_taken_and_given_on(
    staff: StaffClient, session: Session, listing: Provider, report: int, eve: Account
) -> None:
    same, other = a_report(session, listing), a_report(session, listing, Problem.HOURS)
    bob = an_account(session, Role.REVIEWER)
    an_account(session, Role.REVIEWER, Scope(state="VT"), email="elsewhere@county.example")
    page = staff.get(f"/admin/reports/{report}").text
    assert f'<option value="{bob.id}"' in page
    assert "elsewhere@county.example" not in page

    staff.send(f"/admin/reports/{report}/assign", form_on=f"/admin/reports/{report}", to=str(eve.id))
    assert now(session, same.id).assigned_to_id == eve.id
    assert now(session, other.id).state is ReportState.OPEN
    assert "Harbor House" in staff.get("/admin/reports?state=in_review&mine=y").text
    staff.send(f"/admin/reports/{report}/assign", form_on=f"/admin/reports/{report}", to=str(bob.id))
    staff.send(f"/admin/reports/{report}/assign", form_on=f"/admin/reports/{report}", to="")

    assert steps(session, report) == [(Step.ASSIGNED, eve.email), (Step.ASSIGNED, bob.email), (Step.PUT_BACK, "")]
    assert now(session, report).state is ReportState.OPEN
    staff.send(f"/admin/reports/{report}/assign", form_on=f"/admin/reports/{report}", to="999999", expect=400)


def test_one_step_answers_the_report_corrects_the_listing_and_records_the_check(
    staff: StaffClient, session: Session, listing: Provider, report: int, eve: Account
) -> None:
    settle(staff, report, checked="website", **{"phones-0": "312-555-0199"})

    found = now(session, report)
    assert (found.state, found.assigned_to_id) == (ReportState.RESOLVED, eve.id)
    assert steps(session, report) == [(Step.RESOLVED, "Called them.")]
    facts = facts_of(session, listing.id)
    assert facts["phones"] == (Phone("+13125550199"), Phone("+13125550124", PhoneKind.INTAKE, "7"))
    newest = checks_of(session, listing.id)[0]
    assert (newest.field_group, newest.method, newest.result, newest.by) == (
        FieldGroup.PHONE,
        CheckMethod.WEBSITE,
        CheckResult.CORRECTED,
        eve.email,
    )


@pytest.mark.usefixtures("eve")
def test_a_report_that_is_not_so_is_rejected_and_the_facts_count_as_checked(
    staff: StaffClient, session: Session, listing: Provider, report: int
) -> None:
    settle(staff, report, outcome="rejected", result="The number works.", checked="call")

    assert now(session, report).state is ReportState.REJECTED
    newest = checks_of(session, listing.id)[0]
    assert (newest.field_group, newest.result) == (FieldGroup.PHONE, CheckResult.CONFIRMED)


@pytest.mark.usefixtures("eve")
def test_reports_that_say_the_same_are_answered_together(
    staff: StaffClient, session: Session, listing: Provider, report: int
) -> None:
    same, other = a_report(session, listing, text="It rings."), a_report(session, listing, Problem.HOURS)
    foreign = a_report(session)
    session.commit()
    page = staff.get(f"/admin/reports/{report}").text
    assert f'value="{same.id}" checked' in page
    assert f'value="{other.id}">' in page

    settle(staff, report, also=[same.id, foreign.id])

    states = [now(session, each).state for each in (report, same.id, other.id, foreign.id)]
    assert states == [ReportState.RESOLVED, ReportState.RESOLVED, ReportState.OPEN, ReportState.OPEN]


@pytest.mark.usefixtures("eve")
def test_a_listing_is_hidden_with_the_answer(
    staff: StaffClient, session: Session, listing: Provider, report: int
) -> None:
    settle(staff, report, hide="y", result="Closed last week.")

    session.rollback()
    facts = facts_of(session, listing.id)
    assert facts["status"] is Status.HIDDEN
    assert "Hidden after a report: Closed last week." in staff.get("/admin/reviews/waiting").text


@pytest.mark.usefixtures("eve")
def test_whoever_left_an_address_gets_an_answer(
    staff: StaffClient, session: Session, report: int, tmp_path: Path
) -> None:
    settle(staff, report, letter="The number is right now.\nThank you!")

    (file,) = tmp_path.glob("letters/*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=default)
    assert letter["To"] == "ann@example.com"
    for words in ("The number is right now.\nThank you!", "Harbor House", "http://127.0.0.1:8000/providers/"):
        assert words in letter.get_content()
    assert steps(session, report) == [(Step.RESOLVED, "Called them."), (Step.ANSWERED, "")]
    assert "folder of letters" in staff.get("/admin/reports").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"outcome": ""}, "Choose what came of it"),
        ({"outcome": "open"}, "Choose what came of it"),
        ({"result": " "}, "Say in a few words"),
        ({"result": "x" * 501}, "Use at most 500 characters"),
        ({"letter": "x" * 2001}, "Use at most 2000 characters"),
        ({"phones-0": "312-555-0199"}, "Say how you found out"),
        ({"phones-0": "12", "checked": "call"}, "Enter a phone number"),
    ],
)
@pytest.mark.usefixtures("eve")
def test_a_form_with_a_mistake_comes_back_with_all_that_was_typed(
    staff: StaffClient, session: Session, report: int, fields: dict[str, str], told: str
) -> None:
    page = settle(staff, report, expect=422, **fields)

    assert told in page
    assert all(typed in page for name, typed in fields.items() if name != "outcome")
    assert steps(session, report) == []


def test_who_may_not_edit_neither_corrects_nor_hides(
    staff: StaffClient, session: Session, listing: Provider, report: int
) -> None:
    staff.sign_in(an_account(session, Role.REVIEWER))

    settle(staff, report, hide="y", checked="call", **{"phones-0": "312-555-0199"})

    assert now(session, report).state is ReportState.RESOLVED
    facts = facts_of(session, listing.id)
    assert (facts["status"], facts["phones"][0]) == (Status.PUBLISHED, Phone("+13125550123"))


@pytest.mark.usefixtures("eve")
def test_an_answer_to_what_was_answered_meanwhile_overwrites_nothing(
    staff: StaffClient, session: Session, report: int
) -> None:
    settle(staff, report)

    page = settle(staff, report, expect=409, outcome="rejected", result="They moved.")

    assert "They moved." in page
    assert "Somebody else has answered" in page
    assert steps(session, report) == [(Step.RESOLVED, "Called them.")]
    staff.send(f"/admin/reports/{report}/assign", form_on="/admin/reports", to="", expect=409)


@pytest.mark.usefixtures("eve")
def test_a_correction_never_overwrites_what_somebody_else_changed(
    staff: StaffClient, session: Session, listing: Provider, report: int
) -> None:
    amend(session, {listing.id: {"fees": "Free"}}, Change(by="bob@county.example", at=START))
    session.commit()

    page = settle(staff, report, expect=409, checked="call", fees="", **{"phones-0": "312-555-0199"})

    assert 'value="312-555-0199"' in page
    assert "Free</textarea>" in page
    settle(staff, report, version="2", checked="call", fees="Free", **{"phones-0": "312-555-0199"})
    session.rollback()
    assert facts_of(session, listing.id)["fees"] == "Free"


@pytest.mark.usefixtures("eve")
def test_an_answered_report_can_be_opened_again(staff: StaffClient, session: Session, report: int) -> None:
    settle(staff, report)
    staff.send(f"/admin/reports/{report}/reopen", form_on=f"/admin/reports/{report}")

    assert now(session, report).state is ReportState.OPEN
    assert [step for step, _ in steps(session, report)] == [Step.RESOLVED, Step.REOPENED]


@pytest.mark.usefixtures("eve")
def test_pages_take_as_many_queries_for_one_report_as_for_many(
    staff: StaffClient, session: Session, listing: Provider, report: int
) -> None:
    a_report(session, listing)
    asked = []
    for _ in range(2):
        for _ in range(3):
            a_report(session, listing)
            a_report(session)
        session.commit()
        asked.append([queries_of(staff, address) for address in ("/admin/reports", f"/admin/reports/{report}")])

    assert asked[0] == asked[1]
    assert asked[0] == [6, 15]
