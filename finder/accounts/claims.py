"""Representatives ask to be put in charge of the listings of an organization; administrators decide."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from finder.accounts import people
from finder.accounts.log import Deed
from finder.accounts.people import Person
from finder.domain.account import Scope
from finder.domain.proposal import ProposalState
from finder.models import Account, Claim, Organization

_MOST = 200


def organization_called(session: Session, name: str) -> Organization | None:
    """The organization with this name, in large or small letters."""
    return session.scalars(
        select(Organization).where(func.lower(Organization.name) == name.strip().lower()).order_by(Organization.id)
    ).first()


def is_pointless(session: Session, account: Account, organization: Organization) -> bool:
    """Whether somebody is in charge of it already, or waits for an answer."""
    if any(scope.organization_id == organization.id for scope in account.scopes):
        return True
    same = (Claim.account_id == account.id, Claim.organization_id == organization.id)
    return session.scalar(select(Claim.id).where(*same, Claim.state == ProposalState.OPEN)) is not None


def ask(session: Session, account: Account, organization: Organization, words: str, now: dt.datetime) -> Claim:
    """Keep that somebody asks for it, and how they say we can know that it is theirs. The caller commits."""
    claim = Claim(account_id=account.id, organization_id=organization.id, words=words, created_at=now)
    session.add(claim)
    session.flush()
    return claim


def of(session: Session, account: Account) -> Sequence[Claim]:
    """What somebody asked for, the latest first."""
    mine = select(Claim).where(Claim.account_id == account.id).options(joinedload(Claim.organization))
    return session.scalars(mine.order_by(Claim.id.desc()).limit(_MOST)).all()


def waiting(session: Session) -> Sequence[Claim]:
    """All that nobody has decided about, the oldest first, with who asks and for what; one query."""
    whole = select(Claim).options(joinedload(Claim.organization), joinedload(Claim.account))
    found = whole.where(Claim.state == ProposalState.OPEN).order_by(Claim.created_at, Claim.id)
    return session.scalars(found.limit(_MOST)).all()


def approve(session: Session, claim_id: int, deed: Deed) -> bool:
    """Put somebody in charge of what they asked for; false where somebody decided before. The caller commits."""
    claim = _decided(session, claim_id, ProposalState.ACCEPTED, deed)
    account = people.with_id(session, claim.account_id) if claim else None
    if claim is None or account is None:
        return False
    scopes = frozenset({*(scope.value for scope in account.scopes), Scope(organization_id=claim.organization_id)})
    people.change(session, account, Person(name=account.name, role=account.role, scopes=scopes), deed)
    return True


def decline(session: Session, claim_id: int, deed: Deed) -> bool:
    """Leave it as it is; false where somebody decided before. The caller commits."""
    return _decided(session, claim_id, ProposalState.REJECTED, deed) is not None


def _decided(session: Session, claim_id: int, state: ProposalState, deed: Deed) -> Claim | None:
    is_open = (Claim.id == claim_id, Claim.state == ProposalState.OPEN)
    decided = {"state": state, "decided_by": deed.by, "decided_at": deed.at}
    return session.scalar(update(Claim).where(*is_open).values(**decided).returning(Claim))
