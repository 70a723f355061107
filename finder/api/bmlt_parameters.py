"""What programs ask of a BMLT server, read from the request's parameters; what can't be read is refused by name.

Parameters that we don't have are ignored, as servers of BMLT do: its clients send more than any server knows.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from flask import request

from finder.api.parameters import LONGEST_SEARCH
from finder.api.problems import refuse
from finder.domain.geo import METERS_PER_MILE, Point
from finder.exporting import bmlt
from finder.places import gazetteer

_LARGEST = 1_000_000
_ALIASES = {
    "weekday": ("weekday_tinyint", "start_time"),
    "time": ("start_time", "weekday_tinyint"),
    "town": ("location_municipality", "weekday_tinyint", "start_time"),
    "state": ("location_province", "location_municipality", "weekday_tinyint", "start_time"),
    "weekday_state": ("weekday_tinyint", "location_province", "location_municipality", "start_time"),
}
"""What the values of ``sort_key`` stand for."""


class Words(NamedTuple):
    """What was looked for, and whether it names a place."""

    text: str
    is_place: bool


@dataclass(slots=True)
class Asked:
    """The parameters of the present request. ``errors`` gathers what is wrong, by parameter."""

    errors: list[tuple[str, str]] = field(default_factory=list)

    def texts(self, name: str) -> list[str]:
        """The values of a list: of ``name``, ``name[]`` and ``name[0]``, each of them one or several after commas."""
        keys = [key for key in request.args if key == name or key.startswith(f"{name}[")]
        values = [value for key in keys for value in request.args.getlist(key)]
        return [text.strip() for value in values for text in value.split(",") if text.strip()]

    def text(self, name: str) -> str:
        """One text, empty where it isn't asked."""
        value = request.args.get(name, "").strip()
        if len(value) > LONGEST_SEARCH:
            self.wrong(name, f"Must have at most {LONGEST_SEARCH} characters.")
        return value[:LONGEST_SEARCH]

    def yes(self, name: str) -> bool:
        """Whether a thing is asked for: ``name``, ``name=1``, but not ``name=0``."""
        return name in request.args and request.args[name] != "0"

    def choice(self, name: str, largest: int | None = None) -> bmlt.Choice:
        """Numbers that are wanted, and below 0 those that aren't."""
        numbers = [_whole(text) for text in self.texts(name)]
        if any(not number or (largest and abs(number) > largest) for number in numbers):
            self.wrong(name, f"Must be numbers from 1 to {largest}, or below 0." if largest else "Must be numbers.")
            return bmlt.Choice()
        wanted = frozenset(number for number in numbers if number > 0)
        return bmlt.Choice(wanted, frozenset(-number for number in numbers if number < 0))

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number, ``None`` where it isn't asked."""
        value = request.args.get(name, "").strip()
        if not value:
            return None
        if re.fullmatch("[0-9]{1,9}", value, re.ASCII) and least <= int(value) <= most:
            return int(value)
        self.wrong(name, f"Must be a whole number from {least} to {most}.")
        return None

    def number(self, name: str, least: float, most: float) -> float | None:
        """A number, ``None`` where it isn't asked."""
        value = request.args.get(name, "").strip()
        if not value:
            return None
        if re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,20})?(e-?[0-9]{1,3})?", value, re.ASCII | re.IGNORECASE):
            number = float(value)
            if least <= number <= most:
                return number
        self.wrong(name, f"Must be a number from {least:,.0f} to {most:,.0f}.")
        return None

    def minutes(self, name: str, most_hours: int = 24) -> int | None:
        """Hours (``nameH``) and minutes (``nameM``) in minutes, ``None`` where neither is asked."""
        hours, minutes = self.whole(f"{name}H", 0, most_hours), self.whole(f"{name}M", 0, 59)
        return None if hours is None and minutes is None else (hours or 0) * 60 + (minutes or 0)

    def wrong(self, name: str, words: str) -> None:
        """Note what is wrong with a parameter."""
        self.errors.append((name, words))

    def checked(self) -> None:
        """End the request if anything was wrong."""
        if self.errors:
            refuse(self.errors)


