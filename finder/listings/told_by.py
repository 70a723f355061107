"""Which sources tell of a listing, each of which must be named with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.models import KnownAs, Provider, Source


def sources_of(session: Session, listing: Provider) -> tuple[Source, ...]:
    """The listing's own source, which must be loaded, then the others that told facts of it, by name; one query."""
    others = (
        select(Source)
        .where(
            Source.key.in_(
                select(KnownAs.source_key).where(KnownAs.provider_id == listing.id, KnownAs.facts.is_not(None))
            ),
            Source.key != listing.source_key,
        )
        .order_by(Source.name, Source.key)
    )
    return (listing.source, *session.scalars(others))
