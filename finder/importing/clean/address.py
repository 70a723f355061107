"""Parts of a United States address."""

import re
from functools import lru_cache

from finder.importing.clean.address_key import STREET_WORDS
from finder.importing.clean.casing import is_shouted, title_cased
from finder.importing.clean.text import tidy
from finder.places.states import state_called
from finder.places.spelling import words

_SUITE = re.compile(
    r"(?P<street>\d[^,]*?),?\s+(?P<suite>(?:(?:suites?|ste|unit|apt|apartment|room|rm|building|bldg|floor)\b\.?|#)\s*"
    r"\#?[\w.-]+(?:,?\s+(?:(?:suites?|ste|unit|room|rm|floor)\b\.?|\#)\s*\#?[\w.-]+)?|\d+(?:st|nd|rd|th)\s+floor)",
    re.IGNORECASE,
)
_NOT_DIGITS = re.compile(r"\D")


def clean_street(text: str) -> str:
    """A line of an address in ordinary letters: capitals of abbreviations stay, shouting and whispering go."""
    line = tidy(text).strip(" ,;")
    return title_cased(line) if is_shouted(line, STREET_WORDS) or line.islower() else line


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
    city = tidy(text).strip(" ,;")
    # A short name without a vowel abbreviates (JBPHH, Joint Base Pearl Harbor-Hickam); title_cased leaves it.
    return title_cased(city) if city.isupper() or city.islower() else city


@lru_cache(maxsize=512)
def clean_state(text: str) -> str:
    """A state's two-letter code, of its code or name; empty where there is no such state."""
    return state_called(words(tidy(text)[:100]))


def clean_zip(text: str, plus_four: str = "") -> str:
    """A ZIP of five digits or ZIP+4 ("35007", "35007-1234"), with the zeros a spreadsheet took; empty where it is none."""
    five, _, four = _ZIP_PARTS.sub("-", tidy(text).removesuffix(".0")).partition("-")
    if len(five) in {8, 9} and five.isdigit() and not four:
        five, four = five[:-4], five[-4:]
    if not (five.isascii() and five.isdigit() and 3 <= len(five) <= 5) or int(five) == 0:
        return ""
    four = _NOT_DIGITS.sub("", four or plus_four).zfill(4)
    return f"{five.zfill(5)}-{four}" if len(four) == 4 and int(four) else five.zfill(5)


_ZIP_PARTS = re.compile(r"[\s\u2010-\u2015-]+")
