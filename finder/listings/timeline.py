"""What became of a listing over time: its changes, and what it said at any point of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.listings.draft import FACTS
from finder.listings.history import all_as_json, from_json
from finder.listings.stored import Stored, load_stored
from finder.models import ImportRun, Provider, Revision

_NEWEST = 50


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one fact was and became, in JSON's types (`finder.listings.history.as_json`)."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change of a listing. ``source`` and ``file_name`` are those of the import that made it, or empty."""

    version: int
    at: dt.datetime
    by: str
    reason: str
    source: str
    file_name: str
    fields: tuple[FieldChange, ...]


def timeline(
    session: Session, provider_id: int, *, fact: str = "", before_version: int | None = None, limit: int = _NEWEST
) -> list[Entry]:
    """The newest changes of a listing, newest first, or those before a version; one query.

    With ``fact``, a name of `FACTS`, only changes of that fact, and of each no other.
    """
    row = Revision
    columns = (row.version, row.at, row.by, row.reason, ImportRun.source_key, ImportRun.file_name, row.changes)
    query = select(*columns).outerjoin(ImportRun, ImportRun.id == row.import_run_id)
    query = query.where(row.provider_id == provider_id).order_by(row.version.desc()).limit(limit)
    if before_version is not None:
        query = query.where(row.version < before_version)
    if fact:
        query = query.where(row.changes[fact].as_string().is_not(None))
    return [
        Entry(
            version=version,
            at=at,
            by=by,
            reason=reason,
            source=source or "",
            file_name=file_name or "",
            fields=tuple(FieldChange(name, *changed[name]) for name in ((fact,) if fact else FACTS) if name in changed),
        )
        for version, at, by, reason, source, file_name, changed in session.execute(query)
    ]


def the_stored(session: Session, provider_id: int) -> Stored:
    """The listing with this row id. Raises ``LookupError`` where there is none."""
    found = load_stored(session, Provider.id == provider_id)
    if not found:
        raise LookupError(f"no listing {provider_id}")
    return found[0]


def facts_at(session: Session, stored: Stored, version: int) -> dict[str, Any]:
    """What the listing said after the change with this version.

    Raises ``LookupError`` for a version that the listing, as it was read, hasn't had.
    """
    if not 1 <= version <= stored.version:
        raise LookupError(f"listing {stored.id} has no version {version}")
    if version == stored.version:
        return dict(stored.facts)
    return _read(_told_at(session, stored, version))


def facts_around(
    session: Session, spans: Mapping[int, tuple[int, int]]
) -> list[tuple[Stored, dict[str, Any], dict[str, Any]]]:
    """Listings by row id with what they said before the first and after the last of these of their versions.

    Some hundred of them in five queries. Before its first version a listing said nothing.
    """
    listings = load_stored(session, Provider.id.in_(spans))
    later = _changes_since(session, spans)
    return [(stored, *_around(stored, spans[stored.id], later[stored.id])) for stored in listings]


def _changes_since(session: Session, spans: Mapping[int, tuple[int, int]]) -> Mapping[int, list[tuple[int, Any]]]:
    """The changes of listings from their first versions on, newest first."""
    found: defaultdict[int, list[tuple[int, Any]]] = defaultdict(list)
    oldest = min((first for first, _ in spans.values()), default=1)
    query = select(Revision.provider_id, Revision.version, Revision.changes).where(
        Revision.provider_id.in_(spans), Revision.version >= oldest
    )
    for id_, version, changed in session.execute(query.order_by(Revision.provider_id, Revision.version.desc())):
        if version >= spans[id_][0]:
            found[id_].append((version, changed))
    return found


def _around(
    stored: Stored, span: tuple[int, int], later: Sequence[tuple[int, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    first, last = span
    after = _taken_back(all_as_json(stored.facts), (changed for version, changed in later if version > last))
    within = (changed for version, changed in later if version <= last)
    before = {} if first == 1 else _read(_taken_back(after, within))
    return before, _read(after)


def _taken_back(told: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What a listing said before these changes, newest first, in JSON's types."""
    for changed in changes:
        told = {**told, **{name: before for name, (before, _) in changed.items() if name in told}}
    return told


def _read(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: from_json(name, value) for name, value in told.items()}


def _told_at(session: Session, stored: Stored, version: int) -> Mapping[str, Any]:
    """The same in JSON's types: from what it says now, change after change is taken back."""
    later = select(Revision.changes).where(
        Revision.provider_id == stored.id, Revision.version > version, Revision.version <= stored.version
    )
    return _taken_back(all_as_json(stored.facts), session.scalars(later.order_by(Revision.version.desc())))
