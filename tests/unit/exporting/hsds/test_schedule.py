"""Opening hours and meetings as weekly rules."""

import datetime as dt
import uuid
from typing import Any

import pytest

from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import vocabulary
from finder.exporting.hsds import Telling
from finder.exporting.hsds.schedule import schedules
from finder.models import Provider, ProviderSchedule
from tests.factories import NOW

NINE, FIVE = dt.time(9), dt.time(17)
MEETING = ScheduleKind.MEETING


def rules(*spans: Schedule, time_zone: str = "America/Chicago", now: dt.datetime = NOW) -> list[dict[str, Any]]:
    """What is told of a place with these spans, without the ids."""
    rows = [ProviderSchedule(**{name: getattr(span, name) for name in Schedule.__slots__}) for span in spans]
    listing = Provider(public_id=uuid.UUID(int=1), time_zone=time_zone, schedules=rows, tags=[])
    told = schedules(listing, Telling(vocabulary(), now))
    return [{name: value for name, value in rule.items() if name not in {"id", "service_id"}} for rule in told]


def test_the_same_hours_on_several_days_are_one_rule() -> None:
    (rule,) = rules(*(Schedule(day, NINE, FIVE) for day in (4, 0, 2)))

    assert rule == {
        "timezone": -6.0,
        "freq": "WEEKLY",
        "byday": "MO,WE,FR",
        "description": "Open",
        "opens_at": "09:00",
        "closes_at": "17:00",
    }


def test_what_differs_in_more_than_the_day_stays_apart() -> None:
    spans = (Schedule(0, NINE, FIVE), Schedule(1, NINE, None), Schedule(2, NINE, FIVE, MEETING, "Room 2"))

    told = {rule["byday"]: rule for rule in rules(*spans)}

    assert set(told) == {"MO", "TU", "WE"}
    assert "closes_at" not in told["TU"]
    assert (told["WE"]["description"], told["WE"]["notes"]) == ("Meeting", "Room 2")


def test_how_to_join_stands_beside_each_meeting() -> None:
    online = Schedule(0, NINE, FIVE, MEETING, join_url="https://meet.example/1", join_phone="+13125550142,,123#")

    here, there = sorted(rules(online, Schedule(1, NINE, FIVE, MEETING)), key=lambda rule: str(rule["byday"]))

    assert here["schedule_link"] == "https://meet.example/1"
    (attribute,) = here["attributes"]
    assert (attribute["link_type"], attribute["value"]) == ("join_phone", "+13125550142,,123#")
    assert not {"schedule_link", "attributes"} & there.keys()


@pytest.mark.parametrize(
    ("time_zone", "month", "ahead"),
    [
        ("America/Chicago", 7, -5.0),
        ("America/Chicago", 1, -6.0),
        ("Asia/Kolkata", 1, 5.5),
        ("", 1, None),
        ("Nowhere/Town", 1, None),
        ("America", 1, None),
        ("../zone", 1, None),
    ],
)
def test_the_offset_is_that_of_today_where_there_is_such_a_zone(time_zone: str, month: int, ahead: float) -> None:
    (rule,) = rules(Schedule(0, NINE), time_zone=time_zone, now=NOW.replace(month=month))

    assert rule.get("timezone") == ahead
