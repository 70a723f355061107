"""Drafts of all groups of a feed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from finder.domain.listing import Status
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Facet, Tag
from finder.importing.format import Reading
from finder.importing.meetings.groups import Group, groups_of
from finder.importing.meetings.meeting import LONGEST_LINE, Meeting
from finder.importing.meetings.position import Position, position_of
from finder.importing.meetings.wording import Wording
from finder.importing.report import ImportReport
from finder.listings import ListingDraft

PAUSED = "The source says that these meetings don't take place for now."
NO_TIME = "The source names no day and time."
NO_STREET = "The source names no street or building to go to."
NO_STATE = "The address is in no state that we know."

_OF_ALL_MEETINGS = frozenset(
    Tag(Facet(facet), Code(code))
    for facet, code in (
        ("level_of_care", "support_group"),
        ("kind_of_care", "mutual_help_meeting"),
        ("payment_help", "free"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What is known of a whole feed: the source's key, the code of its fellowship, and the day of those facts that bear
    no date. Dates after ``today`` are not believed.
    """

    source: str
    fellowship: str
    as_of: dt.date | None
    today: dt.date


def read_meetings(meetings: Iterable[Meeting], facts: FeedFacts, report: ImportReport) -> Reading:
    """The listings that a feed's meetings make; counts what becomes of each row."""
    groups = list(groups_of(meetings, report))
    report.verified_on = max(filter(None, (_verified_on(group, facts) for group in groups)), default=None)
    return Reading([group.ref for group in groups], _drafts(groups, facts, report))


def _drafts(groups: list[Group], facts: FeedFacts, report: ImportReport) -> Iterator[ListingDraft]:
    for group in groups:
        position = _position(group)
        draft = _draft(group, position, facts)
        report.recovered += position.recovered
        report.without_point += draft.point is None
        yield draft


def _position(group: Group) -> Position:
    """Where all of the group is. A street that nobody needs isn't told, so that nobody goes there in vain."""
    placed = next((meeting for meeting in group.meetings if meeting.point), group.meetings[0])
    approximate = placed.approximate or _is_only_remote(group)
    return position_of(placed.address, placed.point, approximate=approximate)


def _is_only_remote(group: Group) -> bool:
    return all(meeting.is_only_remote for meeting in group.meetings)


def _draft(group: Group, position: Position, facts: FeedFacts) -> ListingDraft:
    address = group.meetings[0].address
    remote = _is_only_remote(group)
    reasons = _reasons(group, position, remote=remote)
    wording = Wording(group)
    return ListingDraft(
        source=facts.source,
        source_ref=group.ref,
        name=group.name,
        organization=_first(meeting.organization for meeting in group.meetings),
        description=wording.description(),
        status=Status.DRAFT if reasons else Status.PUBLISHED,
        review_reason=" ".join(reasons),
        address_1="" if remote else address.street or address.location,
        address_2="" if remote else _second_line(group),
        city=address.city or position.city,
        county=position.county,
        state=address.state or position.state,
        postal_code=address.zip_code,
        point=position.point,
        precision=position.precision,
        time_zone=_first(meeting.time_zone for meeting in group.meetings) or position.time_zone,
        website=_first(meeting.website for meeting in group.meetings),
        verified_on=_verified_on(group, facts),
        phones=tuple(dict.fromkeys(phone for meeting in group.meetings for phone in meeting.phones)),
        tags=_tags(group, facts.fellowship),
        schedules=_schedules(group, wording.notes),
    )


def _reasons(group: Group, position: Position, *, remote: bool) -> list[str]:
    """Why a person must look at the listing before the public sees it."""
    address = group.meetings[0].address
    doubts = (
        (PAUSED, group.meetings[0].kinds.paused),
        (NO_TIME, not group.times),
        (NO_STREET, not remote and not (address.street or address.location)),
        (NO_STATE, not remote and not (address.state or position.state)),
        (position.doubt, bool(position.doubt) and not remote),
    )
    return [reason for reason, applies in doubts if applies]


def _second_line(group: Group) -> str:
    """Suite and what people call the place, unless the first line says it already."""
    address = group.meetings[0].address
    location = address.location if address.street else ""
    if location and location.split()[0].casefold() == address.street.split()[0].casefold():
        location = ""
    line = ", ".join(part for part in (location, address.suite) if part)
    return line if len(line) <= LONGEST_LINE else address.suite


def _tags(group: Group, fellowship: str) -> frozenset[Tag]:
    """What holds for the group or for some of its meetings, of which the notes then tell."""
    said = frozenset[Tag]().union(*(meeting.kinds.tags for meeting in group.each))
    whose = Code(group.meetings[0].fellowship or fellowship)
    return said | _OF_ALL_MEETINGS | {Tag(Facet("fellowship"), whose)}


def _schedules(group: Group, notes: tuple[str, ...]) -> tuple[Schedule, ...]:
    return tuple(
        Schedule(day, starts, _end(meeting), ScheduleKind.MEETING, note, meeting.joining.url, meeting.joining.phone)
        for (day, starts, meeting), note in zip(group.times, notes, strict=True)
    )


def _end(meeting: Meeting) -> dt.time | None:
    """When the meeting ends; one that ends when it begins has an end that nobody typed."""
    return None if meeting.ends == meeting.starts else meeting.ends


def _verified_on(group: Group, facts: FeedFacts) -> dt.date | None:
    """The last day on which somebody told something of the group."""
    days = [meeting.updated_on for meeting in group.meetings if meeting.updated_on]
    return max((day for day in days if day <= facts.today), default=facts.as_of)


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")
