"""Addresses of Meeting Guide: in parts, or in one line as a map service writes it."""

import re
from functools import lru_cache
from typing import NamedTuple

from finder.importing.clean.address import clean_city, clean_state, clean_street, clean_zip, split_suite
from finder.importing.formats.json_values import Row, text_of
from finder.importing.meetings import Address

_COUNTRY = re.compile(r"usa?|u\.s\.a?\.?|united states(?: of america)?", re.IGNORECASE)
_ZIP_AT_END = re.compile(r"(.*?)[\s,]*\b(\d{5}(?:-\d{4})?)", re.ASCII)


class _Parts(NamedTuple):
    before_city: list[str]
    city: str
    state: str
    zip_code: str


def read_address(row: Row) -> Address:
    """The address, however the row gives it."""
    location = text_of(row, "location")
    line = text_of(row, "formatted_address")
    street = text_of(row, "address")
    if street or not line:
        return _of_parts(street, text_of(row, "city"), text_of(row, "state"), text_of(row, "postal_code"), location)
    return _of_line(line, location)


@lru_cache(maxsize=1024)  # a place has a row for each of its meetings
def _of_parts(street: str, city: str, state: str, zip_code: str, location: str) -> Address:
    street, suite = split_suite(clean_street(street), "")
    return Address(street, suite, clean_city(city), clean_state(state), clean_zip(zip_code), location)


@lru_cache(maxsize=1024)
def _of_line(line: str, location: str) -> Address:
    parts = _split(line)
    street, suite = _street_and_suite(parts.before_city)
    return Address(street, suite, clean_city(parts.city), parts.state, clean_zip(parts.zip_code), location)


def _split(line: str) -> _Parts:
    """The parts of "12 A St, Suite 3, Town, ST 12345, USA", of which any may be missing."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if parts and _COUNTRY.fullmatch(parts[-1]):
        parts.pop()
    zip_code = ""
    if parts and (found := _ZIP_AT_END.fullmatch(parts[-1])):
        zip_code = found[2]
        parts[-1:] = [found[1]] if found[1] else []
    state = clean_state(parts[-1]) if parts else ""
    if state:
        parts.pop()
    city = parts.pop() if parts and not parts[-1][0].isdigit() else ""
    return _Parts(parts, city, state, zip_code)


def _street_and_suite(parts: list[str]) -> tuple[str, str]:
    """The street is the first part that begins with a number, or else the first; the rest leads on inside."""
    if not parts:
        return "", ""
    street = next((part for part in parts if part[0].isdigit()), parts[0])
    rest = ", ".join(part for part in parts if part is not street)
    return split_suite(clean_street(street), rest)
