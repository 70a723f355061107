"""The meetings of a search in the visitor's own calendar."""

from collections.abc import Iterable
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.geo import Point
from finder.domain.listing import Status
from finder.listings import ListingDraft, amend, save_all
from finder.models import Provider
from finder.web.public import calendar as view
from tests.calendars import Component, read_calendar
from tests.clock import set_clock
from tests.factories import A_CHANGE, NOW, a_draft, a_source
from tests.groups import FRIDAY, MONDAY, a_group, weekly

NEAR, DENVER = "near=60601&radius=25", "near=80202&radius=25"
GROUPS = (
    a_group(weekly(MONDAY), weekly(FRIDAY, "12:00", "13:00"), name="Just One Day"),
    a_group(weekly(FRIDAY, "20:00"), name="Harbor Twelve", fellowship="aa", alert="Ring twice."),
    a_group(
        weekly(MONDAY),
        name="Mile High",
        city="Denver",
        state="CO",
        postal_code="80202",
        point=Point(39.7528, -104.9992),
        time_zone="America/Denver",
    ),
    a_draft(name="Lakeview Clinic"),
)


@pytest.fixture(autouse=True)
def _directory(app: Flask, session: Session) -> None:
    set_clock(app, NOW)
    saved(session, GROUPS)


def saved(session: Session, drafts: Iterable[ListingDraft]) -> None:
    a_source(session)
    save_all(session, list(drafts), A_CHANGE)
    session.commit()


def calendar(client: FlaskClient, asked: str) -> Component:
    return read_calendar(client.get(f"/search.ics?{asked}").data)


def names(found: Component) -> list[str]:
    return [event.text("SUMMARY") for event in found.of("VEVENT")]


def test_a_search_can_be_kept_as_a_calendar_of_its_meetings(client: FlaskClient) -> None:
    found = calendar(client, f"{NEAR}&level_of_care=support_group")

    assert sorted(names(found)) == ["Harbor Twelve", "Just One Day", "Just One Day"]
    assert found.text("NAME") == "Support groups near Chicago, IL 60601"
    assert found.of("VEVENT")[names(found).index("Harbor Twelve")].text("DESCRIPTION").startswith("Ring twice.\n")
    assert len({event.properties["UID"] for event in found.of("VEVENT")}) == 3


def test_only_the_meetings_at_the_times_that_were_asked_for_are_in_it(client: FlaskClient) -> None:
    assert sorted(names(calendar(client, f"{NEAR}&day=friday"))) == ["Harbor Twelve", "Just One Day"]
    assert names(calendar(client, f"{NEAR}&day=friday&time=evening")) == ["Harbor Twelve"]


def test_a_group_has_the_same_meetings_in_each_calendar_by_its_own_clock(client: FlaskClient, session: Session) -> None:
    slug = session.scalars(select(Provider.slug).where(Provider.name == "Mile High")).one()
    of_group = read_calendar(client.get(f"/providers/{slug}/calendar.ics").data)
    (event,), (alone,) = calendar(client, DENVER).of("VEVENT"), of_group.of("VEVENT")

    assert event == alone
    assert event.parameters["DTSTART"] == "TZID=America/Denver"


def test_programs_that_subscribed_are_told_when_nothing_changed_and_lose_what_is_no_more(
    client: FlaskClient, session: Session
) -> None:
    address = f"/search.ics?{NEAR}&fellowship=aa"
    had = {"If-None-Match": client.get(address).headers["ETag"]}
    client.get(address, headers=had, expect=HTTPStatus.NOT_MODIFIED)

    group = session.scalars(select(Provider.id).where(Provider.name == "Harbor Twelve")).one()
    amend(session, {group: {"status": Status.RETIRED}}, A_CHANGE)
    saved(session, [])
    assert "Harbor Twelve" not in client.get(address, headers=had).text


def test_a_page_of_results_leads_to_the_calendar_where_it_shows_the_meetings_asked_for(
    client: FlaskClient, session: Session
) -> None:
    saved(session, [a_group() for _ in range(10)])
    groups = f"{NEAR}&level_of_care=support_group"

    assert 'href="/search.ics?near=60601' in client.get(f"/search?{groups}").text
    assert 'href="/es/search.ics?near=60601' in client.get(f"/es/search?{groups}").text
    assert "search.ics" not in client.get(f"/search?{NEAR}&level_of_care=outpatient").text
    assert "search.ics" not in client.get(f"/search?{groups}&fellowship=aa").text, "the page looked farther"


def test_of_very_many_groups_the_nearest_are_in_it(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_GROUPS", 100)
    far = Point(41.97, -87.66)
    saved(session, [a_group(name=f"Far {number}", point=far) for number in range(100)])

    found = names(calendar(client, NEAR))

    assert len(set(found)) == 100
    assert {"Just One Day", "Harbor Twelve"} <= set(found)


def test_what_cannot_be_searched_is_refused_as_data(client: FlaskClient) -> None:
    answer = client.get("/search.ics?near=nowhere+at+all", expect=HTTPStatus.UNPROCESSABLE_ENTITY)

    assert "near" in answer.get_json()["errors"]
