"""Names of facilities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.importing.clean.name import clean_name, listing_name


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Harbor   Light\nRecovery ", "Harbor Light Recovery"),
        ("Harbor\u00a0Light", "Harbor Light"),
        ("Harbor Light,", "Harbor Light"),
        ("\u200bHarbor\x00Light\ufeff", "Harbor Light"),
        ("Lighthouse of Example County Inc", "Lighthouse of Example County Inc"),
        ("Substance Abuse Rehab Program/Resid", "Substance Abuse Rehab Program/Resid"),
    ],
)
def test_a_name_loses_stray_marks_and_nothing_else(written: str, read: str) -> None:
    assert clean_name(written) == read


@pytest.mark.parametrize(
    ("shouted", "said"),
    [
        ("CEDAR VALLEY RECOVERY CENTER OF ST. MARY'S LLC", "Cedar Valley Recovery Center of St. Mary's LLC"),
        ("MCEXAMPLE COUNTY HEALTH CENTER", "McExample County Health Center"),
        ("O'EXAMPLE HOUSE III", "O'Example House III"),
        ("VA MEDICAL CENTER", "VA Medical Center"),
        ("EXAMPLE CMHC OUTPATIENT CLINIC", "Example CMHC Outpatient Clinic"),
        ("THE HOUSE AT 5TH AND MAIN", "The House at 5th and Main"),
    ],
)
def test_a_shouted_name_is_said_calmly_and_keeps_its_acronyms(shouted: str, said: str) -> None:
    assert clean_name(shouted) == said


@pytest.mark.parametrize("acronym", ["XQARC", "BHG XXX LPC", "VCPHCS XII LLC", "US VETS", "(CASA)/DBA MAAS", "KC CARE"])
def test_a_name_that_is_an_acronym_stays_as_it_is(acronym: str) -> None:
    assert clean_name(acronym) == acronym


@pytest.mark.parametrize(
    ("name1", "name2", "listing"),
    [
        ("Harbor Light", "", "Harbor Light"),
        ("Harbor Light", "Women's Program", "Harbor Light – Women's Program"),  # noqa: RUF001 (an en dash, as shown)
        ("Harbor Light", "HARBOR LIGHT", "Harbor Light"),
        ("", "Women's Program", "Women's Program"),
    ],
)
def test_a_listing_is_called_by_its_facility_and_its_program(name1: str, name2: str, listing: str) -> None:
    assert listing_name(name1, name2) == listing


@given(st.text(max_size=60) | st.text("ABCENTR HOUSEMC'/-,. ", max_size=60))
def test_cleaning_a_clean_name_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
