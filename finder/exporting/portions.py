"""All published listings, some at a time: as much memory for many as for few."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.models import Provider, published_providers

_AT_A_TIME = 200


def published_ids(session: Session) -> Sequence[int]:
    """The row ids of the published listings, in ascending order."""
    published = select(Provider.id).where(Provider.status == Status.PUBLISHED).order_by(Provider.id)
    return session.scalars(published).all()


def portions(session: Session, ids: Sequence[int]) -> Iterator[Sequence[Provider]]:
    """The listings with these ids that are still published, by id, with all that belongs to them."""
    for first in range(0, len(ids), _AT_A_TIME):
        some = published_providers().where(Provider.id.in_(ids[first : first + _AT_A_TIME]))
        yield session.scalars(some.order_by(Provider.id)).all()
