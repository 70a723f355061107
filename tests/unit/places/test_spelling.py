import pytest

from finder.places.spelling import display, key_of, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Louis", "Saint Louis"),
        ("Ste. Genevieve", "Sainte Genevieve"),
        ("Mc Lean", "McLean"),
        ("De Kalb", "DeKalb"),
        ("O'Fallon", "O Fallon"),
        ("Hawai\u02bbi", "Hawaii"),
        ("N. Little Rock", "North Little Rock"),
        ("Glenwood Spgs", "Glenwood Springs"),
        ("Hillsborough", "Hillsboro"),
        ("Peñuelas", "PENUELAS"),
        ("Pen\u0303uelas", "Peñuelas"),
        ("Lake & Pine", "Lake and Pine"),
    ],
)
def test_two_spellings_of_a_name_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_a_street_direction_counts_at_the_start_of_a_name_alone() -> None:
    assert key_of("N") == "n"
    assert key_of("Camp N Around") == "campnaround"


def test_initials_are_one_word_with_or_without_stops() -> None:
    assert words("Washington, D.C.") == ("washington", "dc")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("Mc Lean", "McLean"),
        ("Mcallen", "McAllen"),
        ("O Fallon", "O'Fallon"),
        ("Coeur D Alene", "Coeur d'Alene"),
        ("L Anse", "L'Anse"),
        ("Winston-salem", "Winston-Salem"),
        ("King Of Prussia", "King of Prussia"),
        ("Luke Afb", "Luke AFB"),
        ("The Dalles", "The Dalles"),
        ("Chicago", "Chicago"),
    ],
)
def test_a_name_is_shown_the_way_people_write_it(stored: str, shown: str) -> None:
    assert display(stored) == shown
