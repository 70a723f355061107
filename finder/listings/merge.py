"""Making one listing of two that are the same place, and taking that back."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session, aliased

from finder.domain.duplicates import Decision
from finder.domain.listing import Status
from finder.listings.concealed import concealed
from finder.listings.draft import FACTS
from finder.listings.duplicates import decide
from finder.listings.policy import policy_in_force
from finder.listings.scope import of_alias
from finder.listings.standing import (
    Facts,
    dates_of,
    groups_said,
    load_standings,
    rebuild_standings,
    replace_standings,
    standings_of_both,
)
from finder.listings.stored import Stored, load_stored
from finder.listings.undo import facts_together, way_back
from finder.listings.write import Change, update_listings
from finder.models import Merge, Provider

_PAGE = 50
_LONGEST_REASON = 300
_LISTS = frozenset({"phones", "tags", "schedules"})
_OF_THE_LISTING_ITSELF = frozenset({"status", "review_reason", "verified_on", "review_due_on", "confidential"})

CHOOSABLE: tuple[str, ...] = tuple(name for name in FACTS if name not in _OF_THE_LISTING_ITSELF)
"""The facts that are chosen when two listings are made one."""


class Side(StrEnum):
    """Whose fact the merged listing has; ``both`` is for phones, tags and schedules."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


def merge(session: Session, kept_id: int, other_id: int, choices: Mapping[str, Side], change: Change) -> Merge:
    """Make the other listing part of the kept one: it is retired, and its address leads there. The caller commits.

    ``choices`` say fact by fact which side is right, the kept one where they are silent; facts that make sense only
    together go together. A place whose address is confidential in one of the two stays so. What was taken from the
    other listing stands as it stood there, and outlives the next import of the kept one.

    Raises ``LookupError`` for a listing that isn't there, ``ValueError`` for one that is retired, for twice the same,
    and for choices that can't be. Begin the transaction with `finder.models.connection.begin_writing`.
    """
    kept, other = _both(session, kept_id, other_id)
    if Status.RETIRED in {kept.facts["status"], other.facts["status"]}:
        raise ValueError("a retired listing can't be merged")
    facts = merged_facts(kept.facts, other.facts, choices)
    taken = [name for name in FACTS if facts[name] != kept.facts[name]]
    standings = load_standings(session, [kept_id, other_id])
    united = standings_of_both(standings[kept_id], standings[other_id], facts, other.facts, taken)
    facts |= dates_of(united, policy_in_force(session)) if taken else {}
    retired = {**other.facts, "status": Status.RETIRED, "review_reason": ""}
    reason = f"{other.facts['name']}: made part of {kept.facts['name']}"
    update_listings(session, [(kept, facts), (other, retired)], _with_reason(change, reason))
    replace_standings(session, {kept_id: united})
    decide(session, kept_id, other_id, Decision.MERGED, change)
    return _note(session, kept, other, taken, change)


def undo_merge(session: Session, other_id: int, change: Change) -> tuple[str, ...]:
    """Bring back the listing that was made part of another, and both as they were. The caller commits.

    Gives the facts that changed again since: those stay as they are now. Raises ``LookupError`` where the listing isn't
    part of another.
    """
    merged = session.scalars(select(Merge).where(Merge.retired_id == other_id, _IN_FORCE)).one_or_none()
    if merged is None:
        raise LookupError(f"listing {other_id} is not part of another")
    kept, other = _both(session, merged.kept_id, other_id)
    undone = [
        (kept, way_back(session, kept, merged.kept_version)),
        (other, way_back(session, other, merged.retired_version)),
    ]
    updates = [(stored, {**stored.facts, **back.facts}) for stored, back in undone if back.facts]
    update_listings(session, updates, _with_reason(change, "Not the same place: merge taken back"))
    merged.undone_at, merged.undone_by = change.at, change.by
    decide(session, kept.id, other.id, Decision.OPEN, change)
    said = groups_said({**kept.facts, **undone[0][1].facts})
    rebuild_standings(session, kept.id, said, change.at.date())
    return tuple(name for _, back in undone for name in back.conflicts)


def merged_facts(kept: Facts, other: Facts, choices: Mapping[str, Side]) -> dict[str, Any]:
    """The facts of the merged listing. Raises ``ValueError`` for choices that can't be."""
    if wrong := [name for name in choices if name not in CHOOSABLE]:
        raise ValueError(f"nobody chooses {', '.join(wrong)}")
    if wrong := [name for name, side in choices.items() if side is Side.BOTH and name not in _LISTS]:
        raise ValueError(f"there is only one {', '.join(wrong)}")
    facts = dict(kept)
    for names in facts_together():
        side = _side_of(names, choices)
        facts |= {name: _chosen(side, kept[name], other[name]) for name in names if name in CHOOSABLE}
    return concealed(facts | {"confidential": kept["confidential"] or other["confidential"]})


