"""Meeting Guide: JSON feeds of Alcoholics Anonymous and other fellowships (https://github.com/code4recovery/spec).

Contacts of persons (``contact_1_name`` to ``contact_3_phone``, ``feedback_emails``, ``email``, ``phone`` and the
accounts for contributions) are never read.
"""

import datetime as dt
import re
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from finder.domain.phone import Phone, PhoneKind
from finder.domain.vocabulary import Facet, Tag, vocabulary
from finder.importing.bounds import Upload
from finder.importing.clean.contacts import without_contacts
from finder.importing.clean.phone import read_phone
from finder.importing.clean.times import clean_day, clean_time
from finder.importing.clean.web import clean_web_address
from finder.importing.clean.zone import clean_time_zone
from finder.importing.format import Reading
from finder.importing.formats.json_rows import read_rows
from finder.importing.formats.json_values import Row, lines_of, point_of, text_of
from finder.importing.formats.meeting_guide_address import read_address
from finder.importing.formats.meeting_guide_types import CLOSED_PLACE_CODE, ONLINE_CODE, known_types
from finder.importing.meetings import Address, FeedFacts, Kinds, Meeting, read_joining, read_meetings
from finder.importing.meetings.codes import tags_of, words_of
from finder.importing.meetings.meeting import BY_PHONE, HYBRID, IN_PERSON, NOT_A_ROW, ONLINE, UNREADABLE_TIME
from finder.importing.report import ImportReport

_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_BETWEEN_TYPES = re.compile(r"[\[\]\"',;|]+")
_MOST_TYPES = 40
_OPTIONS = {"in_person": {IN_PERSON}, "online": {ONLINE}, "hybrid": {HYBRID}}


