"""Taking back what was done to many listings at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, literal, not_, select
from sqlalchemy.orm import Session

from finder.domain.bulk import Deed
from finder.listings.assign import assign, assigned
from finder.listings.standing import load_standings, replace_standings
from finder.listings.standings_kept import taken_back
from finder.listings.stored import Stored
from finder.listings.undo import Undoing, ways_back
from finder.listings.write import Change, update_listings
from finder.models import BulkChange, BulkChangeItem, Provider

_BATCH = 500
_NEWEST = 50
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Left:
    """A listing of which something stays as it is, because it changed again since: which of its facts."""

    id: int
    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many listings a change of many touched, and how many of them a person isn't in charge of."""

    listings: int
    refused: int


def bulk_changes(session: Session, *, limit: int = _NEWEST) -> list[tuple[BulkChange, int]]:
    """The newest changes of many listings with how many they were, newest first; one query."""
    row = BulkChange
    count = select(func.count()).where(BulkChangeItem.bulk_change_id == row.id).scalar_subquery()
    return [(change, many) for change, many in session.execute(select(row, count).order_by(row.id.desc()).limit(limit))]


def reach_of(session: Session, bulk_id: int, scope: ColumnElement[bool] | None) -> Reach:
    """How far a change of many goes; one query. ``scope`` is true of the listings that the person may change."""
    refused = literal(0) if scope is None else func.count().filter(not_(scope))
    numbers = select(func.count(), refused).select_from(BulkChangeItem)
    numbers = numbers.join(Provider, Provider.id == BulkChangeItem.provider_id)
    return Reach(*session.execute(numbers.where(BulkChangeItem.bulk_change_id == bulk_id)).one())


def left_by_undo(session: Session, bulk_id: int) -> list[Left]:
    """The first listings of which undo would leave something as it is, and what: to show it first."""
    again = (
        select(BulkChangeItem)
        .join(Provider, Provider.id == BulkChangeItem.provider_id)
        .where(BulkChangeItem.bulk_change_id == bulk_id, Provider.version != BulkChangeItem.version)
        .order_by(BulkChangeItem.provider_id)
        .limit(_SHOWN)
    )
    ways = _ways_back(session, list(session.scalars(again)))
    return [_left(stored, back) for stored, back in ways if back.conflicts]


def undo_bulk(session: Session, bulk: BulkChange, change: Change) -> list[Left]:
    """Take a change of many back, as one more change of each listing; gives those of which something stays.

    The caller commits. What changed again since stays as it is. Raises ``ValueError`` for one that was taken back
    already, `Conflict` where a listing changes under our hands. Begin the transaction with
    `finder.models.connection.begin_writing`.
    """
    if bulk.undone_at is not None:
        raise ValueError("it was taken back already")
    items = list(session.scalars(select(BulkChangeItem).where(BulkChangeItem.bulk_change_id == bulk.id)))
    left: list[Left] = []
    for start in range(0, len(items), _BATCH):
        left += _undo_batch(session, bulk, items[start : start + _BATCH], change)
    bulk.undone_at, bulk.undone_by = change.at, change.by
    session.flush()
    return left


def _undo_batch(session: Session, bulk: BulkChange, items: Sequence[BulkChangeItem], change: Change) -> list[Left]:
    ways = list(_ways_back(session, [item for item in items if item.version is not None]))
    updates = [(stored, {**stored.facts, **back.facts}) for stored, back in ways if back.facts]
    reason = change.reason or f"Change {bulk.id} of many listings taken back"
    update_listings(session, updates, replace(change, reason=reason))
    if bulk.deed is Deed.VERIFY:
        _undo_checks(session, items)
    if bulk.deed is Deed.ASSIGN:
        _undo_assignments(session, items, change)
    return [_left(stored, back) for stored, back in ways if back.conflicts]


def _ways_back(session: Session, items: Sequence[BulkChangeItem]) -> Iterator[tuple[Stored, Undoing]]:
    return ways_back(session, {each.provider_id: (each.version, each.version) for each in items if each.version})


def _undo_checks(session: Session, items: Sequence[BulkChangeItem]) -> None:
    """Let the groups stand as they stood. The checks stay on record: who said so, said so."""
    now = load_standings(session, [item.provider_id for item in items])
    back = {item.provider_id: taken_back(now.get(item.provider_id, {}), item.before) for item in items}
    replace_standings(session, back)


def _undo_assignments(session: Session, items: Sequence[BulkChangeItem], change: Change) -> None:
    now = assigned(session, [item.provider_id for item in items])
    unchanged = [item for item in items if now.get(item.provider_id) == item.before["after"]]
    for account_id in {item.before["before"] for item in unchanged}:
        theirs = [item.provider_id for item in unchanged if item.before["before"] == account_id]
        assign(session, theirs, account_id, change)


def _left(stored: Stored, back: Undoing) -> Left:
    return Left(stored.id, stored.facts["name"], back.conflicts)
