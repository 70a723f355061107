import pytest

from finder.search import Criteria
from finder.search.text import words
from tests.unit.search.samples import UNMAPPED, found, ids, listed


def names_found(text: str, *names: str) -> list[str]:
    listings = [listed(name=name) for name in names]
    wanted = found(listings, Criteria(text=text)).ids
    return [row.name for row, _ in listings if row.id in wanted]


def test_a_word_finds_what_begins_with_it() -> None:
    assert names_found("have", "New Haven House", "Haymarket") == ["New Haven House"]


def test_a_word_does_not_find_what_only_contains_it() -> None:
    assert names_found("haven", "Safehaven") == []


def test_every_word_must_be_there_in_any_order() -> None:
    assert names_found("house new", "New House", "New Life", "Old House") == ["New House"]


@pytest.mark.parametrize("typed", ["clinica", "CLÍNICA", "Clínica", "cli\u0301nica"])
def test_accents_and_capitals_make_no_difference(typed: str) -> None:
    assert names_found(typed, "Clínica Nueva") == ["Clínica Nueva"]


@pytest.mark.parametrize("typed", ["mary's", "mary\u2019s", "marys", "st. mary", "ST MARY"])
def test_apostrophes_and_full_stops_need_not_be_typed(typed: str) -> None:
    assert names_found(typed, "St. Mary's Hospital") == ["St. Mary's Hospital"]


def test_what_is_neither_letter_nor_digit_parts_words() -> None:
    assert words("Twelve-step/AA_group, 24/7") == {"twelve", "step", "aa", "group", "24", "7"}


@pytest.mark.parametrize("typed", ["", "   ", "!?", "\x00"])
def test_text_without_a_word_asks_for_nothing(typed: str) -> None:
    assert names_found(typed, "Haymarket") == ["Haymarket"]


@pytest.mark.parametrize("where", ["name", "organization", "city", "description"])
def test_words_are_found_in_the_name_the_organization_the_city_and_the_description(where: str) -> None:
    listing = listed(**{where: "Riverside"})
    assert found([listing, listed()], Criteria(text="riverside")).ids == ids(listing)


def test_words_of_one_search_may_stand_in_different_places() -> None:
    listing = listed(name="Hope House", city="Peoria")
    assert found([listing, listed(name="Hope House")], Criteria(text="hope peoria")).ids == ids(listing)


def test_a_listing_without_a_position_is_found_by_its_city_and_its_zip() -> None:
    listing = listed(city="Cairo", postal_code="62914", **UNMAPPED)
    for text in ("cairo", "62914"):
        assert found([listing, listed()], Criteria(text=text)).ids == ids(listing)


def test_a_very_long_text_is_answered() -> None:
    assert names_found("a " * 5_000 + "haymarket", "Haymarket A") == ["Haymarket A"]
