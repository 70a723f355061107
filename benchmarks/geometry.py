"""The circle of a question in the forms in which databases look for it, on a sphere."""

import math
from dataclasses import dataclass

from benchmarks.generate import EARTH_METERS

BANDS_PER_DEGREE = 8


def band_of(latitude: float) -> int:
    """The latitude band of 1/8 degree, counted from the south pole."""
    return math.floor((latitude + 90) * BANDS_PER_DEGREE)


def chord_squared(meters: float) -> float:
    """The square of the straight line between points of the unit sphere that are so far apart."""
    return (2 * math.sin(min(meters / EARTH_METERS, math.pi) / 2)) ** 2


def vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """A point in degrees as a vector of length 1."""
    latitude, longitude = math.radians(latitude), math.radians(longitude)
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees around a circle, a little wider than needed; no circle of the benchmark crosses longitude 180."""

    south: float
    north: float
    west: float
    east: float

    @classmethod
    def around(cls, latitude: float, longitude: float, meters: float) -> "Box":
        """The box around the circle."""
        angle = meters / EARTH_METERS * 1.001
        high = math.degrees(angle)
        reach = math.sin(angle) / math.cos(math.radians(latitude))
        wide = math.degrees(math.asin(reach)) if reach < 1 else 180.0
        return cls(latitude - high, latitude + high, longitude - wide, longitude + wide)

    @property
    def bands(self) -> range:
        """The latitude bands that it touches."""
        return range(band_of(self.south), band_of(self.north) + 1)
