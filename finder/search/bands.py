"""Rows by state, latitude band and longitude: a state is one range of rows, a circle is a few."""

import math
from dataclasses import dataclass

import numpy as np

from finder.domain.geo import Point
from finder.search.bits import Rows
from finder.search.columns import Arrays, Ints
from finder.search.geodesic import LEAST_METERS_PER_RADIAN, Floats
from finder.search.text import Ranges

_BANDS_PER_DEGREE = 8
_NOWHERE = 10_000  # the band of rows without a position, after all others
_RUN = 1024.0  # degrees between the keys of two runs: more than there are longitudes
_MARGIN = 1e-6  # degrees, above what keys lose


def sorted_rows(states: Ints, latitudes: Floats, longitudes: Floats, ids: Rows) -> Rows:
    """The places of rows in the order that `Bands` wants."""
    return np.lexsort((ids, longitudes, _bands(latitudes), states))


def _bands(latitudes: Floats) -> Ints:
    known = np.where(np.isnan(latitudes), 0, latitudes)
    bands = np.floor((known + 90) * _BANDS_PER_DEGREE)
    return np.where(np.isnan(latitudes), _NOWHERE, bands).astype(np.int32)


@dataclass(frozen=True)
class Bands:
    """The runs of rows with one state and one band; rows without a position are their state's last run.

    ``starts`` has one more entry than there are runs. ``keys`` ascends with the rows: the number of its run times
    `_RUN`, and its longitude. ``states`` says of each state which run is its first (and one more).
    """

    bands: Ints
    starts: Ints
    west: Floats
    east: Floats
    states: Ints
    keys: Floats

    @classmethod
    def of(cls, states: Ints, latitudes: Floats, longitudes: Floats, number_of_states: int) -> Arrays:
        """The arrays for rows in order."""
        bands = _bands(latitudes)
        new = np.ones(bands.size, dtype=np.bool_)
        new[1:] = (np.diff(bands) != 0) | (np.diff(states) != 0)
        starts = np.append(np.flatnonzero(new), bands.size)
        places = np.where(np.isnan(longitudes), 0, longitudes)
        return {
            "bands": bands[starts[:-1]],
            "starts": starts.astype(np.int32),
            "west": places[starts[:-1]],
            "east": places[starts[1:] - 1],
            "states": np.searchsorted(states[starts[:-1]], np.arange(number_of_states + 1)).astype(np.int32),
            "keys": (np.cumsum(new) - 1) * _RUN + places,
        }

    def state(self, number: int) -> tuple[int, int]:
        """The range of a state's rows."""
        return int(self.starts[self.states[number]]), int(self.starts[self.states[number + 1]])

    def unmapped(self, number: int) -> tuple[int, int]:
        """The range of a state's rows without a position."""
        last = int(self.states[number + 1])
        start = self.starts[last - 1] if self.bands[last - 1] == _NOWHERE else self.starts[last]
        return int(start), int(self.starts[last])

    def around(self, near: Point, meters: float, state: int | None) -> Ranges:
        """Ranges that hold all rows at most so far away, of all states or one, and some that are farther."""
        angle = meters / LEAST_METERS_PER_RADIAN
        runs = slice(None) if state is None else slice(self.states[state], self.states[state + 1])
        reach = math.degrees(angle) + _MARGIN
        south = math.floor((near.latitude - reach + 90) * _BANDS_PER_DEGREE)
        north = math.floor(min(near.latitude + reach + 90, 180) * _BANDS_PER_DEGREE)
        bands = self.bands[runs]
        there = (bands >= south) & (bands <= north)
        first = runs.start or 0
        found = [
            self._between(
                first + np.flatnonzero(there & (self.west[runs] <= east) & (self.east[runs] >= west)), west, east
            )
            for west, east in _longitudes(near, angle)
        ]
        return found[0] if len(found) == 1 else _ascending(found)

    def _between(self, runs: Rows, west: float, east: float) -> Ranges:
        keys = runs * _RUN
        starts, stops = self.keys.searchsorted(keys + west), self.keys.searchsorted(keys + east, side="right")
        filled = stops > starts
        return Ranges(starts, stops) if filled.all() else Ranges(starts[filled], stops[filled])


def _longitudes(near: Point, angle: float) -> list[tuple[float, float]]:
    """The longitudes that a circle reaches, in one piece or two."""
    latitude = math.radians(near.latitude)
    if abs(latitude) + angle >= math.pi / 2 - 1e-9:
        return [(-180.0, 180.0)]
    reach = math.degrees(math.asin(math.sin(angle) / math.cos(latitude))) + _MARGIN
    west, east = near.longitude - reach, near.longitude + reach
    if west < -180:
        return [(-180.0, east), (west + 360, 180.0)]
    return [(-180.0, east - 360), (west, 180.0)] if east > 180 else [(west, east)]


def _ascending(pieces: list[Ranges]) -> Ranges:
    starts, stops = (np.concatenate([getattr(piece, name) for piece in pieces]) for name in ("starts", "stops"))
    order = np.argsort(starts)
    return Ranges(starts[order], stops[order])
