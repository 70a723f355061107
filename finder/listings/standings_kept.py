"""How groups of facts stood before and after a check, as a change of many keeps it, so that it can be taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from finder.domain.review import CheckMethod, FieldGroup
from finder.listings.standing import Standings, Stands

Kept = dict[str, Any]
"""In JSON's types: by group, how it stood ``before`` and ``after``."""


def kept(groups: Iterable[FieldGroup], before: Standings, after: Standings) -> Kept:
    """How those of the groups stood that the listing had before and has after."""
    return {
        group.value: {"before": _as_json(before[group]), "after": _as_json(after[group])}
        for group in sorted(groups)
        if group in before and group in after
    }


def taken_back(now: Standings, noted: Mapping[str, Any]) -> Standings:
    """How the groups stand after a check is taken back; what was checked again since stays."""
    back = {
        FieldGroup(group): _from_json(stood["before"])
        for group, stood in noted.items()
        if now.get(FieldGroup(group)) == _from_json(stood["after"])
    }
    return {**now, **back}


def _as_json(stands: Stands) -> list[str | None]:
    days = (stands.due_on, stands.checked_on, stands.tried_on)
    return [*(day.isoformat() if day else None for day in days), stands.method and stands.method.value]


def _from_json(value: list[str]) -> Stands:
    due_on, checked_on, tried_on, method = value
    how = CheckMethod(method) if method else None
    return Stands(_day(checked_on), how, dt.date.fromisoformat(due_on), _day(tried_on))


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
