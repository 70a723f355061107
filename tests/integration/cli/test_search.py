"""``finder search``."""

import datetime as dt
import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from finder.domain.schedule import Schedule, ScheduleKind
from tests.factories import a_provider, tags


@pytest.fixture
def listings(session: Session) -> None:
    """Detox in Chicago by two ways to pay, and a place without a position."""
    a_provider(session, name="Hope [House]", tags=tags("level_of_care:detox", "payment:medicaid"))
    a_provider(session, name="Second Step", tags=tags("level_of_care:detox", "payment:medicare"))
    a_provider(session, name="Somewhere", point=None, precision=Precision.NONE)
    session.commit()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["search", *arguments])


def answer(app: Flask, *arguments: str) -> Any:
    result = run(app, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.usefixtures("listings")
def test_codes_of_one_facet_mean_any_of_them_and_facets_all_of_them(app: Flask) -> None:
    near = ("--near", "60601", "--level_of_care", "detox")
    either = answer(app, *near, "--payment", "medicaid", "--payment", "medicare", "--sort", "name")
    assert [hit["name"] for hit in either["hits"]] == ["Hope [House]", "Second Step"]
    assert answer(app, *near, "--payment", "medicare")["total"] == 1
    assert answer(app, *near, "--payment", "self_pay")["total"] == 0


@pytest.mark.usefixtures("listings")
def test_a_table_tells_people_the_same(app: Flask) -> None:
    result = run(app, "--near", "60601", "--q", "hope")
    assert result.exit_code == 0
    assert "Hope [House]" in result.output
    assert "312-555-0123" in result.output
    assert "1 listings, page 1 of 1" in result.output


@pytest.mark.usefixtures("listings")
def test_listings_without_a_position_are_mentioned(app: Flask) -> None:
    assert "1 more without a mapped location" in run(app, "--near", "60601").output


@pytest.mark.usefixtures("listings")
def test_a_radius_of_any_finds_what_is_far_away(app: Flask) -> None:
    assert answer(app, "--near", "85004", "--radius", "any")["total"] == 3
    assert answer(app, "--near", "85004", "--radius", "100")["total"] == 0


@pytest.mark.usefixtures("listings")
def test_a_widened_search_says_how_it_was_widened(app: Flask) -> None:
    output = run(app, "--near", "Peoria, IL", "--payment", "va_funds", "--widen").output
    assert "Searched more widely: radius: 25 → 50" in output
    assert "Searched more widely: state: 100 → IL" in output
    assert "Searched more widely: payment: va_funds → any" in output


MONDAY_NOON = Schedule(0, dt.time(12), dt.time(13), ScheduleKind.MEETING)
ALWAYS = tuple(Schedule(day, dt.time(), dt.time()) for day in range(7))


@pytest.mark.usefixtures("listings")
def test_what_a_listing_must_not_have(app: Flask) -> None:
    kept = answer(app, "--near", "60601", "--not", "payment:medicaid", "--not", "level_of_care:inpatient")
    assert [hit["name"] for hit in kept["hits"]] == ["Second Step"]


def test_groups_are_found_by_the_day_and_the_time_of_their_meetings(app: Flask, session: Session) -> None:
    a_provider(session, name="Noon Group", schedules=(MONDAY_NOON,))
    session.commit()
    near = ("--near", "60601", "--sort", "next_meeting")
    for found in (["--meeting-day", "monday"], ["--after", "12:00"], ["--before", "12:00"]):
        assert answer(app, *near, *found)["total"] == 1
    for missed in (["--meeting-day", "Tuesday"], ["--after", "12:01"], ["--before", "11:59"]):
        assert answer(app, *near, *missed)["total"] == 0


def test_only_what_is_open_or_has_room_is_found_where_that_is_asked(app: Flask, session: Session) -> None:
    now = dt.datetime.now(dt.UTC)
    room = {"accepting": True, "availability_as_of": now, "availability_expires": now + dt.timedelta(days=1)}
    a_provider(session, name="Always Open", schedules=ALWAYS)
    a_provider(session, name="Room Here", schedules=(), **room)
    session.commit()
    assert [hit["name"] for hit in answer(app, "--near", "60601", "--open-now")["hits"]] == ["Always Open"]
    assert [hit["name"] for hit in answer(app, "--near", "60601", "--available")["hits"]] == ["Room Here"]


@pytest.mark.usefixtures("listings")
def test_the_care_path_stands_below_the_table(app: Flask) -> None:
    output = run(app, "--near", "60601", "--radius", "5", "--care-path").output
    assert "Nearest detox: Hope [House], 0.2 miles" in output
    assert "Nearest inpatient: none" in output


def test_a_time_that_was_given_up_is_told(app: Flask, session: Session) -> None:
    for _ in range(3):
        a_provider(session, schedules=())
    session.commit()
    asked = ("--meeting-day", "friday", "--after", "22:00", "--before", "02:00", "--open-now", "--available")
    output = run(app, "--near", "IL", *asked, "--widen").output
    assert "Searched more widely: meeting: friday 22:00-02:00 → any" in output
    assert "Searched more widely: open_now: yes → any" in output


def test_a_place_with_a_slip_of_the_pen_is_answered_with_suggestions(app: Flask) -> None:
    result = run(app, "--near", "Chicgo")
    assert result.exit_code == 2
    assert "Chicago, IL" in result.output


def test_a_name_of_several_places_is_answered_with_all_of_them(app: Flask) -> None:
    result = run(app, "--near", "Springfield")
    assert result.exit_code == 2
    assert "Springfield, IL" in result.output
    assert "Springfield, MA" in result.output


@pytest.mark.parametrize(
    "nonsense",
    [
        ("--radius", "abc"),
        ("--radius", "-1"),
        ("--radius", "nan"),
        ("--page", "0"),
        ("--page-size", "101"),
        ("--payment", "seashells"),
        ("--near", "\x00"),
        ("--not", "payment:seashells"),
        ("--not", "medicaid"),
        ("--meeting-day", "someday"),
        ("--after", "25:00"),
        ("--before", "noon"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_message(app: Flask, nonsense: tuple[str, str]) -> None:
    result = run(app, *nonsense)
    assert result.exit_code == 2
    assert "Error: " in result.output
