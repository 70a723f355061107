"""Where what matches is."""

import math

import pytest

from finder.search import Criteria
from finder.search.spots import Box, answered, extent, spots
from tests.unit.search.samples import CHICAGO, NOW, UNMAPPED, ids, listed, needing, north, snapshot_of

EVERYWHERE = Criteria(radius_miles=None)


def test_everything_that_matches_has_its_spot_and_not_only_a_page_of_it() -> None:
    listings = [listed(**north(number / 10)) for number in range(150)]
    found = spots(snapshot_of(listings), Criteria(near=CHICAGO), NOW)
    assert sorted(found.ids.tolist()) == ids(*listings)


def test_what_does_not_match_or_has_no_position_is_not_on_the_map() -> None:
    there, far, unmapped = listed("payment:medicaid"), listed("payment:medicaid", **north(30)), listed(**UNMAPPED)
    found = spots(snapshot_of([there, far, unmapped]), Criteria(near=CHICAGO, needs=needing("payment:medicaid")), NOW)
    assert found.ids.tolist() == ids(there)


def test_an_empty_directory_has_no_spots_and_no_extent() -> None:
    found = spots(snapshot_of([]), EVERYWHERE, NOW)
    assert (found.size, extent(found)) == (0, None)


def test_where_too_little_matches_the_map_shows_as_much_as_the_list() -> None:
    snapshot = snapshot_of([listed(**north(miles)) for miles in (1, 2, 30, 40)])
    asked = Criteria(near=CHICAGO, radius_miles=25)
    assert spots(snapshot, answered(snapshot, asked, NOW), NOW).size == 4
    assert answered(snapshot, Criteria(near=CHICAGO, radius_miles=50), NOW).radius_miles == 50


def positions(*points: tuple[float, float]) -> Box | None:
    listings = [listed(latitude=latitude, longitude=longitude) for latitude, longitude in points]
    return extent(spots(snapshot_of(listings), EVERYWHERE, NOW))


def test_the_extent_is_the_smallest_box_around_all() -> None:
    assert positions((41.0, -88.0), (42.0, -87.0), (41.5, -90.0)) == Box(-90.0, 41.0, -87.0, 42.0)


def test_an_extent_reaches_across_the_date_line_where_that_is_nearer() -> None:
    assert positions((51.9, 177.5), (55.0, -160.0), (71.3, -156.8)) == Box(177.5, 51.9, -156.8, 71.3)
    assert positions((13.4, 144.8), (21.3, -157.9)) == Box(144.8, 13.4, -157.9, 21.3)


@pytest.mark.parametrize(
    "corners",
    [
        (-181, 0, 0, 1),
        (0, 0, 181, 1),
        (0, 2, 1, 1),
        (0, -91, 1, 0),
        (0, 0, 1, 91),
        (math.nan, 0, 1, 1),
        (0, math.nan, 1, 1),
    ],
)
def test_a_box_off_the_earth_is_refused(corners: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="degrees"):
        Box(*corners)
