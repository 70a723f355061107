"""Which passwords are refused, and how they are kept."""

import hashlib
from pathlib import Path

import pytest

from finder.accounts.passwords import Refused, Weakness, hashed, is_outdated, is_right, weakness

GOOD = ["walnut harbor lantern", "correct horse battery", "пароль из трёх слов", "🌲🌲 a tree and 🌊🌊", "x7#kPq!9zR2m"]


@pytest.mark.parametrize("password", GOOD)
def test_a_password_of_several_words_or_random_signs_is_taken(password: str) -> None:
    assert weakness(password, email="ada@county.example") is None


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("", Weakness.SHORT),
        ("elevensigns", Weakness.SHORT),
        ("x" * 129, Weakness.LONG),
        ("password1234", Weakness.COMMON),
        ("1234567890password", Weakness.COMMON),
        ("!!!Football!!!", Weakness.COMMON),
        ("monkeymonkey", Weakness.COMMON),
        ("monkeymonkeymon", Weakness.COMMON),
        ("123456123456", Weakness.COMMON),
        ("aaaaaaaaaaaaa", Weakness.COMMON),
        ("ada.county loves tea", Weakness.OWN),
    ],
)
def test_a_password_that_a_guesser_tries_first_is_refused(password: str, found: Weakness) -> None:
    assert weakness(password, email="ada.county@example.org") is found


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("example county rocks", Weakness.ORGANIZATION),
        ("we love ExampleCounty", Weakness.ORGANIZATION),
        ("Example-County_2026", Weakness.ORGANIZATION),
        ("I work at the ECHD!", Weakness.ORGANIZATION),
        ("an example of a county", None),
        ("walnut harbor lantern", None),
    ],
)
def test_names_of_the_organization_are_refused_however_they_are_written(password: str, found: Weakness | None) -> None:
    assert weakness(password, refused=Refused(("Example County", "echd"))) is found


def test_a_password_that_was_stolen_elsewhere_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "stolen.txt"
    file.write_text("5D91C38E5A9B8C30EBDF3CF2A5C2CF8D5A3D0B9F:1\nF23B6B4AA8C4A8F7E2A1D2E8A3A44F4F2D3A9D1C:7\n")
    stolen = "correct horse battery"
    assert weakness(stolen, refused=Refused(breached=file)) is None

    file.write_text(hashlib.sha1(stolen.encode(), usedforsecurity=False).hexdigest().upper() + ":218\n")
    assert weakness(stolen, refused=Refused(breached=file)) is Weakness.BREACHED


def test_a_password_is_known_by_its_hash_alone() -> None:
    kept = hashed("walnut harbor lantern")

    assert kept.startswith("$argon2id$")
    assert "walnut" not in kept
    assert is_right(kept, "walnut harbor lantern")
    assert not is_right(kept, "walnut harbor lanterns")
    assert not is_outdated(kept)


def test_the_same_password_is_never_kept_the_same() -> None:
    assert hashed("walnut harbor lantern") != hashed("walnut harbor lantern")


def test_a_letter_typed_as_two_signs_is_the_same_letter() -> None:
    assert is_right(hashed("café au lait noir"), "cafe\N{COMBINING ACUTE ACCENT} au lait noir")


def test_where_there_is_no_password_none_is_right() -> None:
    assert not is_right("", "")
    assert not is_right("", "the password of nobody at all")


def test_a_hash_of_weaker_settings_is_outdated() -> None:
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$NpQYyBCxxLrBQFjjnGb3vMfmaAHvl2Xqj4rqGSUXQ7k")
