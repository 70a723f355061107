"""Taking changes back. Nothing is deleted: what is taken back is one more change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from finder.listings.draft import FACTS
from finder.listings.stored import Stored
from finder.listings.timeline import facts_around, facts_at, the_stored
from finder.listings.write import Change, update_listings

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("status", "review_reason"),
    (
        *("address_1", "address_2", "city", "county", "state", "postal_code", "country"),
        *("confidential", "point", "precision", "time_zone"),
    ),
    ("minimum_age", "maximum_age"),
    ("accepting", "beds", "availability_as_of", "availability_expires"),
    ("verified_on", "review_due_on"),
)
"""Facts that make sense only with each other: a position belongs to its address."""


def facts_together() -> tuple[tuple[str, ...], ...]:
    """Every fact once, with those that it belongs to."""
    alone = [(name,) for name in FACTS if not any(name in facts for facts in TOGETHER)]
    return (*TOGETHER, *alone)


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back one change means: the facts as they would be, and those of it that changed again since."""

    facts: Mapping[str, Any]
    conflicts: tuple[str, ...]


def restore(session: Session, provider_id: int, version: int, change: Change) -> bool:
    """Make a listing say exactly what it said after the change with this version; false if it does. The caller commits.

    Raises ``LookupError`` for a listing or version that isn't there, `Conflict` if it changes under our hands.
    """
    stored = the_stored(session, provider_id)
    facts = facts_at(session, stored, version)
    return _write(session, stored, facts, _with_reason(change, f"Back to version {version}"))


def undoing(session: Session, provider_id: int, version: int) -> Undoing:
    """What `undo` would do, to show it first. Raises as `undo` does."""
    return way_back(session, the_stored(session, provider_id), version)


def undo(session: Session, provider_id: int, version: int, change: Change) -> Undoing:
    """Take back one change; later changes of other facts stay. The caller commits.

    A fact that changed again since, or one that it belongs to, stays as it is and is named as a conflict. Raises
    ``ValueError`` for the first version, which made the listing (retire it instead), and otherwise as `restore`.
    """
    stored = the_stored(session, provider_id)
    found = way_back(session, stored, version)
    facts = {**stored.facts, **found.facts}
    _write(session, stored, facts, _with_reason(change, f"Change {version} taken back"))
    return found


def way_back(session: Session, stored: Stored, version: int) -> Undoing:
    """What taking back one change of a listing that was read means. Raises as `undo` does."""
    if version == 1:
        raise ValueError("the first version made the listing: it can be retired, not taken back")
    return differences_taken_back(
        facts_at(session, stored, version - 1), facts_at(session, stored, version), stored.facts
    )


def ways_back(session: Session, spans: Mapping[int, tuple[int, int]]) -> Iterator[tuple[Stored, Undoing]]:
    """The same of some hundred listings by row id, over all changes from the first to the last of these versions.

    Raises ``ValueError`` as `undo` does.
    """
    if any(first == 1 for first, _ in spans.values()):
        raise ValueError("the first version made the listing: it can be retired, not taken back")
    for stored, before, after in facts_around(session, spans):
        yield stored, differences_taken_back(before, after, stored.facts)


def differences_taken_back(before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, Any]) -> Undoing:
    """The way back from ``after`` to ``before`` for facts that are still, or again, as ``after`` has them."""
    facts: dict[str, Any] = {}
    conflicts: list[str] = []
    for names in facts_together():
        changed = [name for name in names if before[name] != after[name]]
        if not changed or all(now[name] == before[name] for name in changed):
            continue
        if all(now[name] == after[name] for name in names):
            facts |= {name: before[name] for name in changed}
        else:
            conflicts += changed
    return Undoing(facts, tuple(conflicts))


def _write(session: Session, stored: Stored, facts: Mapping[str, Any], change: Change) -> bool:
    if facts == stored.facts:
        return False
    update_listings(session, [(stored, facts)], change)
    return True


def _with_reason(change: Change, reason: str) -> Change:
    return change if change.reason else replace(change, reason=reason)
