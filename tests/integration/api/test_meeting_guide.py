"""The weekly meetings as apps and sites of fellowships read them."""

import dataclasses
import datetime as dt
import gzip
import re
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.domain.schedule import Schedule, ScheduleKind
from finder.extensions import db
from finder.listings import ListingDraft, save_all
from tests.databases import counted_queries
from tests.factories import A_CHANGE, a_draft, a_provider, a_source, tags
from tests.hsds import ApiClient
from tests.samples.feeds import a_meeting, drafts_of
from tests.samples.meeting_guide import TYPES, values

SEVEN = Schedule(0, dt.time(19), dt.time(20), ScheduleKind.MEETING)
OFFICE = Schedule(0, dt.time(9), dt.time(17))
AA, NA = tags("fellowship:aa", "meeting_type:open"), tags("fellowship:na")


def feed(api: ApiClient, **asked: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = orjson.loads(api.get("/meetings.json", query_string=asked).get_data())
    return rows


def weekly(drafts: list[ListingDraft]) -> set[tuple[Any, ...]]:
    """The meetings of published listings: of which group, where, when, and how to join them."""
    published = (draft for draft in drafts if draft.status is Status.PUBLISHED)
    return {
        (draft.name, draft.address_1, span.weekday, span.opens_at, span.closes_at, span.join_url, span.join_phone)
        for draft in published
        for span in draft.schedules
    }


@pytest.fixture
def groups(session: Session) -> None:
    """Groups of two fellowships in two states, and a place where nobody meets."""
    a_provider(session, name="Harbor Group", tags=AA, schedules=(SEVEN, dataclasses.replace(SEVEN, weekday=1), OFFICE))
    a_provider(session, name="Just One Day", tags=NA, schedules=(SEVEN,))
    a_provider(session, name="Lakeside", tags=AA, state="WI", city="Madison", postal_code="53703", schedules=(SEVEN,))
    a_provider(session, name="Lantern Detox", schedules=(OFFICE,))
    session.commit()


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Harbor Group", "Harbor Group", "Just One Day", "Lakeside"]),
        ({"fellowship": "na"}, ["Just One Day"]),
        ({"state": "wi"}, ["Lakeside"]),
        ({"state": "WI", "fellowship": "na"}, []),
        ({"action": "meetings", "key": "x"}, ["Harbor Group", "Harbor Group", "Just One Day", "Lakeside"]),
    ],
)
def test_a_program_gets_each_weekly_meeting_of_the_fellowship_and_state_that_it_asks_for(
    api: ApiClient, asked: dict[str, str], names: list[str]
) -> None:
    assert values(feed(api, **asked), "name") == names


@pytest.mark.parametrize(("asked", "field"), [("?state=XX", "state"), ("?fellowship=chess", "fellowship")])
def test_a_state_or_fellowship_that_there_is_not_is_refused(api: ApiClient, asked: str, field: str) -> None:
    answer = api.get(f"/meetings.json{asked}", expect=422)

    assert [error["field"] for error in orjson.loads(answer.get_data())["errors"]] == [field]


