"""What we take somebody's columns for before a person looks."""

import pytest

from finder.importing.formats.table_columns import Fact
from tests.samples.tables import a_table, guessed


@pytest.mark.parametrize(
    ("headings", "facts"),
    [
        (
            "Facility Name,Street Address,City,ST,Zip Code,Telephone,Web Site,E-mail",
            "name street city state zip phone website email",
        ),
        (
            "Nombre,Dirección,Ciudad,Estado,Código Postal,Teléfono,Sitio web,Correo electrónico",
            "name street city state zip phone website email",
        ),
        ("Program,Agency,address_1,address_2,TOWN", "name organization street suite city"),
        ("Name,Lat,Lng,Admissions,Hotline,License Number", "name latitude longitude intake hotline id"),
        ("Name,Notes,Fees,Hours of Operation,Ages Served,Last updated", "name description fees hours ages checked_on"),
    ],
)
def test_columns_are_known_by_their_names_in_english_and_spanish(headings: str, facts: str) -> None:
    columns = guessed(a_table(dict.fromkeys(headings.split(","), "x")))

    assert {heading: fact.value for fact, found in columns.facts.items() for heading in found} == dict(
        zip(headings.split(","), facts.split(), strict=True)
    )


def test_an_address_alone_is_all_of_it() -> None:
    columns = guessed(a_table({"Name": "x", "Address": "1 A Street, Chicago, IL 60601"}))

    assert columns.facts[Fact.ADDRESS] == ("Address",)


def test_several_columns_may_hold_phones_but_one_the_name() -> None:
    columns = guessed(a_table(dict.fromkeys(("Name", "Facility name", "Phone 1", "Phone 2"), "x")))

    assert columns.facts == {Fact.NAME: ("Name",), Fact.PHONE: ("Phone 1", "Phone 2")}


def test_a_place_without_a_name_of_its_own_is_called_as_its_organization() -> None:
    assert guessed(a_table({"Agency": "Harbor", "City": "x"})).facts[Fact.NAME] == ("Agency",)


def test_nothing_that_could_be_a_name_is_told() -> None:
    with pytest.raises(ValueError, match="no column is the name"):
        guessed(a_table({"City": "x", "Phone": "y"}))


@pytest.mark.parametrize(
    ("heading", "cell", "values"),
    [
        ("Level of care", "Residential", {"residential": ("level_of_care:inpatient",)}),
        ("Nivel de atención", "Desintoxicación", {"desintoxicacion": ("level_of_care:detox",)}),
        ("Services", "Moon walks", {}),
        (
            "Insurance accepted",
            "Medicaid|Self-pay",
            {"medicaid": ("payment:medicaid",), "self-pay": ("payment:self_pay",)},
        ),
        ("Anything", "payment:medicare", {"payment:medicare": ("payment:medicare",)}),
        ("Spanish", "Y", {"yes": ("language:spanish",)}),
    ],
)
def test_what_values_stand_for_is_guessed_where_their_words_are_known(
    heading: str, cell: str, values: dict[str, tuple[str, ...]]
) -> None:
    (column,) = guessed(a_table({"Name": "x", heading: cell})).tags

    assert {key.replace("ó", "o"): tags for key, tags in column.values.items()} == values


@pytest.mark.parametrize(("heading", "cell"), [("Favorite color", "Blue"), ("Open house", "Y"), ("Comments 2", "x")])
def test_columns_that_say_nothing_to_us_are_left_to_a_person(heading: str, cell: str) -> None:
    columns = guessed(a_table({"Name": "x", heading: cell}))

    assert columns.headings == {"Name"}
