"""A map of the United States as paths of SVG: outlines of the states, and dots.

Drawn with dots at the counties' middles instead of their outlines, which would make a page of a megabyte; a dot also
says what was measured, the way from that middle. The projection is Albers's conic of equal areas (J. P. Snyder, Map
Projections: A Working Manual, 1987, page 100) with insets for Alaska, Hawaii and Puerto Rico.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from finder.domain.geo import Point
from finder.web.assets import built_file

Floats = NDArray[np.float64]

WIDTH, HEIGHT = 9600, 6000  # units of the paths, which are whole numbers
_LEAST_STEP = 14  # units between two points of an outline, a pixel on a desk's screen


@dataclass(frozen=True, slots=True)
class _Cone:
    """A projection: its middle (longitude, latitude) stands at ``at`` on the map, ``scale`` units are a radian."""

    middle: tuple[float, float]
    parallels: tuple[float, float]
    scale: float
    at: tuple[float, float]

    def project(self, longitudes: Floats, latitudes: Floats) -> Floats:
        """Degrees as places on the map, shape (points, 2)."""
        east = (longitudes - self.middle[0] + 180) % 360 - 180
        x, y = self._on_cone(np.radians(east), np.radians(latitudes))
        _, y_of_middle = self._on_cone(np.zeros(1), np.radians([self.middle[1]]))
        return np.stack((self.at[0] + self.scale * x, self.at[1] - self.scale * (y - y_of_middle)), axis=1)

    def _on_cone(self, east: Floats, latitudes: Floats) -> tuple[Floats, Floats]:
        south, north = np.sin(np.radians(self.parallels))
        bend = (south + north) / 2
        distances = np.sqrt(1 + south * north - 2 * bend * np.sin(latitudes)) / bend
        return distances * np.sin(bend * east), -distances * np.cos(bend * east)


_MAINLAND = _Cone((-96.6, 38.7), (29.5, 45.5), 10_400, (4_800, 2_500))
_INSETS = {
    "AK": _Cone((-153, 62), (55, 65), 3_700, (1_500, 5_100)),
    "HI": _Cone((-157.4, 20.6), (8, 18), 10_400, (3_300, 5_450)),
    "PR": _Cone((-66.4, 18.2), (8, 18), 10_400, (8_900, 5_450)),
}
_STATE_OF_NUMBER = {"02": "AK", "15": "HI", "72": "PR"}
_NOT_DRAWN = {"60", "66", "69", "78"}  # American Samoa, Guam, the Northern Mariana Islands, the Virgin Islands


@cache
def outlines() -> str:
    """The lines of the states, for the ``d`` of a path."""
    shapes = json.loads(built_file("states.json").read_bytes())
    scale, origin = (np.array(shapes["transform"][name]) for name in ("scale", "translate"))
    cones: dict[int, _Cone] = {}
    for state in shapes["objects"]["states"]["geometries"]:
        if state["id"] not in _NOT_DRAWN:
            cone = _cone(_STATE_OF_NUMBER.get(state["id"], ""))
            cones |= dict.fromkeys(_arcs(state["arcs"]), cone)
    lines = (
        cone.project(*(np.cumsum(np.array(shapes["arcs"][number]), axis=0) * scale + origin).T)
        for number, cone in cones.items()
    )
    return "".join(map(_line, lines))


def dots(places: Iterable[tuple[str, Point]]) -> str:
    """Points, each with its state, for the ``d`` of a path: lines of no length, drawn by the shape of their ends."""
    steps = [f"M{x} {y}h0" for state, point in places for x, y in [_place(state, point)]]
    return "".join(steps)


def _place(state: str, point: Point) -> tuple[int, int]:
    [[x, y]] = _cone(state).project(np.array([point.longitude]), np.array([point.latitude]))
    return round(x), round(y)


def _cone(state: str) -> _Cone:
    return _INSETS.get(state, _MAINLAND)


def _arcs(rings: Sequence[Any]) -> Iterator[int]:
    """The numbers of the lines that a shape is made of; one that runs backward is written as its complement."""
    for each in rings:
        if isinstance(each, int):
            yield each if each >= 0 else ~each
        else:
            yield from _arcs(each)


def _line(points: Floats) -> str:
    """A line through these places, without those that are hardly apart; nothing for an island of a pixel."""
    kept = [points[0]]
    for point in points[1:-1]:
        if np.abs(point - kept[-1]).max() >= _LEAST_STEP:
            kept.append(point)
    whole = np.rint([*kept, points[-1]]).astype(int)
    if np.ptp(whole, axis=0).max() < _LEAST_STEP:
        return ""
    steps = "".join(f"{x} {y} " for x, y in np.diff(whole, axis=0).tolist()).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{steps.strip()}"
