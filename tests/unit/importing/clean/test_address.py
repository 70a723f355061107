"""Parts of an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.importing.clean.address import clean_city, clean_state, clean_street, clean_zip, split_suite


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("750  Example Highway South ", "750 Example Highway South"),
        ("12 MAIN STREET", "12 Main Street"),
        ("12 main street", "12 Main Street"),
        ("123 N 5TH ST STE 200", "123 N 5th St Ste 200"),
        ("p.o. box 12", "P.O. Box 12"),
        ("56 OMRS/SGXW", "56 OMRS/SGXW"),
        ("14109 FM 969", "14109 FM 969"),
        ("100 NE 102nd Avenue", "100 NE 102nd Avenue"),
    ],
)
def test_a_street_is_written_in_ordinary_letters(written: str, read: str) -> None:
    assert clean_street(written) == read


@pytest.mark.parametrize(
    ("street", "more", "split"),
    [
        ("2201 Example Turnpike, Building K", "", ("2201 Example Turnpike", "Building K")),
        ("4777 East Outer Drive Unit 2W", "2nd Floor", ("4777 East Outer Drive", "Unit 2W, 2nd Floor")),
        ("777 Seaview Avenue, 2nd Floor", "", ("777 Seaview Avenue", "2nd Floor")),
        ("12 Main Street #4", "", ("12 Main Street", "#4")),
        ("12 Main Street", "Suite 5", ("12 Main Street", "Suite 5")),
        ("Example Service Unit", "", ("Example Service Unit", "")),
        ("Building 326 2nd Floor H Street", "", ("Building 326 2nd Floor H Street", "")),
        ("", "12 Main Street", ("12 Main Street", "")),
    ],
)
def test_a_suite_goes_to_the_second_line(street: str, more: str, split: tuple[str, str]) -> None:
    assert split_suite(street, more) == split


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CHICAGO", "Chicago"),
        ("ST. LOUIS", "St. Louis"),
        ("omaha", "Omaha"),
        ("JBPHH", "JBPHH"),
        ("Mc Lean", "Mc Lean"),
    ],
)
def test_a_city_is_written_in_ordinary_letters(written: str, read: str) -> None:
    assert clean_city(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("IL", "IL"), ("il.", "IL"), ("Illinois", "IL"), ("Puerto Rico", "PR"), ("Ontario", ""), ("ZZ", ""), ("", "")],
)
def test_a_state_is_known_by_its_code_or_name(written: str, read: str) -> None:
    assert clean_state(written) == read


@pytest.mark.parametrize(
    ("written", "plus_four", "read"),
    [
        ("60601", "", "60601"),
        ("60601-1234", "", "60601-1234"),
        ("60601 - 1234", "", "60601-1234"),
        ("606011234", "", "60601-1234"),
        ("60601", "56", "60601-0056"),
        ("60601", "0", "60601"),
        ("2139", "", "02139"),
        ("601", "", "00601"),
        ("21391234", "", "02139-1234"),
        ("60601.0", "", "60601"),
        ("0", "", ""),
        ("00000", "", ""),
        ("K1A 0B1", "", ""),
        ("unknown", "", ""),
        ("", "1234", ""),
    ],
)
def test_a_zip_gets_back_the_zeros_that_a_spreadsheet_took(written: str, plus_four: str, read: str) -> None:
    assert clean_zip(written, plus_four) == read


@given(
    st.text(max_size=40) | st.text("0123456789 -.", max_size=14),
    st.text(max_size=6) | st.text("0123456789", max_size=5),
)
def test_a_zip_is_clean_or_empty_and_stays_so(text: str, plus_four: str) -> None:
    zip_code = clean_zip(text, plus_four)

    assert len(zip_code) in {0, 5, 10}
    assert clean_zip(zip_code) == zip_code


@given(st.text(max_size=60) | st.text("12 MAINSTREH#,.-", max_size=60))
def test_cleaning_a_clean_street_or_city_changes_nothing(text: str) -> None:
    assert clean_street(clean_street(text)) == clean_street(text)
    assert clean_city(clean_city(text)) == clean_city(text)
