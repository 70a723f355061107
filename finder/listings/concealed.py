"""Which listings no map may show where they stand."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.models import Provider

_EXACT = (Precision.ADDRESS, Precision.STREET)


def ids_to_conceal(session: Session) -> frozenset[int]:
    """The ids of published confidential listings whose position is finer than the middle of a ZIP or a city."""
    exact = select(Provider.id).where(
        Provider.status == Status.PUBLISHED, Provider.confidential, Provider.precision.in_(_EXACT)
    )
    return frozenset(session.scalars(exact.order_by(Provider.id)))
