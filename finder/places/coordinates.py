"""Latitude and longitude as people type them."""

import re
import unicodedata

from finder.domain.geo import Point

_NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,20})?"
_PAIR = re.compile(
    rf"[(\[]? ?(?P<south>[NS])? ?(?P<latitude>{_NUMBER}) ?°? ?(?P<south_after>[NS])?"
    rf"(?: ?[,;] ?| )"
    rf"(?P<west>[EW])? ?(?P<longitude>{_NUMBER}) ?°? ?(?P<west_after>[EW])? ?[)\]]?",
    re.IGNORECASE,
)
_SIGN_OF_COORDINATES = re.compile(r"[.NSEW-]", re.IGNORECASE)


def looks_like_coordinates(text: str) -> bool:
    """Whether ``text`` is a pair of numbers meant as latitude and longitude, though perhaps off the earth."""
    return _pair(text) is not None


def point_in(text: str) -> Point | None:
    """The point written as "41.88,-87.63", "(41.88 -87.63)" or "41.88 N, 87.63 W"; None when it is off the earth."""
    found = _pair(text)
    if not found:
        return None
    south = (found["south"] or found["south_after"] or "").upper() == "S"
    west = (found["west"] or found["west_after"] or "").upper() == "W"
    try:
        return Point(_signed(found["latitude"], south), _signed(found["longitude"], west))
    except ValueError:
        return None


def written(point: Point) -> str:
    """A point as people read it, to about a meter: "41.88, -87.63"."""
    return f"{round(point.latitude, 5) + 0.0:.10g}, {round(point.longitude, 5) + 0.0:.10g}"


def _pair(text: str) -> re.Match[str] | None:
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())
    return _PAIR.fullmatch(plain) if _SIGN_OF_COORDINATES.search(plain) else None


def _signed(number: str, negative: bool) -> float:  # noqa: FBT001 - private, and the two callers read well
    return -abs(float(number)) if negative else float(number)
