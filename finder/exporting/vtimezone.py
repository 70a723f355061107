"""A time zone as iCalendar has it (RFC 5545, 3.6.5), with the rules by which its clocks change from now on.

The rules stand in the last line of the zone's file in the IANA database ("CST6CDT,M3.2.0,M11.1.0": RFC 8536, 3.3, and
POSIX ``TZ``), which says how the clocks go after the last change that the file lists.
"""

import datetime as dt
import re
from functools import cache
from importlib import resources

_NAME = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)"
_OFFSET = r"([+-]?\d{1,2}(?::\d{2})?)"
_CHANGE = r",M(\d{1,2})\.(\d)\.(\d)(?:/([01]?\d|2[0-3])(?::(\d{2}))?)?"
_RULE = re.compile(f"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?{_CHANGE}{_CHANGE})?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_LAST_WEEK = "5"


@cache
def vtimezone(name: str, year: int) -> tuple[str, ...] | None:
    """The lines of the component for the zone called ``name``, its rules beginning in ``year``.

    ``None`` for a zone that the database doesn't have, and for one whose rules aren't "the second Sunday of March"
    at a time of that day: no zone of the United States.
    """
    rule = _RULE.fullmatch(_last_line(name))
    if rule is None:
        return None
    standard, offset, daylight, daylight_offset, *changes = rule.groups()
    west = _minutes(offset)
    if daylight is None:
        parts = _part("STANDARD", standard, west, west, "DTSTART:19700101T000000")
    else:
        west_then = _minutes(daylight_offset) if daylight_offset else west - 60
        starts, ends = changes[:5], changes[5:]
        parts = _part("DAYLIGHT", daylight, west, west_then, *_onset(starts, year))
        parts += _part("STANDARD", standard, west_then, west, *_onset(ends, year))
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE")


def _last_line(name: str) -> str:
    file = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    return file.read_bytes().rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace") if file.is_file() else ""


def _part(kind: str, name: str, west_before: int, west: int, *onset: str) -> tuple[str, ...]:
    offsets = (f"TZOFFSETFROM:{_offset(west_before)}", f"TZOFFSETTO:{_offset(west)}")
    return (f"BEGIN:{kind}", *onset, *offsets, f"TZNAME:{name.strip('<>')}", f"END:{kind}")


def _onset(change: list[str], year: int) -> tuple[str, str]:
    """The first change in or after ``year`` by the clocks before it, and the rule by which it comes again."""
    month, week, weekday, hour, minute = change
    day = _day(year, int(month), int(week), int(weekday))
    time = dt.time(int(hour or 2), int(minute or 0))
    nth = "-1" if week == _LAST_WEEK else week
    return (
        f"DTSTART:{dt.datetime.combine(day, time):%Y%m%dT%H%M%S}",
        f"RRULE:FREQ=YEARLY;BYMONTH={int(month)};BYDAY={nth}{_WEEKDAYS[int(weekday)]}",
    )


def _day(year: int, month: int, week: int, weekday: int) -> dt.date:
    """The first, second ... or last (5) of a weekday, counted from 0 = Sunday, in a month."""
    first = dt.date(year, month, 1)
    day = first + dt.timedelta(days=(weekday - first.isoweekday()) % 7, weeks=week - 1)
    return day if day.month == month else day - dt.timedelta(weeks=1)


def _minutes(offset: str) -> int:
    """Minutes west of Greenwich."""
    hours, _, minutes = offset.lstrip("+-").partition(":")
    west = int(hours) * 60 + int(minutes or 0)
    return -west if offset.startswith("-") else west


def _offset(west: int) -> str:
    hours, minutes = divmod(abs(west), 60)
    return f"{'-' if west > 0 else '+'}{hours:02}{minutes:02}"
