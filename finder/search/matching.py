"""Which rows of a snapshot a visitor's criteria mean, as sets."""

from dataclasses import dataclass

import numpy as np

from finder.domain.geo import METERS_PER_MILE, Place
from finder.search.bits import Bits, pack, size
from finder.search.criteria import Criteria
from finder.search.facets import Counts
from finder.search.geodesic import LEAST_METERS_PER_RADIAN, MOST_METERS_PER_RADIAN, within
from finder.search.snapshot import Snapshot, directions

_ROUNDING = 1e-9  # in chord lengths of the unit sphere: 6 mm, far above what doubles lose


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows that match, how many more have no position, and the counts of every code."""

    rows: Bits
    unmapped: int
    counts: Counts


def match(snapshot: Snapshot, criteria: Criteria) -> Matches:
    """The whole answer but for its order."""
    wanted = _wanted(snapshot, criteria)
    here = wanted & _area(snapshot, criteria)
    rows = snapshot.tags.meeting(criteria.needs, here)
    counts = snapshot.tags.counts(criteria.needs, here)
    return Matches(rows, _unmapped(snapshot, criteria, wanted & ~rows), counts)


def count(snapshot: Snapshot, criteria: Criteria) -> int:
    """How many rows match."""
    here = _wanted(snapshot, criteria) & _area(snapshot, criteria)
    return size(snapshot.tags.meeting(criteria.needs, here))


def _wanted(snapshot: Snapshot, criteria: Criteria) -> Bits:
    """The rows, wherever they are, that have all words and nothing excluded."""
    wanted = pack(snapshot.words.matching(criteria.text)) if criteria.text else snapshot.everything
    return wanted & ~snapshot.tags.with_any(criteria.excluded)


def _area(snapshot: Snapshot, criteria: Criteria) -> Bits:
    """The rows in the circle or in the state or county; all where none of them is asked."""
    circle = (
        _circle(snapshot, criteria.near, criteria.radius_miles) if criteria.near and criteria.radius_miles else None
    )
    if not criteria.state:
        return snapshot.everything if circle is None else circle
    region = snapshot.states.equal(criteria.state)
    if criteria.county:
        region &= snapshot.counties.equal(criteria.county)
    return pack(region) if circle is None else pack(region) | circle


def _circle(snapshot: Snapshot, near: Place, radius_miles: float) -> Bits:
    """The rows at most this far away: chords of the unit sphere decide most, the ellipsoid those near the edge."""
    point = near.point
    center = directions(np.array([point.latitude]), np.array([point.longitude]))
    chords2 = ((snapshot.directions - center) ** 2).sum(axis=0)
    meters = radius_miles * METERS_PER_MILE
    inside = chords2 <= max(0.0, _chord(meters / MOST_METERS_PER_RADIAN) - _ROUNDING) ** 2
    near_enough = chords2 <= (_chord(meters / LEAST_METERS_PER_RADIAN) + _ROUNDING) ** 2
    ring = np.flatnonzero(near_enough & ~inside)
    inside[ring] = within(point, radius_miles, snapshot.latitudes[ring], snapshot.longitudes[ring])
    return pack(inside)


def _chord(angle: float) -> float:
    """The straight line between points of the unit sphere this many radians apart, at most its diameter."""
    return float(2 * np.sin(min(angle, np.pi) / 2))


def _unmapped(snapshot: Snapshot, criteria: Criteria, unmatched: Bits) -> int:
    """How many without a position lie in the searched place's state and meet all needs, though not found."""
    if criteria.near is None or not criteria.near.state:
        return 0
    there = unmatched & ~snapshot.mapped & pack(snapshot.states.equal(criteria.near.state))
    return size(snapshot.tags.meeting(criteria.needs, there))
