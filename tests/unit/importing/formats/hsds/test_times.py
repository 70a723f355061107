"""Rules of other directories as times of a week."""

import datetime as dt
from typing import Any

import pytest

from finder.domain.schedule import Schedule, ScheduleKind
from tests.samples.human_services import a_service, the_draft

NINE, FIVE = dt.time(9), dt.time(17)
HOURS: dict[str, Any] = {"opens_at": "09:00", "closes_at": "17:00"}


def told(**rule: Any) -> tuple[tuple[Schedule, ...], str]:
    """The times of a service with this rule, and what its description says of them."""
    draft = the_draft(a_service(description="", schedules=[HOURS | rule]))
    return draft.schedules, draft.description


@pytest.mark.parametrize(
    ("rule", "spans"),
    [
        ({"freq": "WEEKLY", "byday": "MO,WE"}, [Schedule(0, NINE, FIVE), Schedule(2, NINE, FIVE)]),
        ({"byday": "SU"}, [Schedule(6, NINE, FIVE)]),
        ({"freq": "weekly", "interval": 1, "byday": "mo"}, [Schedule(0, NINE, FIVE)]),
        ({"byday": "MO", "opens_at": "9:00 AM", "closes_at": "17:00:00Z"}, [Schedule(0, NINE, FIVE)]),
        ({"byday": "MO", "opens_at": "09:00-05:00", "closes_at": None}, [Schedule(0, NINE)]),
        ({"byday": "MO", "closes_at": "24:00"}, [Schedule(0, NINE, dt.time(0))]),
        ({"byday": "MO", "notes": "Walk in"}, [Schedule(0, NINE, FIVE, note="Walk in")]),
        (
            {"byday": "MO", "description": "Groups.", "valid_to": "2026-12-24"},
            [Schedule(0, NINE, FIVE, note="Groups. Until December 24, 2026")],
        ),
        ({"byday": "MO", "valid_from": "2026-01-01"}, [Schedule(0, NINE, FIVE)]),
        ({"byday": "MO", "schedule_link": "https://harbor.example/calendar"}, [Schedule(0, NINE, FIVE)]),
        (
            {"byday": "MO", "description": "Meeting", "schedule_link": "https://meet.example/1"},
            [Schedule(0, NINE, FIVE, ScheduleKind.MEETING, join_url="https://meet.example/1")],
        ),
    ],
)
def test_what_is_every_week_is_a_time_of_the_week(rule: dict[str, Any], spans: list[Schedule]) -> None:
    assert told(**rule) == (tuple(spans), "")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"freq": "MONTHLY", "byday": "1MO,3MO"}, "every month on the first Monday, the third Monday 09:00 to 17:00"),
        ({"freq": "MONTHLY", "byday": "-1FR"}, "every month on the last Friday 09:00 to 17:00"),
        ({"freq": "MONTHLY", "bymonthday": "15"}, "every month on day 15 09:00 to 17:00"),
        ({"freq": "WEEKLY", "interval": 2, "byday": "TU"}, "every 2 weeks on Tuesday 09:00 to 17:00"),
        ({"byday": "MO", "valid_from": "2027-01-04"}, "on Monday 09:00 to 17:00 from January 4, 2027"),
    ],
)
def test_what_is_not_every_week_is_told_in_words_and_never_as_a_false_time(rule: dict[str, Any], words: str) -> None:
    assert told(**rule) == ((), f"Hours: {words}")


def test_what_has_ended_or_has_no_time_is_left_out() -> None:
    assert told(byday="MO", valid_to="2026-10-31") == ((), "")
    assert told(byday="MO", until="2026-10-31") == ((), "")
    assert told(byday="SU", opens_at="closed", closes_at=None) == ((), "")


def test_the_times_of_a_service_at_its_location_hold_rather_than_those_of_either() -> None:
    monday, tuesday, friday = ({**HOURS, "byday": day} for day in ("MO", "TU", "FR"))
    (place,) = a_service()["service_at_locations"]
    of_place = {**place, "location": {**place["location"], "schedules": [friday]}}

    def days(**changes: Any) -> list[int]:
        return [span.weekday for span in the_draft(a_service(**changes)).schedules]

    at_place = {**of_place, "schedules": [tuesday]}
    assert days(schedules=[monday], service_at_locations=[at_place]) == [1]
    assert days(schedules=[monday], service_at_locations=[of_place]) == [0]
    assert days(service_at_locations=[of_place]) == [4]
