"""Changes of a listing's facts, as history keeps them."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Facet, Tag


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields that differ, each as ``[before, after]`` in JSON's types.

    Of a listing that is new (``before`` is empty) every field that says something stands in it.
    """
    if not before:
        return {name: [None, as_json(value)] for name, value in after.items() if value not in _EMPTY}
    return {name: [as_json(before[name]), as_json(value)] for name, value in after.items() if before[name] != value}


def as_json(value: Any) -> Any:
    """A fact in JSON's types: values as lists of their fields, times in ISO 8601, tags as sorted ``"facet:code"``."""
    match value:
        case str() | None:  # nearly all of them: asked first
            return value
        case Point() | Phone() | Schedule():
            return [as_json(item) for item in _fields(value)]
        case dt.date() | dt.time():
            return value.isoformat()
        case frozenset():
            return sorted([f"{facet}:{code}" for facet, code in value])
        case tuple():
            return [as_json(item) for item in value]
        case _:
            # Of -0.0, which SQLite keeps as 0.0, this makes 0.0.
            return value + 0.0 if isinstance(value, float) else value


def _fields(value: Point | Phone | Schedule) -> list[Any]:
    """Its fields. A span without ways to join has the five of entries from before there were any."""
    fields = [getattr(value, name) for name in value.__slots__]
    return fields[:5] if isinstance(value, Schedule) and not any(fields[5:]) else fields


def all_as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """All facts of a listing in JSON's types."""
    return {name: as_json(value) for name, value in facts.items()}


def from_json(name: str, value: Any) -> Any:
    """The fact that `as_json` made this of; ``name`` is what it is called in `ListingDraft`."""
    return value if value is None or name not in _READERS else _READERS[name](value)


def _phones(rows: list[list[str]]) -> tuple[Phone, ...]:
    return tuple(Phone(number, PhoneKind(kind), extension) for number, kind, extension in rows)


def _schedules(rows: list[list[Any]]) -> tuple[Schedule, ...]:
    return tuple(
        Schedule(
            weekday,
            dt.time.fromisoformat(opens),
            closes and dt.time.fromisoformat(closes),
            ScheduleKind(kind),
            note,
            *joining,
        )
        for weekday, opens, closes, kind, note, *joining in rows
    )


def _tags(names: list[str]) -> frozenset[Tag]:
    pairs = (name.split(":") for name in names)
    return frozenset(Tag(Facet(facet), Code(code)) for facet, code in pairs)


_EMPTY: tuple[Any, ...] = (None, "", (), frozenset())
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "status": Status,
    "precision": Precision,
    "point": lambda pair: Point(*pair),
    "availability_as_of": dt.datetime.fromisoformat,
    "availability_expires": dt.datetime.fromisoformat,
    "verified_on": dt.date.fromisoformat,
    "review_due_on": dt.date.fromisoformat,
    "phones": _phones,
    "tags": _tags,
    "schedules": _schedules,
}