def _side_of(names: tuple[str, ...], choices: Mapping[str, Side]) -> Side:
    sides = {choices[name] for name in names if name in choices}
    if len(sides) > 1:
        raise ValueError(f"{', '.join(name for name in names if name in choices)}: only together, from one side")
    return next(iter(sides), Side.KEPT)


def _chosen(side: Side, kept: Any, other: Any) -> Any:
    if side is not Side.BOTH:
        return kept if side is Side.KEPT else other
    if isinstance(kept, frozenset):
        return kept | other
    return (*kept, *(each for each in other if each not in kept))


def moved_to(session: Session, slug: str) -> str | None:
    """The address of the published listing that the one at ``slug`` was made part of, over any number of merges."""
    return session.scalar(select(Provider.slug).where(_end_of(Provider.slug == slug)))


def moved_to_id(session: Session, public_id: uuid.UUID) -> uuid.UUID | None:
    """The same for the id by which the public's data knows a listing."""
    return session.scalar(select(Provider.public_id).where(_end_of(Provider.public_id == public_id)))


def _end_of(beginning: ColumnElement[bool]) -> ColumnElement[bool]:
    retired = Provider.status == Status.RETIRED
    way = select(Provider.id).where(beginning, retired).cte("way", recursive=True)
    # UNION, which drops what it has met: the way ends even if somebody led it in a circle.
    step = (
        select(Merge.kept_id)
        .join(way, way.c.id == Merge.retired_id)
        .join(Provider, Provider.id == Merge.retired_id)
        .where(_IN_FORCE, retired)
    )
    way = way.union(step)
    return Provider.id.in_(select(way.c.id)) & (Provider.status == Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge, with both listings as they are now."""

    merge: Merge
    kept: Provider
    retired: Provider


def merges(
    session: Session, *, limit: int = _PAGE, offset: int = 0, scope: ColumnElement[bool] | None = None
) -> list[Merged]:
    """Merges, taken back or not, newest first; one query. ``scope`` is a condition on `Provider` for either listing."""
    kept, retired = aliased(Provider), aliased(Provider)
    query = (
        select(Merge, kept, retired)
        .join(kept, kept.id == Merge.kept_id)
        .join(retired, retired.id == Merge.retired_id)
        .order_by(Merge.id.desc())
    )
    if scope is not None:
        query = query.where(or_(*(of_alias(scope, each) for each in (kept, retired))))
    return [Merged(*found) for found in session.execute(query.offset(offset).limit(limit))]


def facts_taken(session: Session, provider_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The facts that these listings took from listings that were made part of them; one query."""
    query = select(Merge.kept_id, Merge.fields).where(Merge.kept_id.in_(provider_ids), _IN_FORCE)
    taken: dict[int, frozenset[str]] = {}
    for kept_id, fields in session.execute(query.order_by(Merge.id)):
        taken[kept_id] = taken.get(kept_id, frozenset()) | frozenset(fields)
    return taken


def kept_in_merges(session: Session, provider_ids: Collection[int]) -> frozenset[int]:
    """Those of some hundred listings that others became part of; one query."""
    return frozenset(session.scalars(select(Merge.kept_id).where(Merge.kept_id.in_(provider_ids), _IN_FORCE)))


def _both(session: Session, kept_id: int, other_id: int) -> tuple[Stored, Stored]:
    """Both listings, locked until the transaction ends."""
    if kept_id == other_id:
        raise ValueError("a listing can't be merged with itself")
    ids = [kept_id, other_id]
    session.execute(select(Provider.id).where(Provider.id.in_(ids)).order_by(Provider.id).with_for_update())
    found = {stored.id: stored for stored in load_stored(session, Provider.id.in_(ids))}
    if missing := [str(id_) for id_ in ids if id_ not in found]:
        raise LookupError(f"no listing {', '.join(missing)}")
    return found[kept_id], found[other_id]


def _note(session: Session, kept: Stored, other: Stored, taken: list[str], change: Change) -> Merge:
    # Somebody may have brought a merged listing back by hand: only the newest merge counts.
    session.execute(
        update(Merge)
        .where(Merge.retired_id == other.id, _IN_FORCE)
        .values(undone_at=change.at, undone_by=change.by)
        .execution_options(synchronize_session=False)
    )
    merged = Merge(
        kept_id=kept.id,
        retired_id=other.id,
        kept_version=kept.version + 1,
        retired_version=other.version + 1,
        fields=taken,
        merged_at=change.at,
        merged_by=change.by,
    )
    session.add(merged)
    session.flush()
    return merged


def _with_reason(change: Change, reason: str) -> Change:
    return change if change.reason else replace(change, reason=reason[:_LONGEST_REASON])


_IN_FORCE = Merge.undone_at.is_(None)
