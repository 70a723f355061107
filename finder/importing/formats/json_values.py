"""Fields of rows of JSON, in which anything may stand."""

import html
from collections.abc import Mapping
from typing import Any

from finder.domain.geo import Point
from finder.importing.clean.text import tidy

_LONGEST = 4_000
_NULL_ISLAND = Point(0, 0)
Row = Mapping[str, Any]


def text_of(row: Row, *names: str) -> str:
    """The first of the named fields that says something, as one clean line; empty where none does."""
    for name in names:
        if text := _text(row.get(name)):
            return text
    return ""


def lines_of(row: Row, name: str) -> str:
    """What a field says, line by line, each of them clean."""
    value = row.get(name)
    if not value:
        return _text(value)
    lines = value[:_LONGEST].splitlines() if isinstance(value, str) else [value]
    return "\n".join(filter(None, map(_text, lines)))


def point_of(row: Row) -> Point | None:
    """The row's ``latitude`` and ``longitude``, unless they are no point on the earth or exactly 0, 0."""
    try:
        point = Point(float(text_of(row, "latitude")), float(text_of(row, "longitude")))
    except ValueError:
        return None
    return None if point == _NULL_ISLAND else point


def _text(value: Any) -> str:
    if isinstance(value, str):
        # Sites made with WordPress write "Women&#8217;s".
        return tidy(html.unescape(value[:_LONGEST]) if "&" in value else value[:_LONGEST])
    if value is None:  # as of most rows most fields are: asked before the rest
        return ""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value)[:_LONGEST] if is_number else ""
