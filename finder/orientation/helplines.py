"""Helplines: phone numbers as data, each with the day on which someone last checked it."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints
from pydantic.dataclasses import dataclass

from finder.orientation.content import (
    CHECKED,
    ContentError,
    SecureUrl,
    UnknownLanguageError,
    Words,
    checked,
    parse_toml,
    read_text,
)

HELPLINES = Path(__file__).parents[2] / "seeds" / "helplines.toml"
TRANSLATED = ("name", "short", "when_to_use", "hours", "note")

Number = Annotated[str, StringConstraints(pattern=r"^(\d{3}|\d{5,6}|1-8\d\d-\d{3}-\d{4})$")]
"""A short code (911, 988, 838255) or a toll-free number as people write it (1-800-662-4357)."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class Helpline:
    """One line that people can call, with its texts in the language asked for.

    ``short`` is the name where there is room for a word or two. ``then_press`` is the key to press once the call is
    answered. ``languages`` are those in which the line itself answers, as BCP 47 codes. ``checked_against`` is the
    page with which the numbers were compared.
    """

    key: Words
    name: Words
    short: Words
    when_to_use: Words
    hours: Words
    note: Words
    call: Number
    then_press: str | None = None
    text_to: Number | None = None
    tty: Number | None = None
    chat: SecureUrl | None = None
    url: SecureUrl
    languages: tuple[str, ...]
    last_checked: date
    checked_against: SecureUrl

    @property
    def call_href(self) -> str:
        return _href("tel", self.call)

    @property
    def text_href(self) -> str | None:
        return _href("sms", self.text_to) if self.text_to else None

    @property
    def tty_href(self) -> str | None:
        return _href("tel", self.tty) if self.tty else None


@cache
def load_helplines(path: Path | None = None, language: str = "en") -> tuple[Helpline, ...]:
    """The helplines in the order of their file. Raises ContentError, or UnknownLanguageError for a missing text."""
    path = path or HELPLINES
    rows = parse_toml(read_text(path), path).get("helplines")
    if not isinstance(rows, list) or not rows:
        raise ContentError(f"{path}: has no [[helplines]]")
    lines = tuple(checked(Helpline, _in_language(row, language, path), path) for row in rows)
    _refuse_repeats(lines, path)
    return lines


def _href(scheme: str, number: str) -> str:
    """``tel:+18006624357`` for a toll-free number; short codes are dialed as they stand."""
    digits = re.sub(r"\D", "", number)
    return f"{scheme}:+{digits}" if number.startswith("1-") else f"{scheme}:{digits}"


def _in_language(row: Mapping[str, object], language: str, path: Path) -> dict[str, object]:
    return dict(row) | {key: _text(row, key, language, path) for key in TRANSLATED}


def _text(row: Mapping[str, object], key: str, language: str, path: Path) -> object:
    texts = row.get(key)
    where = f"{path}: {row.get('key', 'a helpline')}: {key}"
    if not isinstance(texts, dict):
        raise ContentError(f'{where} must be written as {{en = "..."}}')
    if language not in texts:
        raise UnknownLanguageError(f"{where} is not written in {language!r}; languages: {', '.join(sorted(texts))}")
    return texts[language]


def _refuse_repeats(lines: tuple[Helpline, ...], path: Path) -> None:
    keys = [line.key for line in lines]
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    if repeated:
        raise ContentError(f"{path}: key used twice: {', '.join(repeated)}")
