"""What stands in a part of a map, as pins: a place that stands alone, or how many stand together.

The map is laid out in squares of pixels. What stands in one square is one pin, and pins so close that a finger can't
tell them apart are one as well. So there are never more pins than there is room for, however many listings match.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from finder.domain.geo import Point
from finder.search.bits import Longs, Mask
from finder.search.spots import Box, Spots, wrapped

LARGEST_ZOOM = 16
"""The zoom at which what still stands together is told one by one."""

MOST_TOLD = 12
"""Of so many listings at one spot a pin knows which they are; of more, only how many."""

_EARTH = 256  # pixels around the earth at zoom 0 of the map that everybody has (Web Mercator, EPSG:3857)
_SQUARE = 64  # pixels
_APART = 44  # pixels, less than a square, that the middles of two pins are apart: the size of a fingertip
_MOST_SQUARES = 4096  # a screen of 5000 by 3000 pixels
_END_OF_MAP = 85.0511287798  # degrees north and south, where a square map of the earth ends
_SAME_SPOT = 1e-4  # degrees: some 10 m

Cells = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Pin:
    """``count`` listings in ``box``. ``ids`` are theirs if no zoom would part them, and if they aren't too many."""

    point: Point
    count: int
    box: Box
    ids: tuple[int, ...]


def pins(found: Spots, box: Box, zoom: int) -> list[Pin]:
    """The pins in the box, as a map is read: from north to south, and from west to east.

    Raises ``ValueError`` for a zoom outside 0 to 16, and for a box that no screen shows at this zoom.
    """
    grid = _Grid.over(box, zoom)
    inside = _inside(found, box)
    if not inside.size:
        return []
    squares = _squares(grid.cells(inside), inside)
    return [_pin(led, inside, zoom) for _, led in sorted(_led(squares, grid).items())]


def _inside(found: Spots, box: Box) -> Spots:
    """The spots in the box, their longitudes ascending from its west without a jump."""
    inside: Mask = (found.latitudes >= box.south) & (found.latitudes <= box.north)
    longitudes = found.longitudes
    if box.west > box.east:
        longitudes = np.where(longitudes < box.west, longitudes + 360, longitudes)
    inside &= (longitudes >= box.west) & (longitudes <= box.unwrapped_east)
    every = Spots(found.ids, found.latitudes, longitudes)
    return every if inside.all() else every.those(inside)


@dataclass(frozen=True, slots=True)
class _Square:
    """The listings of one square: their places among the spots, their mean and their ends in degrees."""

    rows: Longs
    longitude: float
    latitude: float
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """Squares that don't move with the map, so that a pin stays where it is while somebody looks around."""

    pixels: float
    first_column: int
    columns: int
    first_row: int
    rows: int

    @classmethod
    def over(cls, box: Box, zoom: int) -> "_Grid":
        if not 0 <= zoom <= LARGEST_ZOOM:
            raise ValueError(f"the zoom is 0 to {LARGEST_ZOOM}")
        pixels = float(_EARTH << zoom)
        west, east = (int(_x(longitude, pixels) // _SQUARE) for longitude in (box.west, box.unwrapped_east))
        north, south = (int(_y(latitude, pixels) // _SQUARE) for latitude in (box.north, box.south))
        grid = cls(pixels, west, east - west + 1, north, south - north + 1)
        if grid.columns * grid.rows > _MOST_SQUARES:
            raise ValueError("so large a part of the map needs a smaller zoom")
        return grid

    def cells(self, inside: Spots) -> Cells:
        """The number of each spot's square, from north to south and from west to east."""
        columns = ((inside.longitudes + 180) * (self.pixels / 360 / _SQUARE)).astype(np.int32) - self.first_column
        # The latitudes of the squares' edges are found faster than the pixels of so many latitudes.
        southward = range(self.first_row + self.rows - 1, self.first_row, -1)
        edges = [_latitude(row * _SQUARE, self.pixels) for row in southward]
        rows = len(edges) - np.searchsorted(np.array(edges), inside.latitudes)
        return (rows * self.columns + columns).astype(np.uint16)

    def around(self, cell: int) -> Iterator[int]:
        """The squares beside one, and those at its corners."""
        row, column = divmod(cell, self.columns)
        for other_row in range(max(0, row - 1), min(row + 2, self.rows)):
            for other_column in range(max(0, column - 1), min(column + 2, self.columns)):
                yield other_row * self.columns + other_column

    def apart(self, one: _Square, other: _Square) -> float:
        """Pixels between the middles of what stands in two squares."""
        across = _x(one.longitude, self.pixels) - _x(other.longitude, self.pixels)
        return math.hypot(across, _y(one.latitude, self.pixels) - _y(other.latitude, self.pixels))


def _x(longitude: float, pixels: float) -> float:
    return (longitude + 180) / 360 * pixels


def _y(latitude: float, pixels: float) -> float:
    kept = math.radians(max(-_END_OF_MAP, min(latitude, _END_OF_MAP)))
    return (0.5 - math.asinh(math.tan(kept)) / math.tau) * pixels


def _latitude(y: float, pixels: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / pixels))))


def _squares(cells: Cells, inside: Spots) -> dict[int, _Square]:
    """The squares in which something stands, by their numbers."""
    order = np.argsort(cells, kind="stable")  # by radix, as numbers of 16 bits are
    starts = np.flatnonzero(np.r_[True, np.diff(cells[order]) != 0])
    columns = inside.longitudes[order], inside.latitudes[order]
    sizes = np.diff(starts, append=cells.size)
    means = (np.add.reduceat(degrees, starts) / sizes for degrees in columns)
    ends = (end.reduceat(degrees, starts) for end in (np.minimum, np.maximum) for degrees in columns)
    facts = zip(*(column.tolist() for column in (*means, *ends)), strict=True)
    rows = np.split(order, starts[1:])
    numbers = cells[order[starts]].tolist()
    return {number: _Square(held, *of_it) for number, held, of_it in zip(numbers, rows, facts, strict=True)}


def _led(squares: dict[int, _Square], grid: _Grid) -> dict[int, list[_Square]]:
    """The squares of each pin by the number of the fullest, which takes in those whose pins would be in its way."""
    led: dict[int, list[_Square]] = {}
    taken: set[int] = set()
    for number in sorted(squares, key=lambda number: (-squares[number].rows.size, number)):
        if number not in taken:
            beside = [other for other in grid.around(number) if other in squares and other not in taken | {number}]
            near = [other for other in beside if grid.apart(squares[number], squares[other]) < _APART]
            led[number] = [squares[number], *(squares[other] for other in near)]
            taken |= {number, *near}
    return led


def _pin(led: list[_Square], inside: Spots, zoom: int) -> Pin:
    west, south = min(square.west for square in led), min(square.south for square in led)
    east, north = max(square.east for square in led), max(square.north for square in led)
    count = sum(square.rows.size for square in led)
    parted = zoom < LARGEST_ZOOM and max(east - west, north - south) > _SAME_SPOT
    told = [] if parted or count > MOST_TOLD else [inside.ids[square.rows] for square in led]
    return Pin(
        point=Point(led[0].latitude, wrapped(led[0].longitude)),
        count=count,
        box=Box(wrapped(west), south, wrapped(east), north),
        ids=tuple(sorted(id_ for ids in told for id_ in ids.tolist())),
    )
