"""Changes of listings that somebody proposes and somebody else approves, all of them or a part."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, joinedload

from finder.domain.proposal import ProposalState
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings.amend import amend
from finder.listings.checks import record_checks
from finder.listings.collision import Difference, Whose, differences
from finder.listings.history import changes, from_json
from finder.listings.mended import groups_changed
from finder.listings.stored import Stored
from finder.listings.timeline import facts_at, the_stored
from finder.listings.write import Change
from finder.models import Proposal
from finder.models.proposal import LONGEST_ANSWER, LONGEST_REASON

_LONGEST_REASON = 300  # of a revision
Facts = Mapping[str, Any]


class AlreadyDecidedError(Exception):
    """Somebody else approved or rejected the proposal before."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A proposal beside the listing: what it said then, what it says now, what it would say.

    ``differences`` are the facts that would change, those together that make sense only so. One that somebody else
    changed since, to something else, is `Whose.BOTH`.
    """

    before: Facts
    now: Facts
    proposed: Facts
    differences: tuple[Difference, ...]


def propose(session: Session, stored: Stored, base_version: int, facts: Facts, change: Change) -> Proposal | None:
    """Keep what somebody wants a listing to say that they saw at a version; nothing where it says that already.

    The caller commits. Raises ``LookupError`` for a version that the listing hasn't had.
    """
    changed = changes(facts_at(session, stored, base_version), facts)
    if not changed:
        return None
    proposal = Proposal(
        provider_id=stored.id,
        base_version=base_version,
        changes=changed,
        by=change.by,
        reason=change.reason[:LONGEST_REASON],
        created_at=change.at,
    )
    session.add(proposal)
    session.flush()
    return proposal


def waiting(session: Session, where: ColumnElement[bool] | None, *, limit: int, skip: int = 0) -> Sequence[Proposal]:
    """Proposals that nobody has decided about, the oldest first, with their listings; one query.

    ``where`` is a condition on `Provider`, or ``None`` for all of them.
    """
    query = select(Proposal).join(Proposal.provider).where(Proposal.state == ProposalState.OPEN)
    if where is not None:
        query = query.where(where)
    whole = query.options(joinedload(Proposal.provider)).order_by(Proposal.created_at, Proposal.id)
    return session.scalars(whole.limit(limit).offset(skip)).all()


def latest_of(session: Session, by: str, *, limit: int = 20) -> Sequence[Proposal]:
    """What somebody proposed, the latest first, with the listings; one query."""
    query = select(Proposal).where(Proposal.by == by).options(joinedload(Proposal.provider))
    return session.scalars(query.order_by(Proposal.id.desc()).limit(limit)).all()


def with_id(session: Session, proposal_id: int) -> Proposal | None:
    """The proposal with this number, with its listing."""
    query = select(Proposal).where(Proposal.id == proposal_id)
    return session.scalar(query.options(joinedload(Proposal.provider)))


def compared(session: Session, proposal: Proposal) -> Compared:
    """The proposal beside the listing as it stands."""
    stored = the_stored(session, proposal.provider_id)
    before = facts_at(session, stored, proposal.base_version)
    proposed = {**before, **{name: from_json(name, after) for name, (_, after) in proposal.changes.items()}}
    found = differences(before, stored.facts, proposed)
    asked = tuple(each for each in found if each.whose is not Whose.THEIRS)
    return Compared(before, stored.facts, proposed, asked)


def accept(session: Session, proposal: Proposal, keys: Collection[str], change: Change) -> None:
    """Let the listing say what is proposed for the differences with these keys; the rest of the proposal is void.

    What changes counts as told by the place itself on the day of the proposal, so that no import takes it back. The
    history names who proposed it beside who approved it. Begin the transaction with
    `finder.models.connection.begin_writing`; the caller commits. Raises ``ValueError`` where no key is one of a
    difference, `AlreadyDecidedError`, and `finder.listings.Conflict` where the listing changes under our hands.
    """
    found = compared(session, proposal)
    names = [name for each in found.differences if each.key in keys for name in each.names]
    if not names:
        raise ValueError("nothing of the proposal was chosen")
    _decide(session, proposal, ProposalState.ACCEPTED, change)
    facts = {name: found.proposed[name] for name in names}
    named = replace(change, reason=f"Proposed by {proposal.by}: {proposal.reason}"[:_LONGEST_REASON])
    amend(session, {proposal.provider_id: facts}, named)
    told_on = proposal.created_at.date()
    if findings := [_finding(group, told_on) for group in sorted(groups_changed(found.now, {**found.now, **facts}))]:
        record_checks(session, proposal.provider_id, findings, named)


def reject(session: Session, proposal: Proposal, change: Change) -> None:
    """Leave the listing as it is; the reason of the change is what its sender reads. Raises `AlreadyDecidedError`."""
    _decide(session, proposal, ProposalState.REJECTED, change)


def _decide(session: Session, proposal: Proposal, state: ProposalState, change: Change) -> None:
    is_open = (Proposal.id == proposal.id, Proposal.state == ProposalState.OPEN)
    decided = {"state": state, "decided_by": change.by, "decided_at": change.at}
    statement = update(Proposal).where(*is_open).values(answer=change.reason[:LONGEST_ANSWER], **decided)
    if session.execute(statement.returning(Proposal.id)).first() is None:
        raise AlreadyDecidedError(f"proposal {proposal.id} is decided")


def _finding(group: FieldGroup, on: dt.date) -> Finding:
    return Finding(group=group, method=CheckMethod.REPRESENTATIVE, result=CheckResult.CORRECTED, on=on)
