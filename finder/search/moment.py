"""What holds at this moment only: places that are open, groups that meet, room for new people."""

import datetime as dt

from finder.search.bits import Mask, pack
from finder.search.criteria import Criteria
from finder.search.row import moment_number
from finder.search.segment import Segment
from finder.search.snapshot import Part, Snapshot


def at_moment(snapshot: Snapshot, criteria: Criteria, now: dt.datetime) -> Snapshot:
    """The snapshot with only those rows that are as the criteria ask at this moment, and meet when they ask."""
    if not (criteria.available or criteria.open_now or criteria.meeting):
        return snapshot
    parts = [_holding(part, criteria, now) for part in snapshot.parts]
    return Snapshot.of(parts, version=snapshot.version, as_of=snapshot.as_of)


def _holding(part: Part, criteria: Criteria, now: dt.datetime) -> Part:
    alive = part.alive
    for mask in _asked(part.segment, criteria, now):
        alive = pack(mask) if alive is None else alive & pack(mask)
    return Part(part.segment, alive, part.name_keys)


def _asked(segment: Segment, criteria: Criteria, now: dt.datetime) -> list[Mask]:
    masks: list[Mask] = []
    if criteria.available:
        masks.append(segment.available_until > moment_number(now))
    if criteria.open_now:
        masks.append(segment.weeks.open_at(now))
    if criteria.meeting:
        masks.append(segment.weeks.meeting_at(criteria.meeting))
    return masks
