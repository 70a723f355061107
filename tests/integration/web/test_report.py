"""A visitor reports a problem; nothing is lost on the way, and nothing else is kept."""

import datetime as dt
from http import HTTPStatus
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.problem import Problem
from finder.listings.problems import open_reports
from finder.models import ProblemReport, Provider
from tests.clock import set_clock
from tests.factories import NOW, a_provider


@pytest.fixture
def place(session: Session) -> Provider:
    """A place that people may see."""
    return published(session, name="Harbor House")


def published(session: Session, **facts: Any) -> Provider:
    """A saved place, read whole, so that the session has no more to ask of it and sees what is written later."""
    session.rollback()
    provider = a_provider(session, **facts)
    session.commit()
    session.refresh(provider)
    session.expunge(provider)
    session.rollback()
    return provider


def form_of(page: str) -> dict[str, str]:
    """What the form of a page holds in its fields."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    fields = {field.get("name", ""): field.get("value", "") for field in root.iter("input")}
    return fields | {field.get("name", ""): field.text or "" for field in root.iter("textarea")}


def send(client: FlaskClient, place: Provider, *, language: str = "", expect: int = 303, **said: Any) -> Any:
    """Fill in the form as it was given out, and send it."""
    address = f"{language}/providers/{place.slug}/report"
    fields: dict[str, Any] = form_of(client.get(address).text)
    return client.post(address, data={**fields, "problems": [], **said}, expect=expect)


def number_of_reports(session: Session) -> int | None:
    session.rollback()
    return session.scalar(select(func.count()).select_from(ProblemReport))


@pytest.mark.parametrize("language", ["", "/es"])
def test_a_report_is_kept_and_its_sender_thanked(
    client: FlaskClient, session: Session, place: Provider, language: str
) -> None:
    assert f'href="{language}/providers/{place.slug}/report"' in client.get(f"{language}/providers/{place.slug}").text
    answer = send(
        client, place, language=language, problems=["phone", "brokering"], text="It rings.\r\nNo answer.", contact="Ann"
    )
    assert answer.location == f"{language}/providers/{place.slug}/report/sent"
    assert "Harbor House" in client.get(answer.location).text
    (report,) = open_reports(session)
    assert [row.problem for row in report.problems] == [Problem.BROKERING, Problem.PHONE]
    assert (report.provider_id, report.text, report.contact) == (place.id, "It rings.\nNo answer.", "Ann")


def test_nothing_about_the_visitor_has_a_place_to_be_kept() -> None:
    assert set(ProblemReport.__table__.columns.keys()) == {
        "id",
        "provider_id",
        "state",
        "text",
        "contact",
        "created_at",
        "assigned_to_id",  # the colleague who works on it
    }


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({}, "problems", "Choose at least one thing that is wrong"),
        ({"problems": ["nonsense"]}, "problems", "Choose at least one thing that is wrong"),
        ({"problems": ["other"]}, "text", "Tell us in a few words what is wrong"),
        ({"problems": ["phone"], "text": "x" * 1001}, "text", "You have used 1001"),
        ({"problems": ["phone"], "contact": "x" * 201}, "contact", "Use at most 200 characters"),
    ],
)
def test_what_is_amiss_is_said_at_its_field(
    client: FlaskClient, place: Provider, said: dict[str, Any], field: str, message: str
) -> None:
    page = send(client, place, **said, expect=HTTPStatus.UNPROCESSABLE_ENTITY).text
    root = html5lib.parse(page, namespaceHTMLElements=False)
    (error,) = (each for each in root.iter("p") if each.get("id") == f"{field}-error")
    assert message in "".join(error.itertext())
    assert root.findtext("head/title", "").startswith("Error:")


def test_a_form_that_comes_back_has_all_that_was_typed(client: FlaskClient, session: Session, place: Provider) -> None:
    said = {"problems": ["moved", "hours"], "text": " <b>Now</b>\non Elm\n", "contact": 'a"b@example.com' + "x" * 200}
    page = send(client, place, **said, expect=HTTPStatus.UNPROCESSABLE_ENTITY).text
    fields = form_of(page)
    assert fields["text"] == "<b>Now</b>\non Elm"
    assert fields["contact"] == said["contact"]
    boxes = [box for box in html5lib.parse(page, namespaceHTMLElements=False).iter("input") if "checked" in box.attrib]
    assert [box.get("value") for box in boxes] == ["moved", "hours"]
    assert number_of_reports(session) == 0


def test_a_text_of_a_thousand_characters_in_any_script_is_kept_whole(
    client: FlaskClient, session: Session, place: Provider
) -> None:
    send(client, place, problems=["other"], text="ñ" * 500 + "🫶" * 500)
    (report,) = open_reports(session)
    assert len(report.text) == 1000


def test_a_program_that_fills_in_every_field_is_thanked_and_not_heard(
    client: FlaskClient, session: Session, place: Provider
) -> None:
    assert send(client, place, problems=["phone"], homepage="https://spam.example/").location.endswith("/sent")
    assert number_of_reports(session) == 0


@pytest.mark.parametrize("token", ["", "forged", "harbor-house.aa.bb"])
def test_a_form_that_we_did_not_give_out_is_shown_again(
    client: FlaskClient, session: Session, place: Provider, token: str
) -> None:
    page = send(client, place, problems=["phone"], text="Rings.", token=token, expect=HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "send it again" in page.text
    assert number_of_reports(session) == 0
    again = form_of(page.text) | {"problems": "phone"}
    assert again["text"] == "Rings."
    client.post(f"/providers/{place.slug}/report", data=again, expect=HTTPStatus.SEE_OTHER)
    assert number_of_reports(session) == 1


def test_a_form_is_good_for_its_listing_alone_and_for_a_day(
    app: Flask, client: FlaskClient, session: Session, place: Provider
) -> None:
    set_clock(app, NOW)
    token = form_of(client.get(f"/providers/{place.slug}/report").text)["token"]
    other = published(session)
    send(client, other, problems=["phone"], token=token, expect=HTTPStatus.UNPROCESSABLE_ENTITY)
    set_clock(app, NOW + dt.timedelta(hours=24))
    send(client, place, problems=["phone"], token=token)
    set_clock(app, NOW + dt.timedelta(hours=24, seconds=1))
    send(client, place, problems=["phone"], token=token, expect=HTTPStatus.UNPROCESSABLE_ENTITY)


def test_a_flood_of_reports_is_held_back_for_an_hour_and_loses_nobody_their_words(
    app: Flask, client: FlaskClient, session: Session, place: Provider
) -> None:
    set_clock(app, NOW)
    for _ in range(10):
        send(client, place, problems=["phone"])
    refused = send(client, place, problems=["phone"], text="Rings.", expect=HTTPStatus.TOO_MANY_REQUESTS)
    page = refused.text
    assert refused.headers["Retry-After"] == "3600"
    assert form_of(page)["text"] == "Rings."
    other = published(session)
    send(client, other, problems=["phone"])
    set_clock(app, NOW + dt.timedelta(hours=1))
    send(client, place, problems=["phone"])
    assert number_of_reports(session) == 12


def test_more_than_a_report_can_be_is_not_read(client: FlaskClient, place: Provider) -> None:
    data = {"problems": "other", "text": "x" * 100_000}
    client.post(f"/providers/{place.slug}/report", data=data, expect=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@pytest.mark.parametrize("address", ["/providers/nobody/report", "/providers/nobody/report/sent"])
def test_there_is_no_report_of_a_place_that_is_not_there(client: FlaskClient, address: str) -> None:
    client.get(address, expect=HTTPStatus.NOT_FOUND)


def test_robots_are_asked_to_list_no_form(client: FlaskClient, place: Provider) -> None:
    for page in ("report", "report/sent"):
        assert client.get(f"/providers/{place.slug}/{page}").headers["X-Robots-Tag"] == "noindex"
