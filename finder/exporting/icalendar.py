"""Weekly meetings as a calendar file (RFC 5545 and 7986), which phones and computers read and subscribe to."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from finder.domain.joining import read_dial
from finder.domain.schedule import Schedule
from finder.exporting.vtimezone import vtimezone

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_LINE = 75  # octets
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_IN_ADDRESSES = {ord(sign): f"%{ord(sign):02X}" for sign in (*map(chr, range(33)), "\x7f")}
_HOW_OFTEN = "P1D"  # so often subscribers ask again


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One weekly meeting by the clock of ``time_zone``, in the words of the calendar.

    ``id`` is the same in each calendar, so that a calendar takes a second one for the same meeting. ``changed_at`` is
    when anything was last changed that is told of it.
    """

    id: uuid.UUID
    span: Schedule
    time_zone: str
    changed_at: dt.datetime
    summary: str
    description: str
    location: str
    url: str


def meetings_calendar(name: str, meetings: Iterable[Meeting], now: dt.datetime) -> str:
    """A calendar called ``name`` of meetings, each from its first day that isn't past at ``now`` where it is.

    The rules of all their time zones must be known (`finder.exporting.vtimezone`): a calendar without them would be
    wrong for half of the year. The same at all moments of a day, as long as the meetings are.
    """
    told = list(meetings)
    # A calendar has at least one component, even one without meetings.
    zones = dict.fromkeys(meeting.time_zone for meeting in told) or {"Etc/UTC": None}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//finder//meetings//EN",
        f"NAME:{name.translate(_ESCAPES)}",
        f"X-WR-CALNAME:{name.translate(_ESCAPES)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_HOW_OFTEN}",
        f"X-PUBLISHED-TTL:{_HOW_OFTEN}",
        *(line for zone in zones for line in vtimezone(zone, now.year - 1) or ()),
        *(line for meeting in told for line in _event(meeting, now)),
        "END:VCALENDAR",
    ]
    return "".join(map(_folded, lines))


def _event(meeting: Meeting, now: dt.datetime) -> Iterator[str]:
    span, changed = meeting.span, meeting.changed_at.astimezone(dt.UTC)
    today = now.astimezone(ZoneInfo(meeting.time_zone)).date()
    first = today + dt.timedelta(days=(span.weekday - today.weekday()) % 7)
    yield "BEGIN:VEVENT"
    yield f"UID:{meeting.id}"
    yield f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{changed:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={meeting.time_zone}:{dt.datetime.combine(first, span.opens_at):%Y%m%dT%H%M%S}"
    if span.closes_at is not None:
        yield f"DURATION:PT{_minutes(span.opens_at, span.closes_at)}M"
    yield f"RRULE:FREQ=WEEKLY;BYDAY={_WEEKDAYS[span.weekday]}"
    texts = {"SUMMARY": meeting.summary, "DESCRIPTION": meeting.description, "LOCATION": meeting.location}
    yield from (f"{name}:{text.translate(_ESCAPES)}" for name, text in texts.items() if text)
    yield f"URL:{meeting.url.translate(_IN_ADDRESSES)}"
    yield from _conferences(span)
    yield "TRANSP:TRANSPARENT"  # a meeting that somebody may go to makes nobody busy
    yield "END:VEVENT"


def _conferences(span: Schedule) -> Iterator[str]:
    """How to take part from elsewhere (RFC 7986, 5.11)."""
    if span.join_url:
        yield f"CONFERENCE;VALUE=URI;FEATURE=VIDEO:{span.join_url.translate(_IN_ADDRESSES)}"
    dial = read_dial(span.join_phone) if span.join_phone else None
    if dial and dial.phone:
        yield f"CONFERENCE;VALUE=URI;FEATURE=PHONE:{dial.phone.href}"


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
