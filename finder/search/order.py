"""What comes first: a total order, so that the same question always gives the same pages and no listing twice."""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from finder.domain.geo import METERS_PER_MILE, Place
from finder.search.bits import Rows
from finder.search.criteria import RADII, Criteria, Sort
from finder.search.geodesic import Floats, meters
from finder.search.snapshot import Snapshot

_BEYOND_THE_EARTH = 100_000_000  # meters; stands for an unknown distance
_HALF_AROUND_THE_EARTH = 20_037_508
BANDS = np.array([*(miles * METERS_PER_MILE for miles in RADII), _HALF_AROUND_THE_EARTH])
"""The far edges, in meters, of the bands within which a stale listing comes after the fresh ones."""


def distances(snapshot: Snapshot, rows: Rows, near: Place | None) -> Floats:
    """Meters from ``near`` to each row; NaN where there is no ``near`` or the row has no position."""
    result = np.full(rows.size, np.nan)
    if near:
        mapped = ~np.isnan(snapshot.latitudes[rows])
        there = rows[mapped]
        result[mapped] = meters(near.point, snapshot.latitudes[there], snapshot.longitudes[there])
    return result


def in_order(snapshot: Snapshot, rows: Rows, distance: Floats, criteria: Criteria, today: dt.date) -> NDArray[np.intp]:
    """The positions of ``rows``, which ascend, in the order in which people see them.

    Equal rows keep their places, so that the id, which ascends with the rows, decides last.
    """
    whole = np.where(np.isnan(distance), _BEYOND_THE_EARTH, np.rint(distance)).astype(np.int64)
    newest = -snapshot.verified[rows]
    names = snapshot.names.ranks[rows]
    stale = snapshot.review_due[rows] < today.toordinal()
    # lexsort takes the key that decides first last.
    match criteria.sort:
        case Sort.NAME:
            return np.lexsort((whole, names))
        case Sort.VERIFIED:
            return np.lexsort((names, whole, newest))
        case Sort.DISTANCE if criteria.near:
            return np.lexsort((newest, whole, stale, np.searchsorted(BANDS, whole)))
        case Sort.DISTANCE:
            return np.lexsort((names, stale))
