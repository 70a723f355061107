"""A place says itself whether its facts are true, by a link in a letter."""

import email
import re
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from finder.domain.account import Role
from finder.domain.problem import Problem
from finder.domain.review import CheckMethod, CheckResult, FieldGroup
from finder.listings import Change, amend
from finder.models import Check, Confirmation, ProblemReport, Provider
from tests.factories import a_provider
from tests.pages import CheckedClient
from tests.staff import Clock, StaffClient, an_account

ALL_TRUE = dict.fromkeys(("phone", "address", "services", "payment", "hours", "website", "description"), "true")


@pytest.fixture
def place(session: Session) -> Provider:
    """A place with an e-mail address."""
    listing = a_provider(session, name="Harbor House", email="desk@harbor.example", verified_on=None)
    session.commit()
    return listing


@pytest.fixture
def link(staff: StaffClient, session: Session, place: Provider) -> str:
    """The link in the letter to the place, as a path."""
    staff.sign_in(an_account(session, Role.REVIEWER))
    page = staff.send(f"/admin/listings/{place.id}/ask", to="desk@harbor.example", text="Dear all", expect=200)
    [found] = re.findall(r"http://127\.0\.0\.1:8000(/confirm/[\w-]+)", page.text)
    return str(found)


@pytest.fixture
def desk(staff_app: Flask) -> CheckedClient:
    """The browser of somebody at the place, which has no account and takes no cookie."""
    return CheckedClient(staff_app, staff_app.response_class)


def answer(place: Provider, **fields: str) -> dict[str, str]:
    """All is true, and what else a test says."""
    return {**ALL_TRUE, "version": str(place.version), "name": "Pat Desk", **fields}


def change(session: Session, place: Provider, clock: Clock, **facts: object) -> None:
    """Somebody else changes the listing."""
    number = place.id
    session.rollback()
    amend(session, {number: facts}, Change(by="test", at=clock()))
    session.commit()


def checks(session: Session) -> dict[FieldGroup, Check]:
    session.rollback()
    people = select(Check).where(Check.method != CheckMethod.IMPORT)
    return {check.field_group: check for check in session.scalars(people)}


def reports(session: Session) -> list[ProblemReport]:
    session.rollback()
    return list(session.scalars(select(ProblemReport).options(selectinload(ProblemReport.problems))))


@pytest.mark.usefixtures("link")
def test_the_letter_goes_to_the_listings_address_and_its_token_is_kept_nowhere(
    staff: StaffClient, session: Session, place: Provider, tmp_path: Path
) -> None:
    form = staff.get(f"/admin/listings/{place.id}/ask").text
    assert 'value="desk@harbor.example"' in form
    assert "Harbor House" in form

    [letter] = tmp_path.glob("letters/*.eml")
    message = email.message_from_bytes(letter.read_bytes(), policy=default)
    assert message["To"] == "desk@harbor.example"
    assert "Dear all" in message.get_content()
    [token] = re.findall(r"/confirm/([\w-]+)", message.get_content())
    session.rollback()
    asked = session.scalars(select(Confirmation)).one()
    assert token not in (asked.digest, asked.sent_to, asked.asked_by)


def test_what_the_place_says_is_true_counts_as_checked_today(
    desk: CheckedClient, link: str, session: Session, place: Provider, clock: Clock
) -> None:
    page = desk.get(link).text
    assert "312-555-0123" in page
    assert "North Example Street" in page

    page = desk.post(link, data=answer(place, payment="unknown")).text

    assert "Thank you" in page
    told = checks(session)
    assert set(told) == {FieldGroup(name) for name in ALL_TRUE} - {FieldGroup.PAYMENT}
    assert {(check.method, check.result) for check in told.values()} == {
        (CheckMethod.REPRESENTATIVE, CheckResult.CONFIRMED)
    }
    assert told[FieldGroup.PHONE].by == "Pat Desk <desk@harbor.example>"
    assert session.get_one(Provider, place.id).verified_on == clock().date()
    assert reports(session) == []


def test_what_the_place_says_is_wrong_becomes_a_report(
    desk: CheckedClient, link: str, session: Session, place: Provider
) -> None:
    said = answer(place, phone="wrong", website="wrong", words="Our number ends in 9.")
    assert "may call you" in desk.post(link, data=said).text

    [report] = reports(session)
    assert [row.problem for row in report.problems] == [Problem.OTHER, Problem.PHONE]
    assert "Our number ends in 9." in report.text
    assert report.contact == "desk@harbor.example"
    assert not {FieldGroup.PHONE, FieldGroup.WEBSITE} & set(checks(session))


@pytest.mark.parametrize("after", ["an answer", "30 days"])
def test_the_link_works_once_and_for_30_days(
    desk: CheckedClient, link: str, session: Session, place: Provider, clock: Clock, *, after: str
) -> None:
    clock.forward(days=29)
    desk.get(link)
    if after == "an answer":
        desk.post(link, data=answer(place))
        place = session.get_one(Provider, place.id, populate_existing=True)
    else:
        clock.forward(days=2)
    before = len(checks(session))

    assert "work any more" in desk.get(link, expect=404).text
    desk.post(link, data=answer(place), expect=404)
    assert len(checks(session)) == before


def test_an_answer_about_facts_that_changed_meanwhile_is_not_taken_but_nothing_typed_is_lost(
    desk: CheckedClient, link: str, session: Session, place: Provider, clock: Clock
) -> None:
    said = answer(place, hours="wrong", words="We close at 4 now.")
    change(session, place, clock, website="https://harbor.example/")

    page = desk.post(link, data=said, expect=409).text
    assert "https://harbor.example/" in page
    assert "We close at 4 now." in page
    assert checks(session) == {}

    [version] = re.findall(r'name="version" value="(\d+)"', page)
    desk.post(link, data={**said, "version": version})
    assert FieldGroup.WEBSITE in checks(session)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": ""}, "Enter your name"),
        ({"phone": "wrong", "words": " "}, "Tell us what is wrong"),
        (dict.fromkeys(ALL_TRUE, "nonsense"), "at least one part"),
        ({"words": "x" * 601}, "at most 600"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(
    desk: CheckedClient, link: str, session: Session, place: Provider, *, said: dict[str, str], told: str
) -> None:
    page = desk.post(link, data=answer(place, **{"name": "Kim", "words": "Kept words", **said}), expect=422).text

    assert told in page
    assert "Kim" in page or "Kept words" in page
    assert checks(session) == {}


def test_the_page_is_there_in_spanish(desk: CheckedClient, link: str, place: Provider) -> None:
    assert 'lang="es"' in desk.get(f"/es{link}").text
    desk.post(f"/es{link}", data=answer(place))


def test_a_confidential_address_is_told_to_the_place_itself(
    desk: CheckedClient, link: str, session: Session, place: Provider, clock: Clock
) -> None:
    change(session, place, clock, confidential=True)

    assert "North Example Street" in desk.get(link).text


def test_a_letter_to_no_address_is_not_sent(staff: StaffClient, session: Session, place: Provider) -> None:
    staff.sign_in(an_account(session, Role.REVIEWER))

    page = staff.send(f"/admin/listings/{place.id}/ask", to="the desk", text="Dear all", expect=422)

    assert "such as name@example.org" in page.text
    assert "Dear all" in page.text
    assert session.scalars(select(Confirmation)).all() == []
