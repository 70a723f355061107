"""Whom to name wherever the directory's data is shown."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.models import KnownAs, Provider, Source


def published_sources(session: Session) -> list[Source]:
    """The sources of which some published listing has facts, by name."""
    # Asked source by source, so that a database stops at the first listing of each.
    published = select(Provider.id).where(Provider.status == Status.PUBLISHED)
    own = published.where(Provider.source_key == Source.key)
    added = published.join(KnownAs).where(KnownAs.source_key == Source.key, KnownAs.facts.is_not(None))
    named = select(Source).where(or_(own.exists(), added.exists()))
    return list(session.scalars(named.order_by(Source.name, Source.key)))
