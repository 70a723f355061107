"""The same building in two tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.address_key import address_key, street_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("100 North Example Street", "100 N. EXAMPLE ST"),
        ("100 Example Boulevard Suite 5", "100 Example Blvd"),
        ("100 Example Avenue, 2nd Floor", "100 Example Ave"),
        ("100 Example Ave #4", "100 Example Avenue"),
        ("211 SW First Street", "211 SW 1st Street"),
        ("22454 U.S. 72", "22454 Highway 72"),
        ("22454 US Highway 72", "22454 Highway 72"),
        ("11370 State Route 67", "11370 Route 67"),
        ("12 Saint Mary's Place", "12 St Marys Pl"),
        ("12 Peña Road", "12 Pena Rd"),
    ],
)
def test_two_spellings_of_an_address_are_the_same_place(one: str, other: str) -> None:
    assert street_key(one) == street_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("100 North Example Street", "100 South Example Street"),
        ("100 Example Street", "102 Example Street"),
        ("100 Example Street", "100 Example Avenue"),
        ("100 Example Highway 7", "100 Example Highway 9"),
        ("Building 4 Goss Road", "Building 5 Goss Road"),
    ],
)
def test_different_addresses_are_different_places(one: str, other: str) -> None:
    assert street_key(one) != street_key(other)


def test_a_city_is_the_same_however_it_is_spaced_and_a_zip_without_its_four_more_digits() -> None:
    assert address_key("1 A St", "Mc Lean", "VA", "22101-1234") == address_key("1 A Street", "McLean", "VA", "22101")


@given(st.text(max_size=60) | st.text("12 NORTHSTECUI#,.-", max_size=60))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert street_key(street_key(text)) == street_key(text)
