"""Changes of a listing's facts, as history keeps them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from finder.domain.geo import Point
from finder.domain.phone import Phone
from finder.domain.schedule import Schedule


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
            return [as_json(getattr(value, name)) for name in value.__slots__]
        case dt.date() | dt.time():
            return value.isoformat()
        case frozenset():
            return sorted([f"{facet}:{code}" for facet, code in value])
        case tuple():
            return [as_json(item) for item in value]
        case _:
            return value


_EMPTY: tuple[Any, ...] = (None, "", (), frozenset())
