"""Whom to name wherever the directory's data is shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, or_, select
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


def together(*said: str) -> str:
    """What several sources want said of one thing, each once."""
    return "; ".join(dict.fromkeys(filter(None, said)))


def attributions_added(connection: Connection | Session, *which: ColumnElement[bool]) -> Mapping[int, Sequence[str]]:
    """By row id what sources that aren't a listing's own, but told facts of it, want said; of ``which`` listings."""
    query = (
        select(KnownAs.provider_id, Source.attribution)
        .join(Source, Source.key == KnownAs.source_key)
        .join(Provider, Provider.id == KnownAs.provider_id)
        .where(*which, KnownAs.facts.is_not(None), Source.key != Provider.source_key)
        .order_by(Source.name, Source.key)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for id_, attribution in connection.execute(query):
        found[id_].append(attribution)
    return found
