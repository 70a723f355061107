"""Distances from the middles of counties to what is nearest."""

import numpy as np
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.listings.coverage import nearest_miles

# The country with its far ends: Guam beyond the date line, Alaska's north, Samoa in the south.
_POINTS = st.tuples(
    st.floats(-14.6, 71.5), st.one_of(st.floats(-179.9, -64.5), st.floats(144.5, 179.9), st.floats(-90, -85))
)


@settings(max_examples=60)
@given(st.lists(_POINTS, min_size=1, max_size=80), st.lists(_POINTS, min_size=1, max_size=40))
def test_the_nearest_is_as_near_as_geopy_says_of_all(
    middles: list[tuple[float, float]], listings: list[tuple[float, float]]
) -> None:
    found = nearest_miles(np.array(middles).T, np.array(listings).T)

    expected = [min(geodesic(middle, listing).miles for listing in listings) for middle in middles]
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=0.01)
    near = np.array(expected) < 500
    np.testing.assert_allclose(found[near], np.array(expected)[near], rtol=1e-5, atol=0.001)


def test_where_nothing_is_listed_nothing_is_near() -> None:
    assert nearest_miles(np.array([[41.9], [-87.6]]), np.empty((2, 0))).tolist() == [np.inf]