def _whole(text: str) -> int:
    """The number, 0 where it is none: no id is 0."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,16}", text, re.ASCII) else 0


def query(find_words: Callable[[str], frozenset[int]]) -> bmlt.Query:
    """The question of ``GetSearchResults``; ``find_words`` gives the row ids of the listings that words stand in.

    Ends the request with all that is wrong, by parameter.
    """
    asked = Asked()
    words = Words(asked.text("SearchString"), asked.yes("StringSearchIsAnAddress"))
    around = _around(asked, words)
    made = bmlt.Query(
        ids=asked.choice("meeting_ids"),
        weekdays=asked.choice("weekdays", 7),
        venues=asked.choice("venue_types", 3),
        bodies=asked.choice("services"),
        with_parts=asked.yes("recursive"),
        formats=asked.choice("formats"),
        any_format=_any_format(asked),
        starts_after=asked.minutes("StartsAfter"),
        starts_before=asked.minutes("StartsBefore"),
        ends_before=asked.minutes("EndsBefore"),
        shortest=asked.minutes("MinDuration"),
        longest=asked.minutes("MaxDuration"),
        equal=_equal(asked),
        around=around,
        by_distance=asked.yes("sort_results_by_distance"),
        order=_order(asked),
        page=asked.whole("page_num", 1, _LARGEST) or 1,
        page_size=asked.whole("page_size", 1, _LARGEST),
        fields=tuple(name for name in bmlt.ALL_FIELDS if name in asked.texts("data_field_key")) or bmlt.ALL_FIELDS,
        listings=find_words(words.text) if words.text and not words.is_place else None,
    )
    asked.checked()
    return made


def _any_format(asked: Asked) -> bool:
    operator = asked.text("formats_comparison_operator").upper() or "AND"
    if operator not in {"AND", "OR"}:
        asked.wrong("formats_comparison_operator", "Must be AND or OR.")
    return operator == "OR"


def _equal(asked: Asked) -> tuple[str, str] | None:
    name = asked.text("meeting_key")
    if not name:
        return None
    if name not in bmlt.FIELDS:
        asked.wrong("meeting_key", "There is no such field; GetFieldKeys lists those that there are.")
        return None
    return name, asked.text("meeting_key_value")


def _order(asked: Asked) -> tuple[str, ...]:
    alias = asked.text("sort_key")
    if alias and alias not in _ALIASES:
        asked.wrong("sort_key", f"Must be one of {', '.join(_ALIASES)}.")
    keys = asked.texts("sort_keys") or _ALIASES.get(alias, ())
    return tuple(name for name in keys if name in bmlt.ALL_FIELDS) or bmlt.USUAL_ORDER


def _around(asked: Asked, words: Words) -> bmlt.Around | None:
    if words.is_place:
        return _around_place(asked, words.text)
    latitude, longitude = asked.number("lat_val", -90, 90), asked.number("long_val", -180, 180)
    if (latitude is None) != (longitude is None):
        asked.wrong("lat_val" if latitude is None else "long_val", "lat_val and long_val go together.")
    miles, kilometers = (asked.number(name, -_LARGEST, _LARGEST) for name in ("geo_width", "geo_width_km"))
    if latitude is None or longitude is None:
        return None
    if miles is None and kilometers is not None:
        return bmlt.Around(Point(latitude, longitude), kilometers, bmlt.METERS_PER_KILOMETER)
    return bmlt.Around(Point(latitude, longitude), miles, METERS_PER_MILE)


def _around_place(asked: Asked, text: str) -> bmlt.Around | None:
    """Around a place that somebody named; no other service is asked where it is."""
    radius = asked.number("SearchStringRadius", -_LARGEST, _LARGEST)
    if radius is None:
        asked.wrong("SearchStringRadius", "Must be given where StringSearchIsAnAddress is asked.")
    places = gazetteer().find(text).places
    if not places:
        asked.wrong("SearchString", "We know no place of this name.")
        return None
    return bmlt.Around(places[0].point, radius, METERS_PER_MILE)
