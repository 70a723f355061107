"""What the search form makes of an address."""

import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict

from finder.search import MeetingTime, Sort
from finder.web.public.forms import SearchForm

# A Tuesday, 3:30 in the morning by UTC: still Monday in Chicago.
NIGHT = dt.datetime(2026, 11, 3, 3, 30, tzinfo=dt.UTC)


def asked(query: str) -> SearchForm:
    """The form for what stands behind the "?" of an address, which is valid."""
    form = SearchForm(MultiDict(pair.split("=") for pair in query.split("&")))
    assert form.validate(), form.errors
    return form


def test_today_is_the_day_at_the_place_that_is_searched() -> None:
    criteria = asked("near=60601&day=today&day=sunday&time=evening").criteria(NIGHT)
    assert criteria.meeting == MeetingTime(weekdays=frozenset({0, 6}), earliest=dt.time(17), latest=dt.time(21, 59))


def test_a_time_without_a_day_means_any_day() -> None:
    criteria = asked("near=60601&time=night").criteria(NIGHT)
    assert criteria.meeting == MeetingTime(earliest=dt.time(22), latest=dt.time(4, 59))


def test_who_asks_for_no_time_asks_for_no_meeting() -> None:
    criteria = asked("near=60601&time=").criteria(NIGHT)
    assert criteria.meeting is None
    assert not criteria.open_now
    assert not criteria.available


def test_the_whole_state_is_searched_with_distances_from_the_place() -> None:
    criteria = asked("near=60601&radius=state").criteria(NIGHT)
    assert (criteria.state, criteria.radius_miles) == ("IL", None)
    assert criteria.near


def test_a_county_may_be_left_for_its_state() -> None:
    criteria = asked("near=Cook County, IL&radius=state").criteria(NIGHT)
    assert (criteria.state, criteria.county, criteria.near) == ("IL", "", None)


def test_any_distance_limits_nothing() -> None:
    criteria = asked("near=60601&radius=any").criteria(NIGHT)
    assert (criteria.state, criteria.radius_miles) == ("", None)


def test_all_else_reaches_the_search() -> None:
    criteria = asked("near=60601&not=gender:male&open_now=yes&available=yes&sort=next_meeting&q=hope").criteria(NIGHT)
    assert {str(tag) for tag in criteria.excluded} == {"gender:male"}
    assert (criteria.open_now, criteria.available, criteria.text) == (True, True, "hope")
    assert criteria.sort is Sort.NEXT_MEETING


EVERYTHING = (
    "near=60601&radius=state&q=hope&sort=name&payment=medicaid&payment=medicare&not=gender%3Amale"
    "&day=today&time=evening&open_now=yes&available=yes"
)


def test_an_address_says_the_whole_search_again() -> None:
    assert asked(EVERYTHING.replace("%3A", ":")).query() == EVERYTHING


@pytest.mark.parametrize(
    ("change", "query"),
    [
        ({"payment": ["medicare"]}, "near=60601&radius=25&payment=medicare"),
        ({"payment": []}, "near=60601&radius=25"),
        ({"page": 2}, "near=60601&radius=25&payment=medicaid&page=2"),
        ({"near": "Springfield, IL"}, "near=Springfield%2C+IL&radius=25&payment=medicaid"),
        ({"q": "a&b=c"}, "near=60601&radius=25&payment=medicaid&q=a%26b%3Dc"),
    ],
)
def test_a_change_leaves_the_rest_of_an_address_alone(change: dict[str, object], query: str) -> None:
    assert asked("near=60601&payment=medicaid").query(**change) == query
