"""One spelling for all spellings of a street address, to find the same place in two tables."""

import re
import unicodedata
from typing import NamedTuple

_APOSTROPHE = re.compile("['\u2019.]")
_TOKEN = re.compile("[A-Z0-9]+|#")
_UNIT = re.compile("SUITES?|STE|UNITS?|APT|APARTMENT|ROOM|RM|BUILDING|BLDG|FLOOR|FL|#")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")
# Postal Service Publication 28, appendixes B and C: the words that tables write both in full and short.
_SHORT = {
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W",
    "NORTHEAST": "NE", "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW",
    "ALLEY": "ALY", "AVENUE": "AVE", "AV": "AVE", "BOULEVARD": "BLVD", "BYPASS": "BYP", "CAUSEWAY": "CSWY",
    "CENTER": "CTR", "CENTRE": "CTR", "CIRCLE": "CIR", "COURT": "CT", "COVE": "CV", "CREEK": "CRK", "CROSSING": "XING",
    "DRIVE": "DR", "EXPRESSWAY": "EXPY", "EXTENSION": "EXT", "FREEWAY": "FWY", "HEIGHTS": "HTS", "HIGHWAY": "HWY",
    "HIWAY": "HWY", "HILL": "HL", "JUNCTION": "JCT", "LANE": "LN", "PARKWAY": "PKWY", "PKY": "PKWY", "PLACE": "PL",
    "PLAZA": "PLZ", "POINT": "PT", "ROAD": "RD", "ROUTE": "HWY", "RTE": "HWY", "RT": "HWY", "SQUARE": "SQ",
    "STATION": "STA", "STREET": "ST", "TERRACE": "TER", "TRAIL": "TRL", "TURNPIKE": "TPKE", "VALLEY": "VLY",
    "VILLAGE": "VLG", "SAINT": "ST", "FORT": "FT", "MOUNT": "MT", "DOCTOR": "DR", "COUNTY": "CO",
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH",
    "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip
STREET_WORD = re.compile(rf"\b(?:{'|'.join([*_SHORT, *_SHORT.values()])}|{_UNIT.pattern}|BOX|WAY)\b")
"""A word, in capitals, that stands in addresses."""

# "US Highway 72", "U.S. 72" and "Highway 72" are one road; so are "State Route 9" and "Route 9".
_ROAD_NUMBER = re.compile(r"\b(?:US|STATE|INTERSTATE)(?: (?:HWY|RD))? (?=\d)|\bHWY (?=US )")


class AddressKey(NamedTuple):
    """Equal for two addresses exactly when we take them for the same building."""

    street: str
    city: str
    state: str
    zip5: str


def address_key(street: str, city: str, state: str, zip_code: str) -> AddressKey:
    """The key of an address whose state and ZIP are clean already. A suite or floor makes no difference."""
    return AddressKey(street_key(street), city_key(city), state, zip_code[:5])


def street_key(street: str) -> str:
    """The street and number in capitals and postal abbreviations, without punctuation, suite or floor."""
    tokens = [_SHORT.get(token, token) for token in _TOKEN.findall(_plain(street))]
    return _ROAD_NUMBER.sub("HWY ", " ".join(_without_unit(tokens)))


def _without_unit(tokens: list[str]) -> list[str]:
    """The words up to the suite or floor, of an address that begins with a number."""
    for position, token in enumerate(tokens):
        if position >= 2 and _UNIT.fullmatch(token) and tokens[0][0].isdigit():
            is_numbered_floor = position > 2 and _ORDINAL.fullmatch(tokens[position - 1])
            return tokens[: position - 1 if is_numbered_floor else position]
    return tokens


def city_key(city: str) -> str:
    """The letters and digits of a city's name, in capitals."""
    return "".join(_TOKEN.findall(_plain(city)))


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _APOSTROPHE.sub("", text.upper())
