"""What comes first: a total order, so that the same question always gives the same pages and no listing twice."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from finder.domain.geo import METERS_PER_MILE, Place
from finder.search.bits import WORD, Longs, Mask, Rows
from finder.search.columns import Ints
from finder.search.criteria import RADII, Criteria, Sort
from finder.search.geodesic import HALF_AROUND, Floats, chords, least_and_most, meters
from finder.search.matching import CHORD_DOUBT, chords2_from
from finder.search.sets import Few, Many, Set, among
from finder.search.snapshot import Part

_BEYOND_THE_EARTH = 100_000_000  # meters; stands for an unknown distance
_DOUBLINGS = 7
BANDS = np.array(
    [
        *(miles * METERS_PER_MILE for miles in (*RADII, *(RADII[-1] * 2**times for times in range(1, _DOUBLINGS)))),
        HALF_AROUND,
    ]
)
"""The far edges, in meters, of the bands within which a stale listing comes after the fresh ones: the radii that the
form offers, then doubling."""

_FEW = 32  # distances of so many rows cost no more than choosing among them would
_RARE = 3_000  # of so many matches all chords are measured at once


@dataclass(frozen=True, slots=True)
class Wanted:
    """The first ``count`` rows by ``criteria``, at the moment ``now``."""

    criteria: Criteria
    now: dt.datetime
    count: int

    @property
    def today(self) -> int:
        """The day by which a review is overdue."""
        return self.now.astimezone(dt.UTC).toordinal()


@dataclass(frozen=True, slots=True)
class Candidates:
    """What decides the order of some rows, shape (rows,) each; ``meters`` is NaN where there is no distance.

    ``until`` is how many minutes it is to the next meeting, where that decides.
    """

    ids: Longs
    meters: Floats
    names: Longs
    newest: Ints
    stale: Mask
    until: NDArray[np.int16]

    def order(self, criteria: Criteria) -> NDArray[np.intp]:
        """Their places in the order in which people see them."""
        whole = np.where(np.isnan(self.meters), _BEYOND_THE_EARTH, np.rint(self.meters)).astype(np.int64)
        # lexsort takes the key that decides first last.
        match criteria.sort:
            case Sort.NAME:
                return np.lexsort((self.ids, whole, self.names))
            case Sort.VERIFIED:
                return np.lexsort((self.ids, self.names, whole, self.newest))
            case Sort.NEXT_MEETING:
                return np.lexsort((self.ids, self.newest, whole, self.until))
            case Sort.DISTANCE if criteria.near:
                return np.lexsort((self.ids, self.newest, whole, self.stale, BANDS.searchsorted(whole)))
            case Sort.DISTANCE:
                return np.lexsort((self.ids, self.names, self.stale))


def page_of(found: Sequence[tuple[Part, Set]], criteria: Criteria, now: dt.datetime) -> tuple[list[int], list[float]]:
    """The ids of the page's listings and their distances, from sets without a row in common."""
    total = sum(matches.size for _, matches in found)
    first, last = (criteria.page - 1) * criteria.page_size, min(criteria.page * criteria.page_size, total)
    if first >= last:
        return [], []
    wanted = Wanted(criteria, now, last)
    candidates = joined([first_of(part, matches, wanted) for part, matches in found if matches.size])
    page = candidates.order(criteria)[first:last]
    return candidates.ids[page].tolist(), candidates.meters[page].tolist()


def first_of(part: Part, matches: Set, wanted: Wanted) -> Candidates:
    """Rows of a set that hold the first ones wanted, and some more."""
    return candidates(part, first_rows(part, matches, wanted), wanted)


def first_rows(part: Part, matches: Set, wanted: Wanted) -> Rows:
    """The same as their numbers alone."""
    if wanted.criteria.sort is Sort.DISTANCE and wanted.criteria.near:
        return _nearest(part, matches, wanted, wanted.criteria.near)
    if wanted.criteria.sort is Sort.NEXT_MEETING:
        return _soonest(part, matches.rows, wanted)
    return _least(part, matches.rows, wanted)


def candidates(part: Part, rows: Rows, wanted: Wanted) -> Candidates:
    """What decides the order of these rows."""
    segment, near = part.segment, wanted.criteria.near
    distances = np.full(rows.size, np.nan)
    if near:
        distances = meters(near.point, segment.latitudes[rows], segment.longitudes[rows])
    return Candidates(
        ids=segment.ids[rows],
        meters=distances,
        names=part.names(rows),
        newest=-segment.verified[rows],
        stale=segment.review_due[rows] < wanted.today,
        until=_until(part, rows, wanted),
    )


def joined(found: list[Candidates]) -> Candidates:
    """The candidates of several sets as one."""
    if len(found) == 1:
        return found[0]
    fields: dict[str, Any] = {
        name: np.concatenate([getattr(candidates, name) for candidates in found] or [np.empty(0)])
        for name in Candidates.__slots__
    }
    return Candidates(**fields)


def _least(part: Part, rows: Rows, wanted: Wanted) -> Rows:
    """The rows with the least keys, and all that share the last of these."""
    if rows.size <= max(_FEW, wanted.count):
        return rows
    keys = _first_keys(part, rows, wanted)
    least: Rows = rows[keys <= np.partition(keys, wanted.count - 1)[wanted.count - 1]]
    return least


