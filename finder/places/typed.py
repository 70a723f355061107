"""A text as its writer divided it: the parts between commas, the ZIP Code in it, the street before a city."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from finder.places.spelling import Words, words
from finder.places.states import split_state

Parts = tuple[Words, ...]

_COUNTRY = (("united", "states", "of", "america"), ("united", "states"), ("usa",), ("us",))
_ZIP_WORDS = frozenset({"zip", "code", "zipcode"})


class TypedZip(NamedTuple):
    """A ZIP Code found in a text, the parts around it, and whether it stood before them."""

    code: str
    rest: Parts
    leads: bool


def parts_of(text: str) -> Parts:
    """The words between the commas of ``text``, without the country."""
    pieces = re.split(r"[,;\r\n]", unicodedata.normalize("NFKC", text))
    parts = _without_empty(words(piece) for piece in pieces)
    for country in _COUNTRY:
        if parts and parts[-1][-len(country) :] == country and joined(parts) != country:
            return _without_empty((*parts[:-1], parts[-1][: -len(country)]))
    return parts


def joined(parts: Parts) -> Words:
    """All words, as if there were no commas."""
    return tuple(word for part in parts for word in part)


def zip_in(parts: Parts) -> TypedZip | None:
    """The ZIP Code that a text is, ends in or begins with, with or without the four digits that may follow it.

    Four digits alone are a ZIP that lost its leading zero in a spreadsheet.
    """
    flat = joined(parts)
    if _digits(flat) == (4,):
        return TypedZip("0" + flat[0], (), leads=False)
    for end in (flat[-2:], flat[-1:]):
        if _is_zip(end):
            return TypedZip(end[0][:5], _without_zip_words(_cut(parts, len(end))), leads=False)
    for start in (flat[:2], flat[:1]):
        if _is_zip(start):
            rest = _reversed(_cut(_reversed(parts), len(start)))
            return TypedZip(start[0][:5], _without_zip_words(rest), leads=True)
    return None


def after_street(parts: Parts) -> Iterator[Words]:
    """What may be the city of a street address, most words first.

    After a comma, a city needs no state if a house number came first. Without one, it needs a state, for every street
    ends in a word that is a city somewhere.
    """
    flat = joined(parts)
    numbered = flat[0][0].isdigit()
    for start in range(1, len(parts)):
        tail = joined(parts[start:])
        if numbered or any(split_state(tail)):
            yield tail
    for start in range(2, len(flat) if numbered else 0):
        if any(split_state(flat[start:])):
            yield flat[start:]


def _is_zip(flat: Words) -> bool:
    return _digits(flat) in {(5,), (9,), (5, 4)}


def _digits(flat: Words) -> tuple[int, ...]:
    """How many digits each word has; 0 for a word with letters."""
    return tuple(len(word) if word.isdigit() else 0 for word in flat)


def _cut(parts: Parts, length: int) -> Parts:
    """``parts`` without their last ``length`` words."""
    kept = joined(parts)[: -length or None]
    cut = []
    for part in parts:
        cut.append(kept[: len(part)])
        kept = kept[len(part) :]
    return _without_empty(cut)


def _reversed(parts: Parts) -> Parts:
    return tuple(part[::-1] for part in reversed(parts))


def _without_zip_words(parts: Parts) -> Parts:
    return _without_empty(tuple(word for word in part if word not in _ZIP_WORDS) for part in parts)


def _without_empty(parts: Iterable[Words]) -> Parts:
    return tuple(filter(None, parts))
