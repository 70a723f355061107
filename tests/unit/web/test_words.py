"""Numbers and lists in people's words."""

import datetime as dt

import pytest

from finder.web.filters import clock, miles
from finder.web.pagination import page_numbers


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (0.0, "less than 0.1 miles"),
        (0.31, "0.3 miles"),
        (1.0, "1 mile"),
        (2.04, "2 miles"),
        (9.96, "10 miles"),
        (24.6, "25 miles"),
    ],
)
def test_distances_are_told_as_people_say_them(distance: float, words: str) -> None:
    assert miles(distance) == words


@pytest.mark.parametrize(
    ("time", "words"), [(dt.time(19), "7 PM"), (dt.time(0, 30), "12:30 AM"), (dt.time(12), "12 PM")]
)
def test_times_are_told_by_the_clock(time: dt.time, words: str) -> None:
    assert clock(time) == words


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 2, [1, 2]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
        (20, 9, [1, None, 9]),
    ],
)
def test_page_numbers_show_the_ends_and_the_neighbors(page: int, pages: int, numbers: list[int | None]) -> None:
    assert page_numbers(page, pages) == numbers