def _first_keys(part: Part, rows: Rows, wanted: Wanted) -> NDArray[Any]:
    match wanted.criteria.sort:
        case Sort.NAME:
            return part.segment.names[rows]
        case Sort.VERIFIED:
            return -part.segment.verified[rows]
        case _:
            stale = part.segment.review_due[rows] < wanted.today
            return part.segment.names[rows] + stale.astype(np.int64) * (1 << 32)


def _until(part: Part, rows: Rows, wanted: Wanted) -> NDArray[np.int16]:
    if wanted.criteria.sort is not Sort.NEXT_MEETING:
        return np.zeros(rows.size, dtype=np.int16)
    return part.segment.weeks.minutes_to_meeting(wanted.now)[rows]


def _soonest(part: Part, rows: Rows, wanted: Wanted) -> Rows:
    """The rows with the soonest meetings; of those that meet with the last of them, or like it never, the nearest."""
    near = wanted.criteria.near
    if rows.size <= max(_FEW, wanted.count):
        return rows
    until = _until(part, rows, wanted)
    last = np.partition(until, wanted.count - 1)[wanted.count - 1]
    sooner, same = rows[until < last], rows[until == last]
    if near:
        fresh = np.zeros(same.size, dtype=np.bool_)
        same = _by_bounds(same, chords2_from(part, near, same), fresh, wanted.count - sooner.size)
    return np.concatenate((sooner, same))


def _nearest(part: Part, matches: Set, wanted: Wanted, near: Place) -> Rows:
    """Rows that hold the nearest, fresh ones first within each band."""
    if isinstance(matches, Few) or matches.size <= _RARE:
        return _nearest_of(part, matches.rows, getattr(matches, "chords2", None), wanted, near)
    for rows, chords2, sure in _rings(part, matches, wanted, near):
        if np.count_nonzero(chords2 <= sure) >= wanted.count:
            return _nearest_of(part, rows, chords2, wanted, near)
    return _nearest_of(part, matches.rows, None, wanted, near)


def _rings(part: Part, matches: Many, wanted: Wanted, near: Place) -> Iterator[tuple[Rows, NDArray[np.float32], float]]:
    """Growing circles, each to the edge of a band: the matches that may be inside, their chords' squares, and what
    these are at most for a row that surely is."""
    state = part.segment.state(wanted.criteria.state) if wanted.criteria.state else None
    share = matches.size / (matches.bits.size * WORD)
    for edge, (sure, possible) in zip(BANDS.tolist()[:-1], _chords2_of_bands(), strict=False):
        ranges = part.segment.bands.around(near.point, edge, state)
        # Where even twice the usual share would be too few, the next circle comes sooner.
        if len(ranges) * share * 2 < wanted.count:
            continue
        rows = among(matches, ranges.rows())
        chords2 = chords2_from(part, near, rows)
        inside = chords2 <= possible
        yield rows[inside], chords2[inside], sure


@cache
def _chords2_of_bands() -> list[tuple[float, float]]:
    """For each band's edge, the squares of chords that are surely and possibly inside."""
    bounds = [chords(edge) for edge in BANDS.tolist()]
    return [(max(0.0, inner - CHORD_DOUBT) ** 2, (outer + CHORD_DOUBT) ** 2) for inner, outer in bounds]


def _nearest_of(part: Part, rows: Rows, chords2: NDArray[np.float32] | None, wanted: Wanted, near: Place) -> Rows:
    """Those of the rows that may be among the first, by bounds of their distances."""
    if rows.size <= max(_FEW, wanted.count):
        return rows
    if chords2 is None:
        chords2 = chords2_from(part, near, rows)
    stale = part.segment.review_due[rows] < wanted.today
    fresh = _nearest_fresh(rows, chords2, stale, wanted.count)
    return _by_bounds(rows, chords2, stale, wanted.count) if fresh is None else fresh


def _nearest_fresh(rows: Rows, chords2: NDArray[np.float32], stale: Mask, count: int) -> Rows | None:
    """The quick way where the first band alone has enough fresh rows: then these are first, by their distance."""
    squares = np.where(stale, np.float32(np.inf), chords2)
    last = float(np.partition(squares, count - 1)[count - 1])
    if not last <= _chords2_of_bands()[0][0]:
        return None
    # Chords of the first band order rows as distances do, but for what the columns lose and the ellipsoid bends.
    nearest: Rows = rows[squares <= (np.sqrt(last) + 3 * CHORD_DOUBT) ** 2]
    return nearest


def _by_bounds(rows: Rows, chords2: NDArray[np.float32], stale: Mask, count: int) -> Rows:
    """The rows whose place may be among the first: it isn't if ``count`` others come before for sure."""
    unknown = np.isnan(chords2)
    chord = np.sqrt(np.where(unknown, 0, chords2), dtype=np.float64)
    least, most = least_and_most(chord, CHORD_DOUBT)
    least[unknown] = most[unknown] = _BEYOND_THE_EARTH
    last = np.partition(_keys(most + 1, stale), count - 1)[count - 1]
    nearest: Rows = rows[_keys(least - 1, stale) <= last]
    return nearest


def _keys(distances: Floats, stale: Mask) -> Floats:
    """Band, whether stale, and meters in one number."""
    keys: Floats = (BANDS.searchsorted(distances) * 2 + stale) * (2.0 * _BEYOND_THE_EARTH) + distances
    return keys
