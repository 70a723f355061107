"""Parts of a United States address."""

import re
from functools import lru_cache

from finder.domain.address_key import STREET_WORD
from finder.importing.clean.casing import is_shouted, title_cased
from finder.importing.clean.text import tidy
from finder.places.spelling import words
from finder.places.states import state_called

_UNIT = r"(?:(?:suites?|ste|unit|apt|apartment|room|rm|building|bldg|floor)\b\.?|\#)\s*\#?[\w.-]+"
_SUITE = re.compile(
    rf"(?P<street>\d[^,]*?),?\s+(?P<suite>{_UNIT}(?:,?\s+{_UNIT})?|\d+(?:st|nd|rd|th)\s+floor)", re.IGNORECASE
)
_LOOSE_ENDS = " ,;"
_BETWEEN_PARTS = re.compile(r"[\s\u2010-\u2015-]+")
_LONGEST_STATE = 100


def clean_street(text: str) -> str:
    """A line of an address in ordinary letters: capitals of abbreviations stay, shouting and whispering go."""
    line = tidy(text).strip(_LOOSE_ENDS)
    return title_cased(line) if is_shouted(line, STREET_WORD) or line.islower() else line


def split_suite(street: str, more: str) -> tuple[str, str]:
    """The street with its number, and what leads on inside the building; ``more`` is the source's second line."""
    if not street:
        return more, ""
    found = _SUITE.fullmatch(street)
    if not found:
        return street, more
    return found["street"], f"{found['suite']}, {more}" if more else found["suite"]


def clean_city(text: str) -> str:
    """A city's name in ordinary letters."""
    city = tidy(text).strip(_LOOSE_ENDS)
    return title_cased(city) if city.isupper() or city.islower() else city


@lru_cache(maxsize=512)
def clean_state(text: str) -> str:
    """A state's two-letter code, of its code or name; empty where there is no such state."""
    return state_called(words(tidy(text)[:_LONGEST_STATE]))


def clean_zip(text: str, plus_four: str = "") -> str:
    """A ZIP ("35007") or ZIP+4 ("35007-1234"), with the zeros a spreadsheet took; empty where it is none."""
    five, _, four = _BETWEEN_PARTS.sub("-", tidy(text).removesuffix(".0")).partition("-")
    if len(five) in {8, 9} and not four:
        five, four = five[:-4], five[-4:]
    if not _is_number(five) or not 3 <= len(five) <= 5:
        return ""
    four = (four or tidy(plus_four).removesuffix(".0")).zfill(4)
    return f"{five.zfill(5)}-{four}" if len(four) == 4 and _is_number(four) else five.zfill(5)


def _is_number(text: str) -> bool:
    """Whether these are digits, not all of them 0."""
    return text.isascii() and text.isdigit() and int(text) > 0
