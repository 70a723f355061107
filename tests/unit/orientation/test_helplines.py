import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from finder.orientation.content import ContentError, UnknownLanguageError
from finder.orientation.helplines import HELPLINES, Helpline, load_helplines
from finder.orientation.reading import PLAIN_GRADE, reading_grade

LANGUAGES = ("en", "es")

every_line = pytest.mark.parametrize("line", load_helplines(), ids=lambda line: line.key)
every_line_in_every_language = pytest.mark.parametrize(
    ("line", "language"),
    [(line, language) for language in LANGUAGES for line in load_helplines(language=language)],
    ids=lambda part: part if isinstance(part, str) else part.key,
)

GOOD = """
[[helplines]]
key = "one"
call = "1-800-222-1222"
languages = ["en"]
url = "https://example.org/"
last_checked = 2026-01-01
checked_against = "https://example.org/"
name = {en = "One", es = "Uno"}
short = {en = "One", es = "Uno"}
when_to_use = {en = "You need one.", es = "Necesita uno."}
hours = {en = "Always", es = "Siempre"}
note = {en = "Free.", es = "Gratis."}
"""


def by_key(key: str) -> Helpline:
    return next(line for line in load_helplines() if line.key == key)


def written(folder: Path, text: str) -> Path:
    path = folder / "helplines.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_line_that_saves_a_life_comes_first() -> None:
    assert [line.key for line in load_helplines()] == [
        "emergency",
        "crisis_lifeline",
        "samhsa_national",
        "poison_help",
        "veterans_crisis_line",
    ]


def test_a_tap_on_a_phone_calls_or_texts_the_right_number() -> None:
    assert by_key("emergency").call_href == "tel:911"
    assert by_key("crisis_lifeline").call_href == "tel:988"
    assert by_key("crisis_lifeline").text_href == "sms:988"
    assert by_key("samhsa_national").call_href == "tel:+18006624357"
    assert by_key("samhsa_national").tty_href == "tel:+18004874889"
    assert by_key("poison_help").call_href == "tel:+18002221222"
    assert by_key("veterans_crisis_line").call_href == "tel:988"
    assert by_key("veterans_crisis_line").then_press == "1"
    assert by_key("veterans_crisis_line").text_href == "sms:838255"


def test_a_line_without_texts_or_tty_offers_neither() -> None:
    assert by_key("poison_help").text_href is None
    assert by_key("poison_help").tty_href is None


@every_line
def test_a_line_says_when_it_was_checked_and_against_what(line: Helpline) -> None:
    assert line.last_checked <= datetime.now(UTC).date()
    assert line.checked_against.startswith("https://")


@every_line_in_every_language
def test_a_line_says_in_one_plain_sentence_when_to_use_it(line: Helpline, language: str) -> None:
    assert re.fullmatch(r"[A-Z][^.!?]*\.", line.when_to_use)
    assert reading_grade(line.when_to_use, language) <= PLAIN_GRADE
    assert reading_grade(line.note, language) <= PLAIN_GRADE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_fit_beside_their_numbers_on_a_phone(language: str) -> None:
    assert [line.short for line in load_helplines(language=language) if len(line.short) > 20] == []
    assert [line.name for line in load_helplines(language=language) if len(line.name) > 50] == []


@every_line
def test_a_line_answers_in_english_at_least(line: Helpline) -> None:
    assert "en" in line.languages


def test_texts_come_in_the_language_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert [line.name for line in load_helplines(path)] == ["One"]
    assert [line.name for line in load_helplines(path, "es")] == ["Uno"]


def test_a_text_missing_in_a_language_is_a_clear_error(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace(', es = "Gratis."', ""))
    with pytest.raises(UnknownLanguageError, match=r"helplines\.toml: one: note is not written in 'es'"):
        load_helplines(path, "es")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("1-800-222-1222", "800 222"), "call"),
        (("last_checked = 2026-01-01\n", ""), "last_checked"),
        (('{en = "Free.", es = "Gratis."}', '"Free."'), "one: note must be written as"),
        (("[[helplines]]", "[[lines]]"), "has no"),
        (("call =", "cal ="), "cal"),
        (('"one"', '"one'), "not valid TOML"),
    ],
)
def test_a_malformed_file_is_refused_by_its_name(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    path = written(tmp_path, GOOD.replace(*change))
    with pytest.raises(ContentError, match=reason) as refusal:
        load_helplines(path)
    assert str(path) in str(refusal.value)


def test_two_lines_with_one_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="key used twice: one"):
        load_helplines(written(tmp_path, GOOD + GOOD))


def test_the_numbers_are_shown_from_the_projects_own_seeds() -> None:
    assert HELPLINES.parts[-2:] == ("seeds", "helplines.toml")
    assert load_helplines() == load_helplines(HELPLINES)
