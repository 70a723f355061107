"""Points on the earth."""

import math

import pytest

from finder.domain.geo import Point, Precision


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 180), (-90, -180), (0, 0), (41.88, -87.62)])
def test_every_place_on_the_earth_has_a_point(latitude: float, longitude: float) -> None:
    assert Point(latitude, longitude).latitude == latitude


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(90.01, 0), (-91, 0), (0, 180.5), (0, -181), (math.nan, 0), (0, math.inf)]
)
def test_a_point_that_is_not_on_the_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="no such point on the earth"):
        Point(latitude, longitude)


def test_precisions_stand_in_order_from_an_address_to_nothing() -> None:
    assert " ".join(Precision) == "address street zip city county state none"
