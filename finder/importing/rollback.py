"""Taking a whole import back: as if it had never been, but for what changed again since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from finder.domain.importing import ConflictState
from finder.domain.listing import Status
from finder.domain.review import CheckMethod
from finder.listings import Change
from finder.listings.bulk_undo import Left
from finder.listings.merge import kept_in_merges
from finder.listings.names import Naming, naming_from, take_back, told_by_others
from finder.listings.standing import groups_said, rebuild_many
from finder.listings.stored import Stored, load_stored
from finder.listings.timeline import facts_around
from finder.listings.undo import Undoing, differences_taken_back, ways_back
from finder.listings.write import update_listings
from finder.models import Check, ImportConflict, ImportRun, Provider, Revision

_BATCH = 500
_SHOWN = 100

Spans = Mapping[int, tuple[int, int]]
"""The first and last version that an import made of each listing, by row id; of one that is new the first is 1."""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many listings have their former facts back, how many new ones were retired, and what stays as it is."""

    changed: int
    retired: int
    left: list[Left]


def undo_import(session: Session, run: ImportRun, change: Change) -> Undone:
    """Take an import back, as one more change of each listing. The caller commits.

    Listings that it made are retired, until a later import brings them; others get their former facts and names, but
    for what changed again since. What it told counts as checked no longer, and nobody is asked about its conflicts.
    Raises ``ValueError`` for one that was taken back already, `Conflict` where a listing changes under our hands. Begin
    the transaction with `finder.models.connection.begin_writing`.
    """
    if run.undone_at is not None:
        raise ValueError("it was taken back already")
    change = replace(change, reason=change.reason or f"Import of {run.file_name} taken back", import_run_id=run.id)
    spans, told = _spans(session, run), _told(session, run)
    run.undone_at, run.undone_by = change.at, change.by
    session.flush()
    take_back(session, run.source_key, _namings(run))
    _close_conflicts(session, run)
    undone = Undone(0, 0, [])
    for batch in _batches(spans):
        undone = _with(undone, _undo_batch(session, batch, change))
    _rebuild(session, sorted({*told, *spans}))
    session.flush()
    return undone


def left_by_undo(session: Session, run: ImportRun) -> list[Left]:
    """The first listings of which undo would leave something as it is, and what: to show it first."""
    if run.undone_at is not None:
        raise ValueError("it was taken back already")
    spans = _spans(session, run)
    versions = select(Provider.id, Provider.version).where(Provider.id.in_(_touched(run)))
    again = {id_ for id_, version in session.execute(versions) if version != spans[id_][1]}
    again |= told_by_others(session, [id_ for id_, (first, _) in spans.items() if first == 1])
    left: list[Left] = []
    for batch in _batches({id_: spans[id_] for id_ in sorted(again)}):
        left += (_left(stored, back) for stored, back in _ways_back(session, batch) if back.conflicts)
    return left[:_SHOWN]


def _undo_batch(session: Session, spans: Spans, change: Change) -> Undone:
    ways = list(_ways_back(session, spans))
    updates = [(stored, {**stored.facts, **back.facts}) for stored, back in ways if back.facts]
    update_listings(session, updates, change)
    retired = sum(spans[stored.id][0] == 1 for stored, _ in updates)
    left = [_left(stored, back) for stored, back in ways if back.conflicts]
    return Undone(len(updates) - retired, retired, left)


def _ways_back(session: Session, spans: Spans) -> Iterator[tuple[Stored, Undoing]]:
    new = {id_: span for id_, span in spans.items() if span[0] == 1}
    yield from ways_back(session, {id_: span for id_, span in spans.items() if id_ not in new})
    # What another source tells of as well, or what another listing became part of, is there without this import.
    needed = told_by_others(session, new) | kept_in_merges(session, new)
    for stored, _, after in facts_around(session, new):
        yield stored, _retired(stored, after, is_needed=stored.id in needed)


def _retired(stored: Stored, after: Mapping[str, object], *, is_needed: bool) -> Undoing:
    if stored.facts["status"] is Status.RETIRED:
        return Undoing({}, ())
    back = differences_taken_back({**after, "status": Status.RETIRED}, after, stored.facts)
    return Undoing({}, ("status",)) if is_needed or back.conflicts else back


def _left(stored: Stored, back: Undoing) -> Left:
    return Left(stored.id, stored.facts["name"], back.conflicts)


def _with(one: Undone, other: Undone) -> Undone:
    return Undone(one.changed + other.changed, one.retired + other.retired, [*one.left, *other.left])


def _touched(run: ImportRun) -> Select[int]:
    return select(Revision.provider_id).where(Revision.import_run_id == run.id)


def _spans(session: Session, run: ImportRun) -> dict[int, tuple[int, int]]:
    row = Revision
    made = select(row.provider_id, func.min(row.version), func.max(row.version)).where(row.import_run_id == run.id)
    found = session.execute(made.group_by(row.provider_id).order_by(row.provider_id))
    return {id_: (first, last) for id_, first, last in found}


def _told(session: Session, run: ImportRun) -> list[int]:
    """The listings of which the import told something as a check."""
    told = select(Check.provider_id).where(Check.method == CheckMethod.IMPORT, Check.recorded_at == run.started_at)
    return list(session.scalars(told.distinct()))


def _namings(run: ImportRun) -> list[Naming]:
    return [naming_from(kept) for kept in run.report.get("names", ())]


def _close_conflicts(session: Session, run: ImportRun) -> None:
    waiting = (ImportConflict.import_run_id == run.id, ImportConflict.state == ConflictState.OPEN)
    session.execute(update(ImportConflict).where(*waiting).values(state=ConflictState.GONE))


def _rebuild(session: Session, ids: Sequence[int]) -> None:
    """Let the groups of these listings stand by what else was checked."""
    for start in range(0, len(ids), _BATCH):
        batch = Provider.id.in_(ids[start : start + _BATCH])
        since = {id_: at.date() for id_, at in session.execute(select(Provider.id, Provider.created_at).where(batch))}
        listings = load_stored(session, batch)
        rebuild_many(session, {stored.id: (groups_said(stored.facts), since[stored.id]) for stored in listings})


def _batches(spans: Spans) -> Iterator[Spans]:
    left = iter(spans.items())
    while batch := dict(islice(left, _BATCH)):
        yield batch
