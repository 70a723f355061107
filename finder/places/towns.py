"""The names to write on a map, so that people see where they are."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np

from finder.domain.geo import Point
from finder.places.cities import Cities, City, Standing
from finder.places.zips import center

_MOST = 24
_LOOKED_AT = 300
_WIDE, _HIGH = 110, 34  # pixels that a name takes, with some air


class Town(NamedTuple):
    """A name on a map, and where it stands."""

    name: str
    point: Point


class Towns:
    """The cities, the largest first."""

    def __init__(self, cities: Cities) -> None:
        own = (city for _, city in cities.all if city.standing is Standing.OWN and city.size)
        ranked = sorted(own, key=lambda city: (-city.size, city.state, city.name))
        self._towns = [Town(city.name, _middle(city)) for city in ranked]
        self._latitudes = np.array([town.point.latitude for town in self._towns])
        self._longitudes = np.array([town.point.longitude for town in self._towns])

    def on_map(self, west: float, south: float, east: float, north: float, zoom: int) -> list[Town]:
        """Up to 24 cities to name in this part of a Web Mercator map, so far apart that their names don't overlap.

        Degrees; a west beyond the east reaches across the date line.
        """
        inside = (self._latitudes >= south) & (self._latitudes <= north)
        eastward, westward = self._longitudes >= west, self._longitudes <= east
        inside &= eastward & westward if west <= east else eastward | westward
        largest = [self._towns[at] for at in np.flatnonzero(inside)[:_LOOKED_AT].tolist()]
        return list(islice(_apart(largest, 256 * 2**zoom / 360), _MOST))


def _middle(city: City) -> Point:
    return Point(*center(city.zips))


def _apart(towns: list[Town], pixels_per_degree: float) -> Iterator[Town]:
    kept: list[Town] = []
    for town in towns:
        if not any(_overlap(town.point, other.point, pixels_per_degree) for other in kept):
            kept.append(town)
            yield town


def _overlap(one: Point, other: Point, pixels_per_degree: float) -> bool:
    across = abs(one.longitude - other.longitude) * pixels_per_degree
    along = abs(one.latitude - other.latitude) * pixels_per_degree / math.cos(math.radians(one.latitude))
    return across < _WIDE and along < _HIGH
