"""Where all that matches is: what a map has to show, however many listings that are."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from finder.search.bits import Longs, Mask
from finder.search.criteria import Criteria
from finder.search.geodesic import Floats
from finder.search.matching import count, matching
from finder.search.moment import at_moment
from finder.search.snapshot import Snapshot
from finder.search.widening import ENOUGH, widened


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map in degrees. Where ``west`` is more than ``east``, it reaches across the date line.

    Raises ``ValueError`` for degrees that there aren't, and for a north that is south of the south.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        # Written so that NaN, which compares false with everything, is refused too.
        if not (-180 <= self.west <= 180 and -180 <= self.east <= 180):
            raise ValueError("west and east are -180 to 180 degrees")
        if not -90 <= self.south <= self.north <= 90:
            raise ValueError("south and north are -90 to 90 degrees, the south first")

    @property
    def unwrapped_east(self) -> float:
        """The east, counted on beyond 180 where the box reaches across the date line."""
        return self.east if self.west <= self.east else self.east + 360


@dataclass(frozen=True, slots=True)
class Spots:
    """Where listings are: ids, and degrees, of shape (listings,) each."""

    ids: Longs
    latitudes: Floats
    longitudes: Floats

    @property
    def size(self) -> int:
        """How many."""
        return self.ids.size

    def those(self, which: Mask) -> "Spots":
        """Some of them."""
        return Spots(self.ids[which], self.latitudes[which], self.longitudes[which])


def answered(snapshot: Snapshot, asked: Criteria, now: dt.datetime) -> Criteria:
    """The criteria that a search answers: those asked, or wider ones where too little matches them."""
    if count(at_moment(snapshot, asked, now), asked) >= ENOUGH:
        return asked
    return widened(snapshot, asked, now)[0]


def spots(snapshot: Snapshot, criteria: Criteria, now: dt.datetime) -> Spots:
    """All that matches and whose position is known."""
    parts = at_moment(snapshot, criteria, now).parts
    found = [(part.segment, matches.rows) for part in parts for matches in matching(part, criteria)]
    every = Spots(
        *(
            np.concatenate([getattr(segment, name)[rows] for segment, rows in found] or [np.empty(0)])
            for name in ("ids", "latitudes", "longitudes")
        )
    )
    known = ~np.isnan(every.latitudes)
    return every if known.all() else every.those(known)


def extent(found: Spots) -> Box | None:
    """The smallest box that holds them all, across the date line if that is smaller; none where there are none."""
    if not found.size:
        return None
    longitudes = found.longitudes
    west, east = _ends(longitudes)
    if east - west > 180:
        beyond = _ends(np.where(longitudes < 0, longitudes + 360, longitudes))
        if beyond[1] - beyond[0] < east - west:
            west, east = (wrapped(longitude) for longitude in beyond)
    return Box(west, float(found.latitudes.min()), east, float(found.latitudes.max()))


def wrapped(longitude: float) -> float:
    """A longitude that was counted on beyond 180, as one of -180 to 180."""
    return longitude if longitude <= 180 else longitude - 360


def _ends(values: Floats) -> tuple[float, float]:
    return float(values.min()), float(values.max())
