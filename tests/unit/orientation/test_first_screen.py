from collections.abc import Iterator

import pytest

from finder.orientation.content import UnknownLanguageError
from finder.orientation.first_screen import FirstScreen, load_first_screen
from finder.orientation.reading import PLAIN_GRADE, reading_grade


@pytest.fixture
def screen() -> FirstScreen:
    return load_first_screen()


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


def test_the_kinds_of_help_come_in_the_order_in_which_people_meet_them(screen: FirstScreen) -> None:
    codes = [kind.code for kind in screen.kinds_of_help.kinds]
    assert codes == ["detox", "inpatient", "outpatient", "support_group"]


def test_the_first_screen_is_short_enough_to_read_in_a_minute(screen: FirstScreen) -> None:
    assert sum(len(text.split()) for text in texts(screen)) <= 150


def test_the_short_form_is_one_or_two_sentences_with_the_number_to_call(screen: FirstScreen) -> None:
    assert "911" in screen.short
    assert len(screen.short.split()) <= 40


def test_the_first_screen_can_be_read_after_eight_years_of_school(screen: FirstScreen) -> None:
    assert reading_grade("\n".join(texts(screen))) <= PLAIN_GRADE
    assert reading_grade(screen.warning.text) <= PLAIN_GRADE
    assert reading_grade(screen.short) <= PLAIN_GRADE


def test_a_language_that_nobody_has_written_is_a_clear_error() -> None:
    with pytest.raises(UnknownLanguageError, match="'tlh'"):
        load_first_screen("tlh")
