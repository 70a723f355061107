"""The groups of a feed, read from the database."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.schedule import ScheduleKind
from finder.exporting.meeting_guide.row import Group
from finder.exporting.sources import attributions_added, together
from finder.listings.stored import load_stored
from finder.models import Provider, ProviderSchedule, ProviderTag, Source


def group_ids(session: Session, *, state: str = "", fellowship: str = "") -> Sequence[int]:
    """The row ids of published listings with weekly meetings, in ascending order: all, or those of a state or of a
    fellowship, each by its code."""
    meets = select(ProviderSchedule.provider_id).where(ProviderSchedule.kind == ScheduleKind.MEETING)
    query = select(Provider.id).where(Provider.status == Status.PUBLISHED, Provider.id.in_(meets))
    if state:
        query = query.where(Provider.state == state)
    if fellowship:
        whose = (ProviderTag.facet == "fellowship", ProviderTag.code == fellowship)
        query = query.where(Provider.id.in_(select(ProviderTag.provider_id).where(*whose)))
    return session.scalars(query.order_by(Provider.id)).all()


def read_groups(session: Session, ids: Sequence[int], page: Callable[[str], str]) -> Iterator[Group]:
    """Those of the listings that are published, by id; ``page`` gives the address of a page by its slug."""
    these = (Provider.id.in_(ids), Provider.status == Status.PUBLISHED)
    columns = (Provider.id, Provider.public_id, Provider.slug, Source.name, Source.url, Source.attribution)
    query = select(*columns).join(Source, Source.key == Provider.source_key).where(*these).order_by(Provider.id)
    added = attributions_added(session, *these)
    facts = {stored.id: stored.facts for stored in load_stored(session, *these)}
    for id_, public_id, slug, source_name, source_url, attribution in session.execute(query):
        if id_ in facts:  # or it was published between the two queries
            yield Group(
                public_id=public_id,
                slug=slug,
                page=page(slug),
                facts=facts[id_],
                source_name=source_name,
                source_url=source_url,
                attribution=together(attribution, *added.get(id_, ())),
            )
