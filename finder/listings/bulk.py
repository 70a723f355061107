"""Doing one thing to many listings at once: looking first, then all of it in one transaction."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, select, true
from sqlalchemy.orm import Session

from finder.domain.bulk import MOST_AT_ONCE, Deed
from finder.domain.listing import Status
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.domain.vocabulary import Code, Facet, Tag
from finder.listings.amend import amend
from finder.listings.assign import assign, assigned
from finder.listings.checks import record_checks_of_many
from finder.listings.publishing import FROM, status_facts
from finder.listings.standing import load_standings
from finder.listings.standings_kept import kept
from finder.listings.write import Change, Conflict
from finder.models import Assignment, BulkChange, BulkChangeItem, Provider, ProviderTag, Standing

_STATUSES = {Deed.PUBLISH: Status.PUBLISHED, Deed.HIDE: Status.HIDDEN, Deed.RETIRE: Status.RETIRED}
_LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done.

    To hide and to retire needs a ``reason``, to verify ``groups`` and a ``method``, to add or remove a tag the ``tag``.
    ``account_id`` is whom listings are assigned to, ``None`` for nobody. ``detail`` says all that in words.
    """

    deed: Deed
    reason: str = ""
    groups: frozenset[FieldGroup] = frozenset()
    method: CheckMethod = CheckMethod.CALL
    tag: Tag | None = None
    account_id: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the listings, as it was when somebody looked."""

    id: int
    version: int
    name: str
    city: str
    state: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Which listings a task would change, which are so already, and which the person may not change."""

    changing: tuple[Candidate, ...]
    same: tuple[Candidate, ...]
    refused: tuple[Candidate, ...]

    @property
    def digest(self) -> str:
        """Tells this plan from one for other listings, or for the same after somebody changed one."""
        return hashlib.sha256(repr([(each.id, each.version) for each in self.changing]).encode()).hexdigest()


def plan(session: Session, task: Task, ids: Collection[int], *, scope: ColumnElement[bool] | None) -> Plan:
    """What the task would do to these listings; one query. ``scope`` is true of those that the person may change.

    Raises ``ValueError`` for more than `MOST_AT_ONCE`.
    """
    if len(ids) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} listings at once")
    row = Provider
    may = true() if scope is None else scope
    columns = (row.id, row.version, row.name, row.city, row.state, may.label("may"), _would_change(task).label("would"))
    parts: dict[str, list[Candidate]] = {"changing": [], "same": [], "refused": []}
    found = session.execute(select(*columns).where(row.id.in_(ids)).order_by(row.id))
    for id_, version, name, city, state, may_change, would in found:
        part = ("changing" if would else "same") if may_change else "refused"
        parts[part].append(Candidate(id_, version, name, city, state))
    return Plan(**{part: tuple(candidates) for part, candidates in parts.items()})


def apply(session: Session, task: Task, planned: Plan, change: Change) -> BulkChange:
    """Do it to all listings that it changes, and keep what is needed to take it back. The caller commits.

    Raises `Conflict` where one of them is no longer as it was planned; nothing may be committed then. Begin the
    transaction with `finder.models.connection.begin_writing`.
    """
    versions = {each.id: each.version for each in planned.changing}
    before = _do(session, task, versions, change)
    made = BulkChange(deed=task.deed, detail=task.detail[:_LONGEST_DETAIL], at=change.at, by=change.by)
    session.add(made)
    session.flush()
    _note_items(session, made.id, versions, before)
    return made


def _do(session: Session, task: Task, versions: Mapping[int, int], change: Change) -> Mapping[int, dict[str, Any]]:
    """Do the task; gives what no revision will know of before, by listing."""
    if task.deed is Deed.VERIFY:
        return _verify(session, task, versions, change)
    if task.deed is Deed.ASSIGN:
        before = assigned(session, versions)
        assign(session, versions.keys(), task.account_id, change)
        return {id_: {"before": before.get(id_), "after": task.account_id} for id_ in versions}
    amend(session, _amendments(session, task, versions), change, versions=versions)
    return {}


def _amendments(session: Session, task: Task, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    if task.deed in _STATUSES:
        return {id_: status_facts(_STATUSES[task.deed], task.reason) for id_ in ids}
    tags: dict[int, set[Tag]] = {id_: set() for id_ in ids}
    row = ProviderTag
    for id_, facet, code in session.execute(
        select(row.provider_id, row.facet, row.code).where(row.provider_id.in_(ids))
    ):
        tags[id_].add(Tag(Facet(facet), Code(code)))
    chosen = {_tag(task)}
    return {id_: {"tags": frozenset(_with(has, chosen, task.deed))} for id_, has in tags.items()}


def _with(has: set[Tag], chosen: set[Tag], deed: Deed) -> set[Tag]:
    return has | chosen if deed is Deed.ADD_TAG else has - chosen


def _verify(session: Session, task: Task, versions: Mapping[int, int], change: Change) -> dict[int, dict[str, Any]]:
    """Record one check of the chosen groups of each listing, as far as it says something of them."""
    _refuse_changed(session, versions)
    before = load_standings(session, versions)
    found = {
        id_: [_confirmed(group, task, change) for group in sorted(task.groups & before[id_].keys())] for id_ in versions
    }
    record_checks_of_many(session, found, change)
    after = load_standings(session, versions)
    return {id_: kept(task.groups, before[id_], after[id_]) for id_ in versions}


def _confirmed(group: FieldGroup, task: Task, change: Change) -> Finding:
    return Finding(group=group, method=task.method, result=CheckResult.CONFIRMED, on=change.at.date(), note=task.reason)


def _refuse_changed(session: Session, versions: Mapping[int, int]) -> None:
    if _versions(session, versions) != versions:
        raise Conflict("one of the listings is at another version")


def _versions(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = select(Provider.id, Provider.version).where(Provider.id.in_(ids)).with_for_update()
    return dict(session.execute(query).all())


def _note_items(
    session: Session, bulk_id: int, versions: Mapping[int, int], before: Mapping[int, dict[str, Any]]
) -> None:
    now = _versions(session, versions)
    rows = [
        {
            "bulk_change_id": bulk_id,
            "provider_id": id_,
            "version": now[id_] if now[id_] != version else None,
            "before": before.get(id_, {}),
        }
        for id_, version in versions.items()
    ]
    if rows:
        session.execute(insert(BulkChangeItem), rows)


def _would_change(task: Task) -> ColumnElement[bool]:
    if task.deed in _STATUSES:
        return Provider.status.in_(sorted(FROM[_STATUSES[task.deed]]))
    if task.deed is Deed.VERIFY:
        says = select(Standing.provider_id).where(Standing.provider_id == Provider.id)
        return and_(
            Provider.status != Status.RETIRED, says.where(Standing.field_group.in_(sorted(task.groups))).exists()
        )
    if task.deed is Deed.ASSIGN:
        theirs = select(Assignment.provider_id).where(Assignment.provider_id == Provider.id)
        if task.account_id is None:
            return theirs.exists()
        return ~theirs.where(Assignment.account_id == task.account_id).exists()
    tag = _tag(task)
    has = select(ProviderTag.code).where(ProviderTag.provider_id == Provider.id)
    has_it = has.where(ProviderTag.facet == tag.facet, ProviderTag.code == tag.code).exists()
    return ~has_it if task.deed is Deed.ADD_TAG else has_it


def _tag(task: Task) -> Tag:
    if task.tag is None:
        raise ValueError(f"{task.deed} needs a tag")
    return task.tag