def test_meetings_of_every_kind_are_as_tsml_ui_and_the_specification_want_them(
    api: ApiClient, session: Session
) -> None:
    a_source(session)
    rows = [
        a_meeting(name="A" * 200, types=["O", "C", "ONL"], conference_url="https://conference.example/1"),
        a_meeting(name="A" * 200, day=[2, 3], attendance_option="online", conference_phone="+13125550142,,1#"),
        a_meeting(name="Mañana", types=["S", "X", "CAN"], end_time="06:30", entity_phone="312-555-0150"),
        a_meeting(name="Online", formatted_address="Chicago, IL, USA", types=["ONL"], updated="2026-05-04"),
    ]
    drafts = [dataclasses.replace(draft, source="county-list") for draft in drafts_of(*rows)[0]]
    save_all(session, [*drafts, a_draft(schedules=(SEVEN,), confidential=True)], A_CHANGE)
    session.commit()

    told = feed(api)

    assert len(told) == 6
    assert len(set(values(told, "slug"))) == len(told)
    for row in told:
        assert re.fullmatch("[a-z0-9-]{1,64}", row["slug"])
        assert 0 < len(row["name"]) <= 255
        assert row["day"] in range(7)
        assert all(re.fullmatch("[0-2][0-9]:[0-5][0-9]", row[name]) for name in ("time", "end_time"))
        assert ZoneInfo(row["timezone"])
        assert row["formatted_address"].endswith("USA")
        assert row["approximate"] == ("no" if row.get("address") else "yes")
        assert set(row.get("types", ())) <= TYPES
        assert not {"O", "C"} <= set(row.get("types", ()))
        assert re.fullmatch(r"\+?[0-9,*#]{10,}", row.get("conference_phone", "+13125550142"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row.get("updated", "2026-05-04 00:00:00"))
        assert all(row[name].startswith(("https://", "http://")) for name in ("url", "entity_url"))
        assert row["entity"]
        assert row["regions"]
    assert weekly(drafts_of(*told)[0]) >= weekly(drafts), "another directory has them, too"


def test_nothing_is_told_that_the_public_may_not_see_nor_how_to_reach_a_member(
    api: ApiClient, session: Session
) -> None:
    a_provider(session, name="Canary Draft", status=Status.DRAFT, review_reason="when?", schedules=(SEVEN,))
    a_provider(session, name="Canary Hidden", status=Status.HIDDEN, schedules=(SEVEN,))
    a_provider(
        session,
        name="Safe Group",
        address_1="7 Canary Street",
        confidential=True,
        point=Point(41.91, -87.65),
        precision=Precision.ADDRESS,
        email="canary@person.example",
        phones=(Phone("+13125550199"),),
        schedules=(SEVEN,),
    )
    session.commit()

    answer = api.get("/meetings.json").get_data(as_text=True)

    assert "Safe Group" in answer
    assert not [secret for secret in ("anary", "555", "41.91", "latitude") if secret in answer]


@pytest.mark.usefixtures("groups")
def test_who_has_the_feed_gets_it_again_only_after_a_change(api: ApiClient, session: Session) -> None:
    first = api.get("/meetings.json", headers={"Accept-Encoding": "gzip"})
    assert (first.mimetype, first.headers["Content-Encoding"]) == ("application/json", "gzip")
    assert b"Harbor Group" in gzip.decompress(first.get_data())
    had = {"If-None-Match": first.headers["ETag"]}
    api.get("/meetings.json", headers=had, expect=304)
    api.get("/meetings.json", headers={"If-Modified-Since": first.headers["Last-Modified"]}, expect=304)

    a_provider(session, name="New Group", tags=AA, schedules=(SEVEN,))
    session.commit()

    assert "New Group" in api.get("/meetings.json", headers=had).get_data(as_text=True)


@pytest.mark.usefixtures("groups")
def test_the_feed_is_made_once_for_all_who_read_it(api: ApiClient, app: Flask) -> None:
    packed = api.get("/meetings.json", headers={"Accept-Encoding": "gzip"})
    with app.app_context():
        engine = db.engine

    with counted_queries(engine) as queries:
        plain = api.get("/meetings.json", headers={"Accept-Encoding": "identity"})

    assert not [query for query in queries if "provider_schedule" in query]
    assert plain.get_data() == gzip.decompress(packed.get_data())
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


@pytest.mark.usefixtures("groups")
def test_apps_find_the_feed_on_every_page_and_people_the_page_of_a_meeting(client: FlaskClient, api: ApiClient) -> None:
    root = html5lib.parse(client.get("/topics").text, namespaceHTMLElements=False)
    (address,) = [link.get("href") for link in root.iter("link") if link.get("title") == "Meetings Feed"]

    rows = orjson.loads(api.get(address).get_data())

    assert "Just One Day" in client.get(rows[2]["url"]).text


def test_an_empty_directory_has_an_empty_feed(api: ApiClient) -> None:
    assert feed(api) == []
