"""How each group of a listing's facts stands: told by a source, found true by a person, or never checked.

The rows of `Standing` are drawn from checks, for a work queue that answers at once; whoever writes a listing keeps
them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, insert, literal, or_, select
from sqlalchemy.orm import Session

from finder.domain.review import FACTS_OF, CheckMethod, CheckResult, FieldGroup, ReviewPolicy, group_of_facet
from finder.listings.plain import insert_plain
from finder.listings.policy import policy_in_force
from finder.models import Base, Check, ImportRun, Standing

Facts = Mapping[str, Any]
_CHECKS, _STANDINGS = (Base.metadata.tables[model.__tablename__] for model in (Check, Standing))
_SAYS_NOTHING: tuple[Any, ...] = (None, "", ())
# These are set on every listing, or say something only beside another fact of their group.
_NEVER_ALONE = frozenset({"country", "confidential", "precision", "point", "time_zone", "tags"})
_ALONE = tuple((group, name) for group, names in FACTS_OF.items() for name in names if name not in _NEVER_ALONE)


@dataclass(frozen=True, slots=True)
class Stands:
    """How one group stands. ``checked_on`` and ``method`` are ``None`` where it was never checked."""

    checked_on: dt.date | None
    method: CheckMethod | None
    due_on: dt.date
    tried_on: dt.date | None = None

    @property
    def is_a_persons(self) -> bool:
        """Whether a person found the facts true, not just a source that told them again."""
        return self.method not in {None, CheckMethod.IMPORT}


Standings = Mapping[FieldGroup, Stands]
"""How a listing stands, by the groups of which it says something."""


def groups_said(facts: Facts) -> frozenset[FieldGroup]:
    """The groups of which a listing says something."""
    told = {group_of_facet(facet) for facet in {tag.facet for tag in facts["tags"]}}
    told.update(group for group, name in _ALONE if facts[name] not in _SAYS_NOTHING)
    return frozenset(told)


def never_checked(groups: Iterable[FieldGroup], since: dt.date) -> dict[FieldGroup, Stands]:
    """Groups that nobody checked yet: due at once."""
    return {group: Stands(None, None, since) for group in groups}


def as_told(facts: Facts, policy: ReviewPolicy) -> dict[FieldGroup, Stands]:
    """How the facts stand that a source tells: as checked on the day that it names, none where it names no day.

    They are due again when the source says so, or else by the policy.
    """
    as_of, due_on = facts["verified_on"], facts["review_due_on"]
    if as_of is None:
        return {}
    return {group: _told(as_of, due_on or policy.due_on(group, as_of)) for group in groups_said(facts)}


@lru_cache(maxsize=1024)
def _told(as_of: dt.date, due_on: dt.date) -> Stands:
    """Made once for all listings that a file tells of: a directory has 60,000 groups of one day."""
    return Stands(as_of, CheckMethod.IMPORT, due_on)


def dates_of(standings: Standings, policy: ReviewPolicy) -> dict[str, dt.date | None]:
    """The oldest check and the next due day of a listing's essential groups: its ``verified_on`` and ``review_due_on``.

    So a listing is never said to have been checked while something without which nobody gets there was not.
    """
    essential = [standings[group] for group in policy.essential(standings)]
    checked = [stands.checked_on for stands in essential if stands.checked_on is not None]
    return {
        "verified_on": min(checked) if checked and len(checked) == len(essential) else None,
        "review_due_on": min((stands.due_on for stands in essential), default=None),
    }


def standings_of_both(
    kept: Standings, other: Standings, facts: Facts, others_facts: Facts, taken: Iterable[str]
) -> dict[FieldGroup, Stands]:
    """How a listing with these facts stands that took some from another listing.

    A group that is all the other's stands as it stood there; one that is so in part, as where it was checked earlier.
    """
    mixed = {group for group, names in FACTS_OF.items() if not set(names).isdisjoint(taken)}
    both = dict(kept)
    for group in mixed & other.keys():
        is_the_others = all(facts[name] == others_facts[name] for name in FACTS_OF[group])
        both[group] = other[group] if is_the_others or group not in kept else _older(kept[group], other[group])
    return {group: stands for group, stands in both.items() if group in groups_said(facts)}


def _older(one: Stands, other: Stands) -> Stands:
    return min(one, other, key=lambda stands: (stands.checked_on or dt.date.min, stands.due_on))


def load_standings(session: Session, provider_ids: Iterable[int]) -> Mapping[int, dict[FieldGroup, Stands]]:
    """How these listings stand, in one query; one without rows stands empty."""
    row = Standing
    query = select(row.provider_id, row.field_group, row.checked_on, row.method, row.due_on, row.tried_on)
    query = query.where(row.provider_id.in_(provider_ids)).order_by(row.provider_id, row.field_group)
    found: defaultdict[int, dict[FieldGroup, Stands]] = defaultdict(dict)
    for provider_id, group, checked_on, method, due_on, tried_on in session.execute(query):
        found[provider_id][group] = Stands(checked_on, method, due_on, tried_on)
    return found


def begin_standings(session: Session, listed: Sequence[tuple[int, Facts]], by: str, at: dt.datetime) -> None:
    """Note how new listings stand, as (row id, facts): as their source tells it, or never checked."""
    since, policy = at.date(), policy_in_force(session)
    _insert(session, {id_: as_told(facts, policy) or never_checked(groups_said(facts), since) for id_, facts in listed})
    row = _STANDINGS.c
    told = select(
        *(
            row.provider_id,
            row.field_group,
            row.checked_on,
            row.method,
            literal(CheckResult.CONFIRMED, _CHECKS.c.result.type),
        ),
        *(row.due_on, literal(by), literal(""), literal(at, _CHECKS.c.recorded_at.type)),
    ).where(row.provider_id.in_([id_ for id_, _ in listed]), row.checked_on.is_not(None))
    columns = [column for column in _CHECKS.columns if not column.primary_key]
    session.execute(insert(_CHECKS).from_select(columns, told.order_by(row.provider_id, row.field_group)))


def follow_facts(session: Session, updates: Iterable[tuple[int, Facts, Facts]], since: dt.date) -> None:
    """Keep a row for each group of which a changed listing, as (row id, facts before, facts after), says something."""
    begun: dict[int, dict[FieldGroup, Stands]] = {}
    for id_, before, after in updates:
        said_before, said = groups_said(before), groups_said(after)
        if said - said_before:
            begun[id_] = never_checked(said - said_before, since)
        if gone := said_before - said:
            session.execute(delete(Standing).where(Standing.provider_id == id_, Standing.field_group.in_(gone)))
    _insert(session, begun)


def replace_standings(session: Session, standings: Mapping[int, Standings]) -> None:
    """Write how listings stand, by row id, in place of what was noted before."""
    if standings:
        session.execute(delete(Standing).where(Standing.provider_id.in_(standings)))
        _insert(session, standings)


def rebuild_standings(session: Session, provider_id: int, groups: Iterable[FieldGroup], since: dt.date) -> None:
    """Write how the groups of a listing stand by its checks alone; one without any is due since ``since`` or before."""
    rebuild_many(session, {provider_id: (groups, since)})


def rebuild_many(session: Session, listings: Mapping[int, tuple[Iterable[FieldGroup], dt.date]]) -> None:
    """The same for some hundred listings, by row id; a few queries. An import that was taken back checked nothing."""
    now = load_standings(session, listings)
    rebuilt: dict[int, dict[FieldGroup, Stands]] = {}
    for id_, (groups, since) in listings.items():
        waits = {group: stands.due_on for group, stands in now.get(id_, {}).items() if stands.checked_on is None}
        rebuilt[id_] = {group: Stands(None, None, min(since, waits.get(group, since))) for group in groups}
    row = Check
    undone = select(ImportRun.started_at).where(ImportRun.undone_at.is_not(None))
    found_true = select(row.provider_id, row.field_group, row.checked_on, row.method, row.counts_until).where(
        row.provider_id.in_(listings),
        row.counts_until.is_not(None),
        or_(row.method != CheckMethod.IMPORT, row.recorded_at.not_in(undone)),
    )
    for id_, group, checked_on, method, counts_until in session.execute(found_true.order_by(row.checked_on, row.id)):
        if group in rebuilt[id_] and counts_until is not None:
            rebuilt[id_][group] = Stands(checked_on, method, counts_until)
    replace_standings(session, rebuilt)


def note_told(session: Session, told: Mapping[int, Standings], by: str, at: dt.datetime) -> None:
    """Keep what a source told as its check, one a group."""
    rows = [
        {
            "provider_id": id_,
            "field_group": group,
            "checked_on": stands.checked_on,
            "method": CheckMethod.IMPORT,
            "result": CheckResult.CONFIRMED,
            "counts_until": stands.due_on,
            "by": by,
            "note": "",
            "recorded_at": at,
        }
        for id_, standings in told.items()
        for group, stands in sorted(standings.items())
    ]
    if rows:
        session.execute(insert(_CHECKS), rows)


def _insert(session: Session, standings: Mapping[int, Standings]) -> None:
    rows = [
        (id_, group.value, *_columns(stands)) for id_, groups in standings.items() for group, stands in groups.items()
    ]
    insert_plain(session, _STANDINGS, rows)


@lru_cache(maxsize=1024)
def _columns(stands: Stands) -> tuple[str | None, ...]:
    """In the order of the table, as the database keeps it; of an import's groups nearly all stand alike."""
    return (
        stands.checked_on.isoformat() if stands.checked_on else None,
        stands.method.value if stands.method else None,
        stands.due_on.isoformat(),
        stands.tried_on.isoformat() if stands.tried_on else None,
    )
