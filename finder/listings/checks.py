"""Recording what people found out about a listing, and what follows from it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding, ReviewPolicy
from finder.listings.policy import policy_in_force
from finder.listings.standing import (
    Facts,
    Standings,
    Stands,
    dates_of,
    groups_said,
    load_standings,
    never_checked,
    replace_standings,
)
from finder.listings.stored import Stored, load_stored
from finder.listings.write import Change, update_listings
from finder.models import Base, Check, Provider

UNREACHED = "Nobody could be reached three times in a row."
"""Why a listing was hidden: the reason for its review."""

TRIES = 3
"""After so many records in a row by which nobody could be reached, a listing is hidden."""

_NEWEST = 50
_BATCH = 500
_CHECKS = Base.metadata.tables[Check.__tablename__]


def record_checks(session: Session, provider_id: int, findings: Sequence[Finding], change: Change) -> None:
    """Write what a person found out about groups of a listing's facts, and what follows from it. The caller commits.

    One call, one visit or one look at a website is one record, with at most one finding a group. What was corrected
    the caller saves, before this and in the same transaction. The listing's ``verified_on`` and ``review_due_on``
    follow. The third record in a row by which nobody could be reached hides the listing, with `UNREACHED` for a reason;
    one by which its phone was answered shows it again.

    Begin the transaction with `finder.models.connection.begin_writing`. Raises ``LookupError`` where there is no such
    listing, ``ValueError`` for no finding, two of one group, one of a day to come, and one by import.
    """
    record_checks_of_many(session, {provider_id: findings}, change)


def record_checks_of_many(session: Session, found: Mapping[int, Sequence[Finding]], change: Change) -> None:
    """The same for many listings, by row id, each with a record of its own: a few queries for some hundred of them."""
    for findings in found.values():
        _refuse_nonsense(findings, change)
    policy, ids = policy_in_force(session), sorted(found)
    for start in range(0, len(ids), _BATCH):
        _record_batch(session, {id_: found[id_] for id_ in ids[start : start + _BATCH]}, change, policy)


def _record_batch(
    session: Session, found: Mapping[int, Sequence[Finding]], change: Change, policy: ReviewPolicy
) -> None:
    session.execute(select(Provider.id).where(Provider.id.in_(found)).order_by(Provider.id).with_for_update())
    listings = load_stored(session, Provider.id.in_(found))
    if missing := found.keys() - {stored.id for stored in listings}:
        raise LookupError(f"no listing {', '.join(map(str, sorted(missing)))}")
    _note(session, found, change, policy)
    before, today = load_standings(session, found), change.at.date()
    standings: dict[int, Standings] = {}
    updates: defaultdict[Change, list[tuple[Stored, Facts]]] = defaultdict(list)
    for stored in listings:
        findings = found[stored.id]
        told = never_checked(groups_said(stored.facts), today) | before.get(stored.id, {})
        standings[stored.id] = _standings_after(told, findings, policy)
        facts = {**stored.facts, **_status_after(session, stored.id, stored.facts, findings)}
        if any(map(_found_true, findings)):
            facts |= dates_of(standings[stored.id], policy)
        if facts != stored.facts:
            updates[_with_reason(change, findings)].append((stored, facts))
    replace_standings(session, standings)
    for reasoned, changed in updates.items():
        update_listings(session, changed, reasoned)


def checks_of(session: Session, provider_id: int, *, limit: int = _NEWEST) -> list[Check]:
    """The newest checks of a listing, by people and by imports, newest first; one query."""
    newest = select(Check).where(Check.provider_id == provider_id).order_by(Check.id.desc()).limit(limit)
    return list(session.scalars(newest))


def _refuse_nonsense(findings: Sequence[Finding], change: Change) -> None:
    groups = [finding.group for finding in findings]
    if not groups or len(set(groups)) < len(groups):
        raise ValueError("a record has findings, one a group")
    if any(finding.on > change.at.date() for finding in findings):
        raise ValueError("nothing was found out on a day to come")
    if any(finding.method is CheckMethod.IMPORT for finding in findings):
        raise ValueError("what a source tells is noted when it is imported")


def _note(session: Session, found: Mapping[int, Sequence[Finding]], change: Change, policy: ReviewPolicy) -> None:
    rows = [
        {
            "provider_id": id_,
            "field_group": finding.group,
            "checked_on": finding.on,
            "method": finding.method,
            "result": finding.result,
            "counts_until": policy.due_on(finding.group, finding.on) if _found_true(finding) else None,
            "by": change.by,
            "note": finding.note,
            "recorded_at": change.at,
        }
        for id_, findings in found.items()
        for finding in findings
    ]
    session.execute(insert(_CHECKS), rows)


def _found_true(finding: Finding) -> bool:
    return finding.result is not CheckResult.COULD_NOT_REACH


def _standings_after(before: Standings, findings: Sequence[Finding], policy: ReviewPolicy) -> Standings:
    """How the groups stand that stood like ``before``."""
    after = dict(before)
    if in_vain := [finding.on for finding in findings if not _found_true(finding)]:
        after = {group: replace(stands, tried_on=max(in_vain)) for group, stands in after.items()}
    for finding in findings:
        if finding.group in after and _found_true(finding) and not _is_older(finding, after[finding.group]):
            due_on = policy.due_on(finding.group, finding.on)
            after[finding.group] = Stands(finding.on, finding.method, due_on)
    return after


def _is_older(finding: Finding, stands: Stands) -> bool:
    return stands.checked_on is not None and finding.on < stands.checked_on


def _status_after(session: Session, provider_id: int, facts: Facts, findings: Sequence[Finding]) -> dict[str, Any]:
    """Hidden where nobody could be reached, shown again where the phone was answered, or as it is."""
    is_hidden_for_it = facts["status"] is Status.HIDDEN and facts["review_reason"] == UNREACHED
    if is_hidden_for_it and any(finding.group is FieldGroup.PHONE and _found_true(finding) for finding in findings):
        return {"status": Status.PUBLISHED, "review_reason": ""}
    is_in_vain = not all(map(_found_true, findings))
    if is_in_vain and facts["status"] is Status.PUBLISHED and tries_in_vain(session, provider_id) >= TRIES:
        return {"status": Status.HIDDEN, "review_reason": UNREACHED}
    return {}


def tries_in_vain(session: Session, provider_id: int) -> int:
    """How many records of people there are since the last by which anybody was reached."""
    # A record has one check a group at most, so as many records as the group has that has most.
    tries: Counter[FieldGroup] = Counter()
    by_people = select(Check.field_group, Check.result).where(
        Check.provider_id == provider_id, Check.method != CheckMethod.IMPORT
    )
    for group, result in session.execute(by_people.order_by(Check.id.desc()).limit(TRIES * len(FieldGroup))):
        if result is not CheckResult.COULD_NOT_REACH:
            break
        tries[group] += 1
    return max(tries.values(), default=0)


def _with_reason(change: Change, findings: Sequence[Finding]) -> Change:
    groups = ", ".join(finding.group.value for finding in findings)
    return change if change.reason else replace(change, reason=f"Checked: {groups}")
