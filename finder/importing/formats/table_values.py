"""Cells of somebody's table, in which anything may stand."""

import datetime as dt
import re

from finder.importing.clean.times import clean_day
from finder.importing.clean.web import clean_web_address

_LONGEST_EMAIL = 200
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]+\.[^\W\d_]{2,}")
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_FIRST_SERIAL_DAY = dt.date(1899, 12, 30)  # how Excel counts days
_AGES = re.compile(
    r"(\d{1,3})\s*(?:\+|and (?:up|over|older)|or older|y mas|y mayores)|(\d{1,3})\s*(?:-|\u2013|to|a)\s*(\d{1,3})",
    re.IGNORECASE,
)
_OLDEST = 120


def read_web_address(text: str) -> str:
    """The address, with https:// before one that lacks its beginning ("harbor.example/intake"); empty if it is none."""
    return clean_web_address(f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else text)


def read_email(text: str) -> str:
    """An address of e-mail; empty if it is none."""
    address = text.removeprefix("mailto:")
    return address if len(address) <= _LONGEST_EMAIL and _EMAIL.fullmatch(address) else ""


def read_day(text: str) -> dt.date | None:
    """A day as "2026-03-05", "3/5/2026" (the month first, unless it can't be), or the number that Excel keeps."""
    if _SERIAL.fullmatch(text):
        return _FIRST_SERIAL_DAY + dt.timedelta(days=int(text[:5]))
    found = _DATE.match(text)
    if not found:
        return clean_day(text)
    month, day, year = map(int, found.groups())
    if month > 12:
        month, day = day, month
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_age(text: str) -> int | None:
    """An age in years; ``None`` if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= _OLDEST else None


def read_ages(text: str) -> tuple[int | None, int | None]:
    """The youngest and oldest of "18+", "12-17", "18 to 64"; both ``None`` where the text says it in another way."""
    found = _AGES.fullmatch(text.strip().removesuffix("years").removesuffix("años").strip())
    if not found:
        return None, None
    if found[1]:
        return read_age(found[1]), None
    youngest, oldest = read_age(found[2]), read_age(found[3])
    is_range = youngest is not None and oldest is not None and youngest <= oldest
    return (youngest, oldest) if is_range else (None, None)
