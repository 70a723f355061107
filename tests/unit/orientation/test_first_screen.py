from collections.abc import Iterator

import pytest

from finder.orientation.content import UnknownLanguageError
from finder.orientation.first_screen import FirstScreen, load_first_screen
from finder.orientation.reading import PLAIN_GRADE, reading_grade


@pytest.fixture
def screen() -> FirstScreen:
    return load_first_screen()


every_language = pytest.mark.parametrize("language", ["en", "es"])


def texts(screen: FirstScreen) -> Iterator[str]:
    yield from (screen.danger.heading, screen.danger.lead, *screen.danger.signs)
    yield from (screen.warning.heading, screen.warning.text)
    yield from (screen.kinds_of_help.heading, screen.kinds_of_help.note)
    for kind in screen.kinds_of_help.kinds:
        yield from (kind.name, kind.summary)


def test_the_first_screen_names_every_sign_of_danger(screen: FirstScreen) -> None:
    said = " ".join(screen.danger.signs)
    assert "911" in screen.danger.heading
    assert all(sign in said for sign in ("wake up", "breathing", "seizure", "chest pain", "hot", "confused"))


def test_the_first_screen_warns_against_stopping_suddenly(screen: FirstScreen) -> None:
    for words in (screen.warning.text, screen.short):
        assert all(name in words for name in ("Klonopin", "Xanax", "Valium", "Ativan", "alcohol", "seizures", "kill"))


@every_language
def test_the_kinds_of_help_come_in_the_order_in_which_people_meet_them(language: str) -> None:
    codes = [kind.code for kind in load_first_screen(language).kinds_of_help.kinds]
    assert codes == ["detox", "inpatient", "outpatient", "support_group"]


@every_language
def test_the_first_screen_is_short_enough_to_read_in_a_minute(language: str) -> None:
    assert sum(len(text.split()) for text in texts(load_first_screen(language))) <= 150


@every_language
def test_the_short_form_is_one_or_two_sentences_with_the_number_to_call(language: str) -> None:
    screen = load_first_screen(language)
    assert "911" in screen.danger.heading
    assert "911" in screen.short
    assert len(screen.short.split()) <= 40


@every_language
def test_the_first_screen_can_be_read_after_eight_years_of_school(language: str) -> None:
    screen = load_first_screen(language)
    for text in ("\n".join(texts(screen)), screen.warning.text, screen.short):
        assert reading_grade(text, language) <= PLAIN_GRADE


def test_a_language_that_nobody_has_written_is_a_clear_error() -> None:
    with pytest.raises(UnknownLanguageError, match="'tlh'"):
        load_first_screen("tlh")
