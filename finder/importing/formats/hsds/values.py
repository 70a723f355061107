"""Fields of HSDS, in which anything may stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, TypeAlias

from finder.importing.clean.text import tidy

Thing: TypeAlias = Mapping[str, Any]

LONGEST_TEXT = 20_000
NOTHING: Thing = {}

_MARKUP = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,100}>", re.IGNORECASE)


def line(thing: Thing, name: str, longest: int = LONGEST_TEXT) -> str:
    """A field as one clean line; empty where it says nothing, or is no text or number."""
    value = thing.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return tidy(value[:longest]) if isinstance(value, str) else ""


def text(thing: Thing, name: str) -> str:
    """A field of several lines, each of them clean."""
    value = thing.get(name)
    if not isinstance(value, str):
        return ""
    return "\n".join(tidy(each) for each in value[:LONGEST_TEXT].strip().split("\n")).strip()


def plain_text(thing: Thing, name: str) -> str:
    """The same without HTML, which descriptions may hold."""
    value = thing.get(name)
    if not isinstance(value, str) or not ("<" in value or "&" in value):
        return text(thing, name)
    without = _MARKUP.sub("", _BREAK.sub("\n", value[:LONGEST_TEXT]))
    return re.sub(r"\n\s*\n+", "\n", text({name: unescape(without)}, name))


def number(thing: Thing, name: str) -> float | None:
    """A field that is a number, as such or as text."""
    try:
        found = float(line(thing, name, 40))
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


def things(thing: Thing, name: str) -> Iterator[Thing]:
    """The objects in a list."""
    value = thing.get(name)
    yield from (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def thing_in(thing: Thing, name: str) -> Thing:
    """The object that a field holds; an empty one where there is none."""
    value = thing.get(name)
    return value if isinstance(value, dict) else NOTHING


def first(texts: Iterable[str]) -> str:
    """The first text that says something."""
    return next(filter(None, texts), "")
