import math

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.geo import Point
from finder.search.geodesic import (
    LEAST_METERS_PER_RADIAN,
    MOST_METERS_PER_RADIAN,
    chords,
    least_and_most,
    meters,
    position,
    within,
)

TRICKY = [(90, 0), (90, 120), (-90, 5), (0, 0), (0, 180), (0, -180), (0, 179.5), (0, 179.4), (1e-9, 0), (45, 180)]
TRICKY += [(89.9999, -180), (89.9999, 180), (51.9, 179.99), (51.9, -179.99), (-0.3, 179.7), (41.8858, -87.6229)]

points = st.sampled_from(TRICKY) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def one_distance(near: tuple[float, float], other: tuple[float, float]) -> float:
    return float(meters(Point(*near), np.array([float(other[0])]), np.array([float(other[1])]))[0])


@given(points, points)
def test_distances_are_those_of_geopy_to_a_millimeter(near: tuple[float, float], other: tuple[float, float]) -> None:
    assert one_distance(near, other) == pytest.approx(geodesic(near, other).meters, abs=0.001)


@given(points, points)
def test_a_length_over_its_angle_on_a_sphere_lies_between_the_radii_of_curvature(
    near: tuple[float, float], other: tuple[float, float]
) -> None:
    (lat1, lon1), (lat2, lon2) = [tuple(map(math.radians, point)) for point in (near, other)]
    angle = 2 * math.asin(
        min(
            1,
            math.hypot(
                math.sin((lat2 - lat1) / 2), math.sqrt(math.cos(lat1) * math.cos(lat2)) * math.sin((lon2 - lon1) / 2)
            ),
        )
    )
    length = geodesic(near, other).meters
    assert angle * LEAST_METERS_PER_RADIAN - 0.5 <= length <= angle * MOST_METERS_PER_RADIAN + 0.5


@given(points, points)
def test_a_chord_tells_between_which_distances_a_point_lies(
    near: tuple[float, float], other: tuple[float, float]
) -> None:
    chord, length = math.dist(position(Point(*near)), position(Point(*other))), geodesic(near, other).meters
    least, most = least_and_most(np.array([chord]), 1e-9)
    assert least[0] <= length <= most[0]
    surely, possibly = chords(length)
    assert surely - 1e-9 <= chord <= possibly + 1e-9


@given(points, points, st.integers(-2, 2))
def test_the_edge_of_a_circle_is_where_geopy_says(
    near: tuple[float, float], other: tuple[float, float], ulps: int
) -> None:
    distance = geodesic(near, other).miles
    radius = distance + ulps * math.ulp(distance)
    is_within = within(Point(*near), radius, np.array([float(other[0])]), np.array([float(other[1])]))
    assert bool(is_within[0]) == (distance <= radius)


def test_islands_on_both_sides_of_the_date_line_are_neighbors() -> None:
    assert one_distance((51.9, 179.99), (51.9, -179.99)) < 1_400