@dataclass(frozen=True, slots=True)
class MeetingGuide:
    """A feed of one source."""

    facts: FeedFacts

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`."""
        return read_meetings(_meetings(upload, report), self.facts, report)


def _meetings(upload: Upload, report: ImportReport) -> Iterator[Meeting]:
    for number, row in read_rows(upload, ("meetings",)):
        report.rows += 1
        if not isinstance(row, dict):
            report.reject(NOT_A_ROW, [number])
            continue
        days, time = read_days(row.get("day")), text_of(row, "time")
        starts = clean_time(time)
        if days is None or (starts is None and time):
            report.reject(UNREADABLE_TIME, [number])
            continue
        meeting = _meeting(number, row, days, starts, report)
        if meeting.unfit:
            report.reject(meeting.unfit, [number])
        else:
            yield meeting


def read_days(value: Any) -> tuple[int, ...] | None:
    """The days of the week from 0 = Monday, of Meeting Guide's, which count from 0 = Sunday: a number, a text or a list
    of them. Empty where the row has none, ``None`` where it can't be read."""
    given = value if isinstance(value, list) else [value]
    days = [_day(each) for each in given if each not in {None, ""}] if all(map(_is_plain, given)) else [None]
    read = [day for day in days if day is not None]
    return tuple(sorted({(day - 1) % 7 for day in read})) if len(read) == len(days) else None


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int)


def _day(value: str | int) -> int | None:
    text = str(value).strip().casefold()
    if text in _DAYS:
        return _DAYS.index(text)
    return int(text) if text in {"0", "1", "2", "3", "4", "5", "6"} else None


def _meeting(number: int, row: Row, days: tuple[int, ...], starts: dt.time | None, report: ImportReport) -> Meeting:
    address = read_address(row)
    approximate = text_of(row, "approximate").casefold() == "yes" or not address.street
    phones, impossible = _phones(row)
    report.impossible_phones += impossible
    return Meeting(
        row=number,
        name=text_of(row, "name"),
        group=text_of(row, "group"),
        listing_id=_id(text_of(row, "listing_id")),
        organization=text_of(row, "entity"),
        fellowship=_fellowship(row),
        days=days,
        starts=starts,
        ends=clean_time(text_of(row, "end_time")),
        time_zone=clean_time_zone(text_of(row, "timezone")),
        kinds=_kinds(row, address, report, approximate=approximate),
        address=address,
        point=point_of(row),
        approximate=approximate,
        notes=without_contacts(lines_of(row, "notes")),
        about=_about(row),
        joining=read_joining(
            text_of(row, "conference_url"),
            text_of(row, "conference_phone"),
            address_notes=text_of(row, "conference_url_notes"),
            dial_notes=text_of(row, "conference_phone_notes"),
        ),
        website=clean_web_address(text_of(row, "website")) or clean_web_address(text_of(row, "url")),
        phones=phones,
        updated_on=clean_day(text_of(row, "updated")),
    )


def _id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _fellowship(row: Row) -> str:
    """Whose meeting it is, in feeds of several fellowships: those of other directories such as this one."""
    code = text_of(row, "fellowship")
    return code if (Facet("fellowship"), code) in vocabulary() else ""


def _about(row: Row) -> tuple[str, ...]:
    texts = (without_contacts(lines_of(row, name)) for name in ("location_notes", "group_notes"))
    return tuple(text for text in texts if text)


def _phones(row: Row) -> tuple[tuple[Phone, ...], int]:
    """The line of the service office, and how many numbers nobody could dial."""
    text = text_of(row, "entity_phone")
    phone = read_phone(text, PhoneKind.HOTLINE) if text else None
    return (phone,) if phone else (), int(bool(text) and phone is None)


def _kinds(row: Row, address: Address, report: ImportReport, *, approximate: bool) -> Kinds:
    given = row.get("types")
    texts = given if isinstance(given, list) else [given]
    said = _said(tuple(text[:1_000] for text in texts if isinstance(text, str)))
    report.note_unknown(said.unknown)
    ways, paused = _attendance(row, said.codes, can_go=bool(address.street) and not approximate)
    return Kinds(said.tags | ways, said.words, paused)


class _Said(NamedTuple):
    """What the types of a row say: their codes, what these stand for, and those that nobody knows."""

    codes: frozenset[str]
    tags: frozenset[Tag]
    words: tuple[str, ...]
    unknown: tuple[str, ...]


@lru_cache(maxsize=512)  # most meetings are of few kinds
def _said(texts: tuple[str, ...]) -> _Said:
    known, unknown = known_types(_types(texts))
    return _Said(frozenset(known), tags_of(known.values()), words_of(known.values()), tuple(unknown))


def _types(texts: Iterable[str]) -> list[str]:
    """What stands in a list, in "C,M", or in "[open]"."""
    types = (part.strip() for text in texts for part in _BETWEEN_TYPES.split(text))
    return list(dict.fromkeys(each[:40] for each in types if each))[:_MOST_TYPES]


def _attendance(row: Row, types: Collection[str], *, can_go: bool) -> tuple[frozenset[Tag], bool]:
    """How people take part, and whether the meeting is paused.

    Where the row doesn't say so itself, a meeting with a conference is online too, and only that where its place is
    closed or no street is known; one without a conference whose place is closed is paused.
    """
    option = text_of(row, "attendance_option").casefold().replace("-", "_")
    by_phone = {BY_PHONE} if text_of(row, "conference_phone") else set[Tag]()
    online = {ONLINE} if ONLINE_CODE in types or text_of(row, "conference_url") else set[Tag]()
    is_closed = CLOSED_PLACE_CODE in types
    if option == "inactive" or (not option and is_closed and not online and not by_phone):
        return frozenset({IN_PERSON}), True
    if option in _OPTIONS:
        return frozenset(_OPTIONS[option] | by_phone), False
    if is_closed or not can_go:
        return frozenset(online | by_phone or {IN_PERSON}), False
    return frozenset(({HYBRID} if online else {IN_PERSON}) | by_phone), False
