"""Where a source says something else than a person found out: the person's fact stands, and a person decides."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from finder.domain.importing import ConflictState
from finder.domain.listing import Status
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding, group_of_facet
from finder.listings.amend import amend
from finder.listings.checks import record_checks
from finder.listings.history import as_json, from_json
from finder.listings.stored import Stored
from finder.listings.telling import Contradicted, of_group
from finder.listings.timeline import the_stored
from finder.listings.write import Change, Conflict
from finder.models import ImportConflict, Provider

_PAGE = 50

Noted = Mapping[tuple[int, FieldGroup], ImportConflict]
"""The conflicts of listings with one source, decided or not, by row id and group."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a source says against a person's finding, and what was ``noted`` of it before."""

    provider_id: int
    source: str
    group: FieldGroup
    facts: Contradicted
    as_of: dt.date | None
    noted: ImportConflict | None


def load_noted(session: Session, source: str, provider_ids: Iterable[int]) -> Noted:
    """What was noted of these listings and the source; one query."""
    row = ImportConflict
    found = session.scalars(select(row).where(row.provider_id.in_(provider_ids), row.source_key == source))
    return {(conflict.provider_id, conflict.field_group): conflict for conflict in found}


def contradictions_of(
    provider_id: int, found: Mapping[FieldGroup, Contradicted], source: str, as_of: dt.date | None, noted: Noted
) -> tuple[tuple[Contradiction, ...], tuple[ImportConflict, ...]]:
    """What waits for a decision of what a source says against people's findings, and what no longer does.

    Where a person decided that theirs stands, it is not asked again until the source says something else.
    """
    known = {group: noted[provider_id, group] for group in FieldGroup if (provider_id, group) in noted}
    waiting = tuple(
        Contradiction(provider_id, source, group, facts, as_of, known.get(group))
        for group, facts in found.items()
        if not _is_decided(known.get(group), facts)
    )
    agree = (each for group, each in known.items() if group not in found and each.state is ConflictState.OPEN)
    return waiting, tuple(agree)


def _is_decided(noted: ImportConflict | None, facts: Contradicted) -> bool:
    return noted is not None and noted.state is ConflictState.KEPT and _theirs(noted.facts) == _theirs(facts)


def _theirs(facts: Contradicted) -> dict[str, Any]:
    return {name: theirs for name, (_, theirs) in facts.items()}


def note_conflicts(session: Session, contradictions: Iterable[Contradiction], run_id: int, at: dt.datetime) -> None:
    """Keep what waits for a decision, one row a listing, source and group; what waited already keeps its place."""
    for each in contradictions:
        conflict = each.noted or ImportConflict(
            provider_id=each.provider_id, source_key=each.source, field_group=each.group, facts={}
        )
        if conflict.state is not ConflictState.OPEN or _theirs(conflict.facts) != _theirs(each.facts):
            conflict.import_run_id, conflict.noted_at = run_id, at
        conflict.state, conflict.decided_by, conflict.decided_at = ConflictState.OPEN, "", None
        conflict.facts, conflict.as_of = dict(each.facts), each.as_of
        session.add(conflict)


def end_conflicts(conflicts: Iterable[ImportConflict]) -> None:
    """Let these wait no longer: the source says the same by now, or nothing any more."""
    for conflict in conflicts:
        conflict.state = ConflictState.GONE


def open_conflicts(
    session: Session, *, limit: int = _PAGE, offset: int = 0, scope: ColumnElement[bool] | None = None
) -> list[ImportConflict]:
    """The conflicts that nobody decided, the oldest first, with their listings and sources; one query.

    ``scope`` is a condition on `Provider`.
    """
    row = ImportConflict
    query = select(row).join(row.provider).options(contains_eager(row.provider), joinedload(row.source))
    query = query.where(*_waiting(scope)).order_by(row.noted_at, row.id)
    return list(session.scalars(query.limit(limit).offset(offset)))


def how_many_open(session: Session, scope: ColumnElement[bool] | None = None) -> int:
    """How many conflicts nobody decided; one query."""
    query = select(func.count(ImportConflict.id)).join(ImportConflict.provider).where(*_waiting(scope))
    return session.scalars(query).one()


def _waiting(scope: ColumnElement[bool] | None) -> Iterator[ColumnElement[bool]]:
    yield ImportConflict.state == ConflictState.OPEN
    yield Provider.status != Status.RETIRED
    if scope is not None:
        yield scope


def keep_ours(session: Session, conflict: ImportConflict, change: Change) -> None:
    """Let the person's fact stand, until the source says something else again. The caller commits.

    Raises ``ValueError`` for a conflict that doesn't wait for a decision.
    """
    _decide(session, conflict, ConflictState.KEPT, change)


def take_theirs(session: Session, conflict: ImportConflict, change: Change) -> None:
    """Let the source be right: its facts are written, as a change that can be taken back, and as the person's check.

    The caller commits. Raises ``ValueError`` for a conflict that doesn't wait for a decision, `Conflict` where the
    listing says something else by now than when the conflict was noted.
    """
    stored = the_stored(session, conflict.provider_id)
    _refuse_changed(stored, conflict)
    _decide(session, conflict, ConflictState.TAKEN, change)
    amend(session, {stored.id: _facts_of_theirs(stored, conflict)}, change, versions={stored.id: stored.version})
    finding = Finding(
        group=conflict.field_group, method=CheckMethod.WEBSITE, result=CheckResult.CORRECTED, on=change.at.date()
    )
    record_checks(session, stored.id, [finding], change)


def _refuse_changed(stored: Stored, conflict: ImportConflict) -> None:
    for name, (ours, _) in conflict.facts.items():
        if as_json(of_group(stored.facts, name, conflict.field_group)) != ours:
            raise Conflict(f"listing {stored.id} has another {name} by now")


def _facts_of_theirs(stored: Stored, conflict: ImportConflict) -> dict[str, Any]:
    facts = {name: from_json(name, theirs) for name, (_, theirs) in conflict.facts.items()}
    if "tags" in facts:
        others = {tag for tag in stored.facts["tags"] if group_of_facet(tag.facet) is not conflict.field_group}
        facts["tags"] |= others
    return facts


def _decide(session: Session, conflict: ImportConflict, state: ConflictState, change: Change) -> None:
    if conflict.state is not ConflictState.OPEN:
        raise ValueError("it is decided already")
    conflict.state, conflict.decided_by, conflict.decided_at = state, change.by, change.at
    session.flush()
