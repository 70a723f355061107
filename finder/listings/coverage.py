"""Where care is far: for each county, how many miles its people have to the nearest listing of a level of care."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from finder.domain.geo import METERS_PER_MILE, Place
from finder.domain.vocabulary import LEVEL_OF_CARE, Code
from finder.places import gazetteer
from finder.search import Snapshot
from finder.search.geodesic import MAJOR, Floats, positions

_MEAN_RADIUS = 6_371_008.8
_TOGETHER = 32  # counties
# Degrees of latitude to the north and south that are looked at, until something is near.
_WINDOWS = (0.3, 1.5, 6.0, 180.0)
_LEAST_MILES_PER_DEGREE = 68.7  # of latitude, at the equator, where degrees are shortest


@dataclass(frozen=True, slots=True)
class CountyReach:
    """How far the people of a county have to the nearest listing.

    ``place`` is the county, its point the middle of its ZIP Codes; ``size`` is how many of these have delivery routes,
    which stands in for how many people live there. ``miles`` is ``None`` where there is no such listing anywhere.
    """

    place: Place
    size: int
    miles: float | None

    def is_farther_than(self, miles: float) -> bool:
        """Whether they have farther than that."""
        return self.miles is None or self.miles > miles


def reach(snapshot: Snapshot, level: Code) -> list[CountyReach]:
    """Every county by state and name, with the distance from its middle to the nearest listing of this level.

    Listings without a position (online alone, or with an unknown address) are near nobody.
    """
    listings = _listings(snapshot, level)
    counties, latitudes, longitudes = _middles()
    miles = nearest_miles(np.stack((latitudes, longitudes)), listings).tolist()
    return [
        CountyReach(place, size, round(distance, 2) if listings.size else None)
        for (place, size), distance in zip(counties, miles, strict=True)
    ]


def nearest_miles(middles: Floats, listings: Floats) -> Floats:
    """For each middle the miles to the nearest listing, infinity where there is none.

    Both have shape (2, points): latitudes and longitudes in degrees. Exact to a ten-thousandth: the chord through the
    ellipsoid is, and the arc over it depends on the radius only in the second order.
    """
    chords = np.full(middles.shape[1], np.inf)
    listings = listings[:, np.argsort(listings[0])]
    there = positions(*listings)
    open_ones = np.argsort(middles[0])
    for degrees in _WINDOWS:
        for some in _together(open_ones):
            first, last = _within(listings[0], middles[0][some], degrees)
            chords[some] = _least_chords(positions(*middles[:, some]), there[:, first:last])
        # What lies outside of the window is at least so far away.
        open_ones = open_ones[_miles(chords[open_ones]) > degrees * _LEAST_MILES_PER_DEGREE]
    return _miles(chords)


def _listings(snapshot: Snapshot, level: Code) -> Floats:
    """Latitudes and longitudes of the listings of a level whose position is known."""
    found = []
    for part in snapshot.parts:
        segment, rows = part.segment, part.rows()
        rows = rows[segment.tags.rows_with(segment.tags.need(LEVEL_OF_CARE, [level]), rows)]
        found.append(np.stack((segment.latitudes[rows], segment.longitudes[rows])))
    points: Floats = np.concatenate(found, axis=1)
    return points[:, ~np.isnan(points[0])]


@cache
def _middles() -> tuple[Sequence[tuple[Place, int]], Floats, Floats]:
    counties = [(county.place(), county.size) for county in gazetteer().counties]
    points = [place.point for place, _ in counties]
    return counties, np.array([each.latitude for each in points]), np.array([each.longitude for each in points])


def _together(rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """A few at a time, neighbors by latitude, so that one window serves them all."""
    for start in range(0, rows.size, _TOGETHER):
        yield rows[start : start + _TOGETHER]


def _within(latitudes: Floats, middles: Floats, degrees: float) -> tuple[int, int]:
    first, last = latitudes.searchsorted((middles.min() - degrees, middles.max() + degrees))
    return int(first), int(last)


def _least_chords(here: Floats, there: Floats) -> Floats:
    """For each point the chord to the nearest of the others, in longer half-axes."""
    if not there.size:
        return np.full(here.shape[1], np.inf)
    # |a - b|² = |a|² + |b|² - 2 a·b, where the first is the same for all of them.
    nearest = np.argmin((there**2).sum(axis=0) - 2 * (here.T @ there), axis=1)
    chords: Floats = np.sqrt(((here - there[:, nearest]) ** 2).sum(axis=0))
    return chords


def _miles(chords: Floats) -> Floats:
    halves = np.minimum(chords * (MAJOR / 2 / _MEAN_RADIUS), 1)
    miles: Floats = 2 * _MEAN_RADIUS / METERS_PER_MILE * np.arcsin(halves)
    return np.where(np.isinf(chords), np.inf, miles)
