import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.places.beginnings import Beginnings
from finder.places.misspelling import typing_errors

NAMES = ["omaha", "chicago", "chico", "chicagoheights", "chicago", "chelsea"]
SIZES = [31, 58, 3, 2, 1, 5]


@pytest.fixture(scope="module")
def beginnings() -> Beginnings:
    return Beginnings(NAMES, SIZES)


def test_the_larger_of_the_names_that_begin_so_come_first(beginnings: Beginnings) -> None:
    assert [NAMES[at] for at in beginnings.of("chi", 8)] == ["chicago", "chico", "chicagoheights", "chicago"]


def test_no_more_are_told_than_were_asked_for(beginnings: Beginnings) -> None:
    assert beginnings.of("ch", 2) == [1, 5]


def test_a_whole_name_can_be_asked_for_alone(beginnings: Beginnings) -> None:
    assert beginnings.exactly("chicago", 8) == [1, 4]
    assert beginnings.exactly("chi", 8) == []


@pytest.mark.parametrize("typed", ["chicgo", "chiccago", "chivago", "chiacgo", "chicagohights", "chicagoehi"])
def test_one_slip_while_typing_is_forgiven(beginnings: Beginnings, typed: str) -> None:
    assert "chicago" in NAMES[beginnings.almost(typed, 8)[0]]


def test_two_slips_and_very_short_beginnings_are_not_guessed_at(beginnings: Beginnings) -> None:
    assert beginnings.almost("chcgao", 8) == []
    assert beginnings.almost("cha", 8) == []


def test_what_is_longer_than_any_name_begins_none(beginnings: Beginnings) -> None:
    assert beginnings.almost("chicago" * 10, 8) == beginnings.of("chicago" * 10, 8) == []


LETTERS = st.text("abc", min_size=5, max_size=7)


@given(LETTERS, LETTERS)
def test_a_slip_is_one_by_the_same_measure_as_in_a_finished_name(name: str, typed: str) -> None:
    name, typed = f"x{name}", f"x{typed}"  # the first letter is taken to be right
    lengths = range(len(typed) - 1, min(len(typed) + 1, len(name)) + 1)
    close = any(typing_errors(typed, name[:length]) <= 1 for length in lengths)
    assert bool(Beginnings([name], [1]).almost(typed, 1)) == close
