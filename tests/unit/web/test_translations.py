"""Whatever the public reads is there in each language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from finder.web.languages import LANGUAGES, TRANSLATIONS

FINDER = Path(__file__).parents[3] / "finder"
# Administrators' pages are in English.
METHODS = [
    *((f"{folder}/**", "ignore") for folder in ("templates/account", "templates/admin", "web/account", "web/admin")),
    *((name, "ignore") for name in ("accounts/**", "cli/**", "web/guard.py", "web/navigation.py", "web/security.py")),
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s")
OTHERS = [code for code in LANGUAGES if code != "en"]


def public_texts() -> Iterator[str]:
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    for _file, _line, text, *_ in extract_from_dir(FINDER, METHODS, options, keywords=KEYWORDS):
        yield text if isinstance(text, str) else text[0]


def catalog(code: str) -> dict[str, Message]:
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {ids(message)[0]: message for message in read_po(file, locale=code) if message.id}


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("code", OTHERS)
def test_everything_that_the_public_reads_is_translated(code: str) -> None:
    translated = {id_ for id_, message in catalog(code).items() if all(strings(message)) and not message.fuzzy}
    texts = set(public_texts())
    assert len(texts) > 200
    assert texts - translated == set()


@pytest.mark.parametrize("code", OTHERS)
def test_translations_fill_in_what_the_texts_do(code: str) -> None:
    for message in catalog(code).values():
        known = {name for text in ids(message) for name in PLACEHOLDER.findall(text)}
        for told in filter(None, strings(message)):
            assert set(PLACEHOLDER.findall(told)) <= known, told
            assert len(ids(message)) > 1 or set(PLACEHOLDER.findall(told)) == known, told
