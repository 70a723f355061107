"""Which meetings belong to one listing."""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from finder.domain.address_key import AddressKey, address_key
from finder.domain.vocabulary import Tag
from finder.importing.meetings.joining import Joining
from finder.importing.meetings.meeting import HYBRID, IN_PERSON, ONLINE, Address, Meeting
from finder.importing.report import ImportReport
from finder.places.spelling import words

MOST_TIMES = 200  # what the form for a listing can hold; the busiest club of the real feeds has 42
TOO_MANY_TIMES = f"a group with more than {MOST_TIMES} weekly meetings at one place"

_MOST_HEARD = 10  # of the rows that tell of one and the same meeting; a mistake may repeat one without end

# "D24", "District 24", "Area 59 / D24": where a feed files its meetings, not who meets.
_FILED_UNDER = re.compile(r"(?:\W*(?:d|dist|district|area|region|zone)?\W*\d{1,3}\b)+\W*", re.IGNORECASE)
_NUMBER = re.compile(r"#\s*\d|\d{5}")


class Time(NamedTuple):
    """One weekly meeting of a group: row ``meeting`` on one of its days."""

    weekday: int
    starts: dt.time
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Group:
    """The meetings of one group at one place, at least one, in the order of the file; its times in that of the week."""

    ref: str
    name: str
    meetings: tuple[Meeting, ...]
    times: tuple[Time, ...]

    @property
    def each(self) -> tuple[Meeting, ...]:
        """The meetings, those that rows tell twice once; all rows where none has a time."""
        return tuple(time.meeting for time in self.times) or self.meetings


def groups_of(meetings: Iterable[Meeting], report: ImportReport) -> Iterator[Group]:
    """The groups that hold these meetings; counts the rows that share a listing and the times that stand twice."""
    together: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        together.setdefault(_ref(meeting), []).append(meeting)
    for ref, found in together.items():
        times = _times(found)
        if len(times) > MOST_TIMES:
            report.reject(TOO_MANY_TIMES, [meeting.row for meeting in found])
            continue
        report.merged += len(found) - 1
        report.meetings += len(times)
        report.repeated += sum(len(meeting.days) for meeting in found) - len(times)
        yield Group(ref, _name(found), tuple(found), times)


def _ref(meeting: Meeting) -> str:
    """A name for the group at its place: made of both names, for feeds number single meetings, and those come and go.

    Meetings that don't take place for now are apart, so that nobody is sent to them. Instead of the group's name stands
    the id of its listing where the feed is another directory's that has one. Never change what goes into it: every
    listing would come in a second time.
    """
    key = _key(meeting.address)
    place = (key.street, key.zip5 or f"{key.city}, {key.state}")
    if not key.street:
        location = "" if meeting.is_only_remote else " ".join(_words(meeting.address.location))
        place = (location, f"{key.city}, {key.state}, {key.zip5}")
    who = meeting.listing_id or " ".join(_words(_who(meeting)))
    said = "|".join((who, *place, "paused" if meeting.kinds.paused else ""))
    return hashlib.sha256(said.encode()).hexdigest()[:20]


@lru_cache(maxsize=1024)  # a place has a row for each of its meetings
def _key(address: Address) -> AddressKey:
    return address_key(address.street, address.city, address.state, address.zip_code)


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return words(name) or tuple(name.casefold().split())  # a name in other letters than Latin has no plain words


def _who(meeting: Meeting) -> str:
    """Who meets: the group, or where the feed names none the meeting."""
    return meeting.name if not meeting.group or _FILED_UNDER.fullmatch(meeting.group) else meeting.group


def _name(meetings: list[Meeting]) -> str:
    """What the listing is called: as all its meetings are, or else as the group is; else as most meetings are."""
    names = Counter(meeting.name for meeting in meetings)
    if len({_words(name) for name in names}) > 1 and not _NUMBER.search(group := _who(meetings[0])):
        return group
    return min(names, key=lambda name: (-names[name], name))


def _times(meetings: list[Meeting]) -> tuple[Time, ...]:
    """The weekly meetings, each once: those of one name at one time are the same, and what any row says holds."""
    found: dict[tuple[int, dt.time, tuple[str, ...]], list[Meeting]] = {}
    for meeting in meetings:
        if meeting.starts is not None:
            for day in meeting.days:
                same = found.setdefault((day, meeting.starts, _words(meeting.name)), [])
                if len(same) < _MOST_HEARD:
                    same.append(meeting)
    times = [Time(day, starts, _united(same)) for (day, starts, _), same in found.items()]
    return tuple(sorted(times, key=lambda time: (time.weekday, time.starts, time.meeting.name)))


def _at_once(tags: frozenset[Tag]) -> frozenset[Tag]:
    """Of a meeting that one row has in person and another one online: it is both."""
    both = frozenset({IN_PERSON, ONLINE})
    return (tags - both) | {HYBRID} if tags >= both or HYBRID in tags else tags


def _united(meetings: list[Meeting]) -> Meeting:
    """The first of these meetings, with what the others say besides."""
    first = meetings[0]
    if len(meetings) == 1:
        return first
    tags = _at_once(first.kinds.tags.union(*(meeting.kinds.tags for meeting in meetings)))
    kinds = dict.fromkeys(word for meeting in meetings for word in meeting.kinds.words)
    return replace(
        first,
        kinds=first.kinds._replace(tags=tags, words=tuple(kinds)),
        ends=next((meeting.ends for meeting in meetings if meeting.ends), None),
        notes=" ".join(dict.fromkeys(meeting.notes for meeting in meetings if meeting.notes)),
        joining=Joining(
            next((meeting.joining.url for meeting in meetings if meeting.joining.url), ""),
            next((meeting.joining.phone for meeting in meetings if meeting.joining.phone), ""),
            tuple(dict.fromkeys(line for meeting in meetings for line in meeting.joining.notes)),
        ),
    )
