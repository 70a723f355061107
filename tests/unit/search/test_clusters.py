"""Pins: one for each place that stands alone, one for places that stand together."""

import math
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.search.clusters import LARGEST_ZOOM, MOST_TOLD, Pin, pins
from finder.search.spots import Box, Spots

WORLD = Box(-180, -90, 180, 90)
CHICAGO = (41.8858, -87.6229)
COUNTRY = Box(-130, 20, -60, 55)


def at(*points: tuple[float, float]) -> Spots:
    latitudes, longitudes = zip(*points, strict=True) if points else ((), ())
    return Spots(np.arange(1, len(points) + 1), np.array(latitudes, dtype=float), np.array(longitudes, dtype=float))


def counts(found: Iterable[Pin]) -> list[int]:
    return [pin.count for pin in found]


def test_a_place_alone_has_a_pin_of_its_own_that_knows_which_it_is() -> None:
    (pin,) = pins(at(CHICAGO), COUNTRY, 4)
    assert (pin.count, pin.ids, pin.point.latitude, pin.point.longitude) == (1, (1,), *CHICAGO)


def test_places_that_a_screen_cannot_tell_apart_are_one_pin_until_somebody_comes_closer() -> None:
    found = at(CHICAGO, (41.95, -87.65), (36.16, -86.78))
    assert counts(pins(found, COUNTRY, 4)) == [2, 1]
    assert counts(pins(found, COUNTRY, 4)[:1]) == [2]
    assert counts(pins(found, Box(-88, 41.5, -87, 42.2), 12)) == [1, 1]


def test_a_pin_of_several_says_what_part_of_the_map_they_fill() -> None:
    (pin,) = pins(at(CHICAGO, (41.95, -87.65)), COUNTRY, 4)
    assert pin.box == Box(-87.65, 41.8858, -87.6229, 41.95)
    assert pin.ids == ()


def test_several_at_one_spot_are_told_one_by_one_as_no_zoom_would_part_them() -> None:
    (pin,) = pins(at(*[CHICAGO] * MOST_TOLD), COUNTRY, 4)
    assert pin.ids == tuple(range(1, MOST_TOLD + 1))


def test_very_many_at_one_spot_are_only_counted() -> None:
    (pin,) = pins(at(*[CHICAGO] * (MOST_TOLD + 1)), COUNTRY, 4)
    assert (pin.count, pin.ids) == (MOST_TOLD + 1, ())


def test_at_the_largest_zoom_neighbors_are_told_one_by_one() -> None:
    next_door = (CHICAGO[0] + 0.0003, CHICAGO[1])
    (pin,) = pins(at(CHICAGO, next_door), Box(-87.63, 41.88, -87.61, 41.89), LARGEST_ZOOM)
    assert pin.ids == (1, 2)


def test_only_what_is_in_the_box_has_pins() -> None:
    found = at(CHICAGO, (36.16, -86.78), (61.2, -149.9))
    assert [pin.ids for pin in pins(found, Box(-88, 41, -87, 42), 9)] == [(1,)]
    assert pins(found, Box(0, 0, 10, 10), 4) == []


def test_a_box_across_the_date_line_holds_both_sides_of_it() -> None:
    adak, attu, fairbanks = (51.88, -176.65), (52.9, 173.2), (64.8, -147.7)
    found = pins(at(adak, attu, fairbanks), Box(170, 50, -140, 70), 4)
    assert sorted(pin.ids for pin in found) == [(1,), (2,), (3,)]
    assert pins(at(adak, attu), Box(170, 50, -178, 70), 4)[0].ids == (2,)


def test_pins_that_meet_at_the_date_line_are_one_whose_box_reaches_across_it() -> None:
    (pin,) = pins(at((52.0, 179.99), (52.0, -179.99), (52.0, 180.0)), Box(170, 50, -170, 55), 6)
    assert pin.count == 3
    assert (pin.box.west, pin.box.east) == (179.99, -179.99)


def test_pins_stand_in_the_order_in_which_a_map_is_read() -> None:
    north_west, north_east, south = (47.6, -122.3), (47.5, -100.0), (30.0, -110.0)
    assert [pin.ids for pin in pins(at(south, north_east, north_west), COUNTRY, 4)] == [(3,), (2,), (1,)]


def test_the_poles_and_the_ends_of_the_earth_are_on_the_map() -> None:
    assert sum(counts(pins(at((90.0, 0.0), (-90.0, 180.0), (0.0, -180.0)), WORLD, 0))) == 3


@pytest.mark.parametrize("zoom", [-1, LARGEST_ZOOM + 1])
def test_a_zoom_that_the_map_does_not_have_is_refused(zoom: int) -> None:
    with pytest.raises(ValueError, match="zoom"):
        pins(at(CHICAGO), COUNTRY, zoom)


def test_more_than_any_screen_shows_is_refused_before_it_is_worked_out() -> None:
    with pytest.raises(ValueError, match="smaller zoom"):
        pins(at(CHICAGO), WORLD, 10)


def degrees(least: int, most: int) -> st.SearchStrategy[float]:
    """As exact as any coordinate is, to a tenth of a meter."""
    return st.floats(least, most).map(lambda number: round(number, 6))


POINTS = st.lists(st.tuples(degrees(-85, 85), degrees(-180, 180)), max_size=40)
CLOSE = st.lists(st.tuples(degrees(41, 42), degrees(-88, -87)), max_size=40)


@given(st.one_of(POINTS, CLOSE), st.integers(0, 4), degrees(-180, 180), degrees(-180, 180))
def test_every_place_in_the_box_is_counted_once_and_no_two_pins_touch(
    points: list[tuple[float, float]], zoom: int, west: float, east: float
) -> None:
    box = Box(west, -80, east, 80)
    found = pins(at(*points), box, zoom)
    inside = [point for point in points if abs(point[0]) <= 80 and _is_between(point[1], west, east)]
    assert sum(counts(found)) == len(inside)
    middles = [_pixels(pin, west, zoom) for pin in found]
    gaps = [math.dist(one, other) for number, one in enumerate(middles) for other in middles[:number]]
    assert min(gaps, default=44) >= 44 - 1e-6


def _is_between(longitude: float, west: float, east: float) -> bool:
    return west <= longitude <= east if west <= east else longitude >= west or longitude <= east


def _pixels(pin: Pin, west: float, zoom: int) -> tuple[float, float]:
    earth = 256 * 2**zoom
    longitude = pin.point.longitude if pin.point.longitude >= west else pin.point.longitude + 360
    latitude = math.radians(pin.point.latitude)
    return longitude / 360 * earth, math.log(math.tan(math.pi / 4 + latitude / 2)) / math.tau * earth
