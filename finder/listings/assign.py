"""Who looks after which listings."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, joinedload, selectinload

from finder.domain.account import Action, may
from finder.listings.write import Change
from finder.models import Account, Assignment


def assign(session: Session, provider_ids: Collection[int], account_id: int | None, change: Change) -> None:
    """Let somebody look after listings, or nobody. The caller commits."""
    session.execute(delete(Assignment).where(Assignment.provider_id.in_(provider_ids)))
    if account_id is None or not provider_ids:
        return
    whose = {"account_id": account_id, "at": change.at, "by": change.by}
    session.execute(insert(Assignment), [{"provider_id": id_, **whose} for id_ in sorted(provider_ids)])


def assigned(session: Session, provider_ids: Collection[int]) -> Mapping[int, int]:
    """The accounts of those who look after these listings, by the listings' ids; one query."""
    query = select(Assignment.provider_id, Assignment.account_id).where(Assignment.provider_id.in_(provider_ids))
    return dict(session.execute(query).all())


def assignment_of(session: Session, provider_id: int) -> Assignment | None:
    """Who looks after a listing, with their account; one query."""
    query = select(Assignment).options(joinedload(Assignment.account)).where(Assignment.provider_id == provider_id)
    return session.scalars(query).one_or_none()


def assignable(session: Session) -> list[Account]:
    """The people who may look after listings, by name; two queries."""
    query = select(Account).options(selectinload(Account.scopes)).where(Account.disabled_at.is_(None))
    everybody = session.scalars(query.order_by(Account.name, Account.email))
    return [account for account in everybody if may(account.actor, Action.VERIFY)]
