"""Time zones as calendars have them are those of the IANA database."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from finder.exporting.vtimezone import vtimezone
from tests.calendars import read_calendar, utc_offset

WHERE_THE_UNITED_STATES_ARE = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "America/Puerto_Rico",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Pacific/Pago_Pago",
]
ELSEWHERE = ["Europe/London", "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata", "Etc/UTC"]


@pytest.mark.parametrize("name", WHERE_THE_UNITED_STATES_ARE + ELSEWHERE)
def test_the_clocks_of_a_zone_go_as_the_database_has_them(name: str) -> None:
    lines = vtimezone(name, 2025)
    assert lines
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test")
    calendar = read_calendar("".join(f"{line}\r\n" for line in (*head, *lines, "END:VCALENDAR")).encode())
    (zone,) = calendar.of("VTIMEZONE")
    assert zone.properties["TZID"] == name
    for local in telling_times():
        if is_plain(local, ZoneInfo(name)):
            assert utc_offset(zone, local) == local.replace(tzinfo=ZoneInfo(name)).utcoffset(), local


def telling_times() -> list[dt.datetime]:
    """The first hours of each Sunday and the middle of each week: clocks change on Sundays in all these zones."""
    a_sunday = dt.datetime(2026, 1, 4)  # noqa: DTZ001 (by the clock there)
    hours = [*range(5), 23, 84]
    return [a_sunday + dt.timedelta(weeks=week, hours=hour) for week in range(104) for hour in hours]


def is_plain(local: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks show this time once: not left out, and not twice."""
    return len({local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}) == 1


@pytest.mark.parametrize("name", ["Nowhere/Town", "America", "", "../etc/passwd"])
def test_a_zone_that_nobody_knows_is_told_as_none(name: str) -> None:
    assert vtimezone(name, 2026) is None


@pytest.mark.parametrize("name", ["America/Santiago", "America/Nuuk"])
def test_changes_at_a_time_of_another_day_are_told_as_none(name: str) -> None:
    assert vtimezone(name, 2026) is None


def test_each_part_begins_where_the_one_before_ended() -> None:
    lines = vtimezone("America/Chicago", 2026) or ()
    froms = [line.partition(":")[2] for line in lines if line.startswith("TZOFFSETFROM")]
    tos = [line.partition(":")[2] for line in lines if line.startswith("TZOFFSETTO")]
    assert list(pairwise(froms)) == [("-0600", "-0500")]
    assert list(pairwise(tos)) == [("-0500", "-0600")]
