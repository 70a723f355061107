"""Questions that can be put to the directory, and those that can't."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from finder.domain.geo import Precision
from finder.domain.vocabulary import Facet
from finder.search import Criteria, MeetingTime
from tests.unit.search.samples import CHICAGO, needing, tag


@pytest.mark.parametrize(
    "nonsense",
    [
        {"radius_miles": 0},
        {"radius_miles": -1},
        {"radius_miles": float("nan")},
        {"radius_miles": float("inf")},
        {"page": 0},
        {"page_size": 0},
        {"page_size": 101},
        {"state": "Illinois"},
        {"state": "il"},
        {"county": "Cook County"},
        {"needs": {Facet("hair_color"): frozenset()}},
        {"needs": needing("payment:seashells")},
        {"excluded": frozenset({tag("payment:seashells")})},
    ],
)
def test_a_question_that_makes_no_sense_cannot_be_put(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (each message names its own value; that it is refused is what counts)
        Criteria(**nonsense)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"weekdays": frozenset({7})},
        {"weekdays": frozenset({-1, 3})},
        {"earliest": dt.time(18, tzinfo=dt.UTC)},
        {"latest": dt.time(18, tzinfo=dt.UTC)},
    ],
)
def test_no_meeting_is_at_a_time_that_makes_no_sense(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"weekdays are|in no time zone"):
        MeetingTime(**nonsense)


def test_near_a_state_means_the_whole_state() -> None:
    illinois = replace(CHICAGO, precision=Precision.STATE, county="", city="")
    assert Criteria.around(illinois, 10, text="hope") == Criteria(state="IL", radius_miles=None, text="hope")


def test_near_a_county_means_the_whole_county() -> None:
    cook = replace(CHICAGO, precision=Precision.COUNTY, city="")
    assert Criteria.around(cook, 10) == Criteria(state="IL", county="Cook County", radius_miles=None)


def test_near_a_zip_means_the_circle_around_it() -> None:
    assert Criteria.around(CHICAGO, 10) == Criteria(near=CHICAGO, radius_miles=10)


def test_an_area_is_no_point_to_search_around() -> None:
    with pytest.raises(ValueError, match="is an area"):
        Criteria(near=replace(CHICAGO, precision=Precision.STATE))
