"""Weekly meetings as a calendar file (RFC 5545), which phones and computers read."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from finder.domain.schedule import Schedule
from finder.exporting.vtimezone import vtimezone

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_LINE = 75  # octets
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One weekly meeting, in the words of the calendar; ``group`` is the public id of the listing that holds it."""

    group: uuid.UUID
    span: Schedule
    summary: str
    description: str
    location: str
    url: str


def meetings_calendar(meetings: Iterable[Meeting], time_zone: str, now: dt.datetime) -> str | None:
    """A calendar of meetings by the clock of ``time_zone``, each from its first day that isn't past at ``now`` there.

    ``now`` is in that zone. ``None`` where the zone's rules can't be told: a calendar without them would be wrong for
    half of the year.
    """
    zone = vtimezone(time_zone, now.year - 1)
    if zone is None:
        return None
    events = (line for meeting in meetings for line in _event(meeting, time_zone, now))
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//finder//meetings//EN", "METHOD:PUBLISH")
    return "".join(_folded(line) for line in (*head, *zone, *events, "END:VCALENDAR"))


def _event(meeting: Meeting, time_zone: str, now: dt.datetime) -> Iterator[str]:
    span = meeting.span
    first = now.date() + dt.timedelta(days=(span.weekday - now.weekday()) % 7)
    yield "BEGIN:VEVENT"
    # The same in each download, so that a calendar takes a second one for the same meeting.
    yield f"UID:{uuid.uuid5(meeting.group, f'{span.weekday} {span.opens_at} {span.note}')}"
    yield f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={time_zone}:{dt.datetime.combine(first, span.opens_at):%Y%m%dT%H%M%S}"
    if span.closes_at is not None:
        yield f"DURATION:PT{_minutes(span.opens_at, span.closes_at)}M"
    yield f"RRULE:FREQ=WEEKLY;BYDAY={_WEEKDAYS[span.weekday]}"
    texts = {"SUMMARY": meeting.summary, "DESCRIPTION": meeting.description, "LOCATION": meeting.location}
    yield from (f"{name}:{text.translate(_ESCAPES)}" for name, text in texts.items() if text)
    yield f"URL:{meeting.url}"
    yield "END:VEVENT"


def _minutes(opens_at: dt.time, closes_at: dt.time) -> int:
    """How long a meeting lasts; an end that isn't after the beginning lies on the next day."""
    length = (closes_at.hour - opens_at.hour) * 60 + closes_at.minute - opens_at.minute
    return length if length > 0 else length + 24 * 60


def _folded(line: str) -> str:
    """A line with its end, in pieces of at most 75 octets; no character is torn apart."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > _LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += character
    return "\r\n".join((*pieces, piece)) + "\r\n"
