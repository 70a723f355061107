"""One spelling for all spellings of a street address, to find the same place in two tables."""

import re
import unicodedata
from typing import NamedTuple

_APOSTROPHE = re.compile("['\u2019.]")
_TOKEN = re.compile("[A-Z0-9]+|#")
_UNITS = frozenset("SUITE SUITES STE UNIT UNITS APT APARTMENT ROOM RM BUILDING BLDG FLOOR FL #".split())
_FLOOR_NUMBER = re.compile(r"\d+(?:ST|ND|RD|TH)|1ST|FIRST|SECOND|THIRD")
# Postal Service Publication 28, appendix C: the suffixes and directions that the tables write in both ways.
_SHORT = {
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W",
    "NORTHEAST": "NE", "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW",
    "ALLEY": "ALY", "AVENUE": "AVE", "AV": "AVE", "BOULEVARD": "BLVD", "BYPASS": "BYP", "CAUSEWAY": "CSWY", "CENTER": "CTR",
    "CENTRE": "CTR", "CIRCLE": "CIR", "COURT": "CT", "COVE": "CV", "CREEK": "CRK", "CROSSING": "XING", "DRIVE": "DR",
    "EXPRESSWAY": "EXPY", "EXTENSION": "EXT", "FREEWAY": "FWY", "HEIGHTS": "HTS", "HIGHWAY": "HWY", "HIWAY": "HWY",
    "HILL": "HL", "JUNCTION": "JCT", "LANE": "LN", "LOOP": "LOOP", "PARKWAY": "PKWY", "PKY": "PKWY", "PLACE": "PL",
    "PLAZA": "PLZ", "POINT": "PT", "ROAD": "RD", "ROUTE": "HWY", "RTE": "HWY", "RT": "HWY", "SQUARE": "SQ", "STATION": "STA",
    "STREET": "ST", "TERRACE": "TER", "TRAIL": "TRL", "TURNPIKE": "TPKE", "VALLEY": "VLY", "VILLAGE": "VLG",
    "SAINT": "ST", "FORT": "FT", "MOUNT": "MT", "DOCTOR": "DR", "COUNTY": "CO",
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH", "SEVENTH": "7TH",
    "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip
STREET_WORDS = frozenset(_SHORT) | frozenset(_SHORT.values()) | _UNITS | {"BOX", "WAY"}
"""Words, in capitals, that stand in addresses and in nothing else that does."""

_ROAD_NUMBERS = re.compile(r"\b(?:US|STATE|ST|INTERSTATE)(?: (?:HWY|RD))? (?=\d)|\bHWY (?=US )")


class AddressKey(NamedTuple):
    """Equal for two addresses exactly when we take them for the same building."""

    street: str
    city: str
    state: str
    zip5: str


def address_key(street: str, city: str, state: str, zip_code: str) -> AddressKey:
    """The key of an address whose state and ZIP are clean already. A suite or floor makes no difference."""
    return AddressKey(street_key(street), _squeezed(city), state, zip_code[:5])


def street_key(street: str) -> str:
    """The street and number in capitals and postal abbreviations, without punctuation, suite or floor."""
    tokens = [_SHORT.get(token, token) for token in _TOKEN.findall(_plain(street))]
    return _ROAD_NUMBERS.sub("HWY ", " ".join(_without_unit(tokens)))


def _without_unit(tokens: list[str]) -> list[str]:
    for position, token in enumerate(tokens):
        if token in _UNITS and position >= 2 and tokens[0][0].isdigit():
            return tokens[: position - 1 if _FLOOR_NUMBER.fullmatch(tokens[position - 1]) and position > 2 else position]
    return tokens


def _squeezed(text: str) -> str:
    return "".join(_TOKEN.findall(_plain(text)))


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _APOSTROPHE.sub("", text.upper())
