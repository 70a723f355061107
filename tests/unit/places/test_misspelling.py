import pytest

from finder.places.misspelling import Name, Speller, typing_errors


@pytest.mark.parametrize(
    ("typed", "meant", "errors"),
    [
        ("chicago", "chicago", 0),
        ("chicgo", "chicago", 1),
        ("chiccago", "chicago", 1),
        ("chivago", "chicago", 1),
        ("hcicago", "chicago", 1),
        ("chic", "chicago", 3),
    ],
)
def test_each_missing_extra_wrong_or_swapped_letter_is_one_error(typed: str, meant: str, errors: int) -> None:
    assert typing_errors(typed, meant) == errors
    assert typing_errors(meant, typed) == errors


@pytest.fixture
def speller() -> Speller:
    return Speller(
        [
            Name("chicago", "Chicago, IL", "IL", 58),
            Name("chico", "Chico, CA", "CA", 3),
            Name("chico", "Chico, TX", "TX", 1),
            Name("omaha", "Omaha, NE", "NE", 31),
        ]
    )


def test_the_larger_of_equally_close_names_comes_first(speller: Speller) -> None:
    assert [name.label for name in speller.close_to("chicgo")] == ["Chicago, IL", "Chico, CA", "Chico, TX"]


def test_names_of_other_states_are_left_out_when_the_state_is_known(speller: Speller) -> None:
    assert [name.label for name in speller.close_to("chicgo", "TX")] == ["Chico, TX"]


@pytest.mark.parametrize("key", ["", "om", "zzzzz", "chicago" * 10])
def test_nothing_is_close_to_what_is_too_short_too_long_or_too_different(speller: Speller, key: str) -> None:
    assert speller.close_to(key) == []
