"""Reading listings for the public."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.models import Provider, Source, published_providers


def published_by_slug(session: Session, slug: str) -> Provider | None:
    """The listing at this address with all that belongs to it, or ``None`` where the public may see none there."""
    return session.scalars(published_providers().where(Provider.slug == slug)).one_or_none()


def published_by_slugs(session: Session, slugs: Sequence[str]) -> dict[str, Provider]:
    """The listings at these addresses that the public may see, by slug, with all that belongs to them.

    As many queries for twenty as for one.
    """
    found = session.scalars(published_providers().where(Provider.slug.in_(slugs)).order_by(Provider.id))
    return {listing.slug: listing for listing in found}


def fictional_are_shown(session: Session) -> bool:
    """Whether any listing that the public sees is a demonstration."""
    # Asked source by source: the other way around, a database reads every real listing to find no fictional one.
    listings = select(Provider.id).where(Provider.source_key == Source.key, Provider.status == Status.PUBLISHED)
    return session.scalar(select(Source.key).where(Source.fictional, listings.exists()).limit(1)) is not None
