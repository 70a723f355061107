"""The published directory as columns, one row a listing, ascending by id; never changed once built."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from finder.search.bits import Bits, Mask, pack
from finder.search.facets import TagPlanes
from finder.search.geodesic import Floats
from finder.search.text import WordIndex, fold

_NEVER = dt.date.min.toordinal() - 1
_NOT_DUE = dt.date.max.toordinal()


class SnapshotRow(NamedTuple):
    """What search knows of one listing; field for field what `finder.search.refresh` reads.

    ``latitude`` and ``longitude`` are in degrees, both ``None`` where the position isn't known. ``tags`` is
    "facet:code facet:code ...", ``None`` where there are none.
    """

    id: int
    name: str
    organization: str | None
    description: str
    city: str
    county: str
    state: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    verified_on: dt.date | None
    review_due_on: dt.date | None
    tags: str | None

    @property
    def text(self) -> str:
        """All that words are searched in."""
        return " ".join((self.name, self.organization or "", self.city, self.postal_code, self.description))


class NameColumn:
    """A column of names, compared without case and accents, as their ranks in alphabetical order."""

    def __init__(self, names: Iterable[str]) -> None:
        folded = [fold(name) for name in names]
        self._ranks = {name: rank for rank, name in enumerate(sorted(set(folded)))}
        self.ranks: NDArray[np.int32] = np.array([self._ranks[name] for name in folded], dtype=np.int32)

    def equal(self, name: str) -> Mask:
        """The rows with this name."""
        same: Mask = self.ranks == self._ranks.get(fold(name), -1)
        return same


class Snapshot:
    """The columns; ``version`` is the directory's version that they show, ``as_of`` when they were read."""

    def __init__(self, rows: Iterable[SnapshotRow], *, version: int, as_of: dt.datetime) -> None:
        """From the published listings, in any order."""
        rows = sorted(rows)
        self.version = version
        self.as_of = as_of
        self.ids: NDArray[np.int64] = np.array([row.id for row in rows], dtype=np.int64)
        self.names = NameColumn(row.name for row in rows)
        self.states = NameColumn(row.state for row in rows)
        self.counties = NameColumn(row.county for row in rows)
        self.verified = np.array([_ordinal(row.verified_on, _NEVER) for row in rows], dtype=np.int32)
        self.review_due = np.array([_ordinal(row.review_due_on, _NOT_DUE) for row in rows], dtype=np.int32)
        self.latitudes: Floats = np.array([row.latitude for row in rows], dtype=np.float64)
        self.longitudes: Floats = np.array([row.longitude for row in rows], dtype=np.float64)
        self.directions = directions(self.latitudes, self.longitudes)
        self.mapped: Bits = pack(~np.isnan(self.latitudes))
        self.everything: Bits = pack(np.ones(len(rows), dtype=np.bool_))
        self.words = WordIndex(row.text for row in rows)
        self.tags = TagPlanes([row.tags or "" for row in rows])


def directions(latitudes: Floats, longitudes: Floats) -> Floats:
    """Unit vectors, shape (3, points), of points in degrees; NaN stays NaN."""
    latitudes, longitudes = np.radians(latitudes), np.radians(longitudes)
    across = np.cos(latitudes)
    return np.stack((across * np.cos(longitudes), across * np.sin(longitudes), np.sin(latitudes)))


def _ordinal(day: dt.date | None, absent: int) -> int:
    return absent if day is None else day.toordinal()
