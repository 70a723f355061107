"""What a program asks of ``GetSearchResults``, already valid, and which meetings that means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np

from finder.domain.geo import METERS_PER_MILE, Point
from finder.exporting.bmlt.bodies import ServiceBody, with_parts
from finder.exporting.bmlt.meeting import FIELDS, Meeting
from finder.search.geodesic import meters

FARTHEST = 200
"""In miles or kilometers, as is asked: how far a search grows that wants a number of meetings."""

METERS_PER_KILOMETER = 1_000.0
DISTANCES = ("distance_in_km", "distance_in_miles")
ALL_FIELDS = (*FIELDS, *DISTANCES, "root_server_uri")
USUAL_ORDER = ("weekday_tinyint", "start_time", "id_bigint")

_NUMBERS = frozenset(
    {"id_bigint", "shared_group_id_bigint", "service_body_bigint", "latitude", "longitude", *DISTANCES}
)
_Test: TypeAlias = Callable[[Meeting], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """Numbers that are wanted, any where there are none, and numbers that aren't."""

    wanted: frozenset[int] = frozenset()
    unwanted: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    def __contains__(self, number: int) -> bool:
        return (not self.wanted or number in self.wanted) and number not in self.unwanted


@dataclass(frozen=True, slots=True)
class Around:
    """Meetings near a point, measured in ``unit`` meters.

    ``width`` is how far away at most; below 0, how many should be found: as far as the last of so many nearest, but not
    farther than `FARTHEST`. ``None`` limits nothing and gives the distances.
    """

    point: Point
    width: float | None = None
    unit: float = METERS_PER_MILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question. Times are minutes since midnight, lengths minutes; ``equal`` is a field's name and its value.

    ``listings`` are row ids of listings that words were found in, ``None`` where nobody looked for words.
    """

    ids: Choice = Choice()
    weekdays: Choice = Choice()
    venues: Choice = Choice()
    bodies: Choice = Choice()
    with_parts: bool = False
    formats: Choice = Choice()
    any_format: bool = False
    starts_after: int | None = None
    starts_before: int | None = None
    ends_before: int | None = None
    shortest: int | None = None
    longest: int | None = None
    equal: tuple[str, str] | None = None
    listings: frozenset[int] | None = None
    around: Around | None = None
    by_distance: bool = False
    order: tuple[str, ...] = USUAL_ORDER
    page: int = 1
    page_size: int | None = None
    fields: tuple[str, ...] = field(default=ALL_FIELDS)


class Found(NamedTuple):
    """A meeting, and how many meters away it is: NaN where that isn't asked or not known."""

    meeting: Meeting
    meters: float = float("nan")


def find(meetings: Sequence[Meeting], bodies: Mapping[int, ServiceBody], query: Query) -> list[Found]:
    """The meetings that are asked for, in their order: the page of them that is asked for."""
    tests = list(_tests(query, bodies))
    chosen = [meeting for meeting in meetings if all(test(meeting) for test in tests)]
    found = _near(chosen, query.around) if query.around else [Found(meeting) for meeting in chosen]
    found = _in_order(found, query)
    if query.page_size is None:
        return found
    first = (query.page - 1) * query.page_size
    return found[first : first + query.page_size]


def _tests(query: Query, bodies: Mapping[int, ServiceBody]) -> Iterator[_Test]:
    looked_after = query.bodies
    if query.with_parts:
        looked_after = Choice(with_parts(bodies, looked_after.wanted), with_parts(bodies, looked_after.unwanted))
    numbers: tuple[tuple[Choice, _Number], ...] = (
        (query.ids, lambda meeting: meeting.id),
        (query.weekdays, lambda meeting: meeting.weekday),
        (query.venues, lambda meeting: meeting.venue),
        (looked_after, lambda meeting: meeting.body),
    )
    yield from (_chosen(choice, number) for choice, number in numbers if choice)
    yield from _of_formats(query)
    yield from _of_times(query)
    if query.listings is not None:
        listings = query.listings
        yield lambda meeting: meeting.listing in listings
    if query.equal:
        name, value = query.equal
        place = FIELDS.index(name)
        yield lambda meeting: meeting.row[place] == value


