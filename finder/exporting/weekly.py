"""What is true of each weekly meeting of a group, where the listing says what is true of some of them."""

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Facet, Tag, vocabulary

ATTENDANCE = Facet("attendance")
_TOLD_APART = (ATTENDANCE, Facet("meeting_type"), Facet("language"))
_BETWEEN = re.compile(r"[.,]\s+")
_AT_THE_END = re.compile(r"\s*\.\s*$")


class WeeklyMeeting(NamedTuple):
    """One meeting: its id, when it is, which of the listing's tags are true of it, and the rest of its note.

    The id stays the same as long as the listing, the day and the hour do.
    """

    id: uuid.UUID
    span: Schedule
    tags: frozenset[Tag]
    note: str


def weekly_meetings(group: uuid.UUID, spans: Iterable[Schedule], tags: Iterable[Tag]) -> list[WeeklyMeeting]:
    """The meetings among the spans of a listing (``group`` is its public id), in the order of the week.

    A tag that the notes of some meetings name ("Women. Bring a mug") is true of those alone, and their notes are told
    without it; all other tags are true of every meeting.
    """
    meetings = sorted((span for span in spans if span.kind is ScheduleKind.MEETING), key=_in_the_week)
    notes = [_parts(span.note) for span in meetings]
    named = [_named(parts) for parts in notes]
    said = frozenset(tags)
    of_some = said.intersection(*([frozenset[Tag]().union(*named)] if named else []))
    return [
        WeeklyMeeting(id_, span, said - (of_some - tags_named), _without(parts, of_some & tags_named, span.note))
        for id_, span, parts, tags_named in zip(_ids(group, meetings), meetings, notes, named, strict=True)
    ]


def _in_the_week(span: Schedule) -> tuple[int, dt.time, dt.time, str]:
    return span.weekday, span.opens_at, span.closes_at or dt.time.min, span.note


def _ids(group: uuid.UUID, meetings: Sequence[Schedule]) -> list[uuid.UUID]:
    """Made of day and hour, and of the place among those of the same hour: a note may be mended."""
    before: Counter[tuple[int, str]] = Counter()
    ids = []
    for span in meetings:
        time = (span.weekday, f"{span.opens_at:%H:%M}")
        ids.append(uuid.uuid5(group, f"{time[0]} {time[1]} {before[time]}"))
        before[time] += 1
    return ids


def _parts(note: str) -> list[str]:
    return [part for part in _BETWEEN.split(_AT_THE_END.sub("", note)) if part]


def _named(parts: Iterable[str]) -> frozenset[Tag]:
    return frozenset(_by_label()[part.casefold()] for part in parts if part.casefold() in _by_label())


def _without(parts: Sequence[str], tags: frozenset[Tag], note: str) -> str:
    """The note without what the tags say."""
    if not tags:
        return note
    return ". ".join(part for part in parts if _by_label().get(part.casefold()) not in tags)


@cache
def _by_label() -> dict[str, Tag]:
    """Tags by the words for them that imports write into notes: those that the product ships, in English."""
    return {term.label().casefold(): term.tag for facet in _TOLD_APART for term in vocabulary().facet(facet).terms}
