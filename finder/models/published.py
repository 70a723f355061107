"""What the public may read of the listings."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from finder.domain.listing import Status
from finder.models.provider import Provider


def published_providers() -> Select[Provider]:
    """Published listings with all that belongs to them: a fixed number of queries, however many listings."""
    return (
        select(Provider)
        .where(Provider.status == Status.PUBLISHED)
        .options(
            joinedload(Provider.organization),
            joinedload(Provider.source),
            selectinload(Provider.other_sources),
            selectinload(Provider.phones),
            selectinload(Provider.tags),
            selectinload(Provider.schedules),
        )
    )
