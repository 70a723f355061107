"""How people attend a meeting, as BMLT counts it."""

from collections.abc import Iterable

from finder.domain.vocabulary import Tag
from finder.exporting.weekly import ATTENDANCE, WeeklyMeeting

IN_PERSON, VIRTUAL, HYBRID = 1, 2, 3


def venues(meetings: Iterable[WeeklyMeeting]) -> list[int]:
    """The venue type of each meeting of one listing.

    Where a listing says "in person" and "online", and some of its meetings tell how to join, the others are in person.
    """
    each = list(meetings)
    some_join = any(_joins(meeting) for meeting in each)
    return [_venue(_codes(meeting.tags), joins=_joins(meeting), some_join=some_join) for meeting in each]


def _joins(meeting: WeeklyMeeting) -> bool:
    return bool(meeting.span.join_url or meeting.span.join_phone)


def _codes(tags: Iterable[Tag]) -> frozenset[str]:
    return frozenset(tag.code for tag in tags if tag.facet == ATTENDANCE)


def _venue(attended: frozenset[str], *, joins: bool, some_join: bool) -> int:
    remote = not attended.isdisjoint({"online", "phone", "hybrid"})
    here = not attended.isdisjoint({"in_person", "hybrid"})
    if remote and not here:
        return VIRTUAL
    if remote and not joins and some_join and "in_person" in attended:
        return IN_PERSON
    return HYBRID if remote else IN_PERSON