_Number: TypeAlias = Callable[[Meeting], int]


def _chosen(choice: Choice, number: _Number) -> _Test:
    return lambda meeting: number(meeting) in choice


def _of_formats(query: Query) -> Iterator[_Test]:
    wanted, unwanted = query.formats.wanted, query.formats.unwanted
    if wanted and query.any_format:
        yield lambda meeting: not wanted.isdisjoint(meeting.formats)
    elif wanted:
        yield lambda meeting: wanted <= meeting.formats
    if unwanted:
        yield lambda meeting: unwanted.isdisjoint(meeting.formats)


def _of_times(query: Query) -> Iterator[_Test]:
    after, before, end = query.starts_after, query.starts_before, query.ends_before
    shortest, longest = query.shortest, query.longest
    if after is not None:
        yield lambda meeting: meeting.starts > after
    if before is not None:
        yield lambda meeting: meeting.starts < before
    if end is not None:
        yield lambda meeting: meeting.starts + meeting.lasts <= end
    if shortest is not None:
        yield lambda meeting: meeting.lasts >= shortest
    if longest is not None:
        yield lambda meeting: meeting.lasts <= longest


def _near(meetings: Sequence[Meeting], around: Around) -> list[Found]:
    """The meetings with their distances: those that are near enough."""
    latitudes = np.array([meeting.latitude for meeting in meetings], dtype=np.float64)
    longitudes = np.array([meeting.longitude for meeting in meetings], dtype=np.float64)
    away = meters(around.point, latitudes, longitudes)
    found = [Found(*pair) for pair in zip(meetings, away.tolist(), strict=True)]
    if around.width is None:
        return found
    most = around.width * around.unit
    if around.width < 0:
        nearest = np.sort(away[~np.isnan(away)])[: int(-around.width)]
        most = min(FARTHEST * around.unit, float(nearest[-1])) if nearest.size else 0.0
    return [each for each in found if each.meters <= most]


def _in_order(found: list[Found], query: Query) -> list[Found]:
    """Sorted; whatever a field doesn't tell apart stays in the order of the week. What is empty comes last."""
    if query.by_distance and query.around:
        return sorted(found, key=lambda each: (each.meters != each.meters, each.meters))
    if query.order == USUAL_ORDER:
        return found
    for name in reversed(query.order):
        found = sorted(found, key=lambda each: _sortable(each, name))
    return found


def _sortable(each: Found, name: str) -> tuple[bool, float, str]:
    value = field_of(each, name)
    return (not value, float(value or 0), "") if name in _NUMBERS else (not value, 0.0, value.casefold())


def field_of(found: Found, name: str) -> str:
    """A field of a meeting by its name; empty for ``root_server_uri``, which is the same for all."""
    if name in DISTANCES:
        if found.meters != found.meters:
            return ""
        unit = METERS_PER_MILE if name == "distance_in_miles" else METERS_PER_KILOMETER
        return str(round(found.meters / unit, 6))
    return found.meeting.row[_PLACES[name]] if name in _PLACES else ""


_PLACES = {name: place for place, name in enumerate(FIELDS)}


def rows(found: Sequence[Found], query: Query, uri: str) -> list[dict[str, str]]:
    """The meetings as ``GetSearchResults`` tells them, with the fields that are asked for."""
    if query.fields == ALL_FIELDS:
        return [_whole(each, uri) for each in found]
    return [
        {name: uri if name == "root_server_uri" else field_of(each, name) for name in query.fields} for each in found
    ]


def _whole(found: Found, uri: str) -> dict[str, str]:
    row = dict(zip(FIELDS, found.meeting.row, strict=True))
    row |= {name: field_of(found, name) for name in DISTANCES}
    row["root_server_uri"] = uri
    return row
