"""What BMLT tells, read from the database past the ORM, in four statements however many listings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Facet, Tag
from finder.exporting.bmlt.meeting import Group
from finder.exporting.sources import attributions_added, together
from finder.models import Organization, Provider, ProviderPhone, ProviderSchedule, ProviderTag, Source

_FACETS = ("fellowship", "meeting_type", "language", "attendance", "accessibility")
_ROWS_AT_A_TIME = 5_000
_OF_PROVIDER = (
    "id",
    "public_id",
    "name",
    "description",
    "alert",
    "address_1",
    "address_2",
    "city",
    "county",
    "state",
    "postal_code",
    "country",
    "confidential",
    "latitude",
    "longitude",
    "time_zone",
    "website",
    "source_key",
)
_ELSEWHERE = {
    "source_name": Source.name,
    "attribution": Source.attribution,
    "organization_id": Organization.public_id,
    "organization": Organization.name,
}


def all_groups(connection: Connection) -> Iterator[Group]:
    """Every published listing with weekly meetings."""
    return _groups(connection, Provider.directory_version >= 0)


def groups_changed(connection: Connection, since: int) -> Iterator[Group]:
    """Those of them that changed after a version of the directory."""
    return _groups(connection, Provider.directory_version > since)


def ids_changed(connection: Connection, since: int) -> list[int]:
    """The row ids of all listings that changed after a version of the directory, published or not."""
    return list(connection.scalars(select(Provider.id).where(Provider.directory_version > since)))


def _groups(connection: Connection, which: ColumnElement[bool]) -> Iterator[Group]:
    meets = select(ProviderSchedule.provider_id).where(ProviderSchedule.kind == ScheduleKind.MEETING)
    these = (which, Provider.status == Status.PUBLISHED, Provider.id.in_(meets))
    spans, tags, helplines = _spans(connection, *these), _tags(connection, *these), _helplines(connection, *these)
    added = attributions_added(connection, *these)
    names = (*_OF_PROVIDER, *_ELSEWHERE)
    columns = (getattr(Provider, name) for name in _OF_PROVIDER)
    query = (
        select(*columns, *_ELSEWHERE.values())
        .join(Source, Source.key == Provider.source_key)
        .outerjoin(Organization, Organization.id == Provider.organization_id)
        .where(*these)
        .order_by(Provider.id)
    )
    for row in connection.execution_options(yield_per=_ROWS_AT_A_TIME).execute(query):
        facts: dict[str, Any] = dict(zip(names, row, strict=True))
        id_, organization = facts["id"], facts.pop("organization") or ""
        attribution = together(facts.pop("attribution"), *added.get(id_, ()))
        yield Group(
            **facts,
            attribution=attribution,
            organization=organization,
            helpline=helplines.get(id_, ""),
            tags=frozenset(tags[id_]),
            spans=tuple(spans[id_]),
        )


def _spans(connection: Connection, *these: ColumnElement[bool]) -> defaultdict[int, list[Schedule]]:
    span = ProviderSchedule
    columns = (getattr(span, each.name) for each in fields(Schedule))
    query = select(span.provider_id, *columns).join(Provider, Provider.id == span.provider_id)
    found: defaultdict[int, list[Schedule]] = defaultdict(list)
    rows: Iterable[Any] = connection.execute(query.where(*these, span.kind == ScheduleKind.MEETING))
    for id_, *facts in rows:
        found[id_].append(Schedule(*facts))
    return found


def _tags(connection: Connection, *these: ColumnElement[bool]) -> defaultdict[int, list[Tag]]:
    tag = ProviderTag
    query = select(tag.provider_id, tag.facet, tag.code).join(Provider, Provider.id == tag.provider_id)
    found: defaultdict[int, list[Tag]] = defaultdict(list)
    for id_, facet, code in connection.execute(query.where(*these, tag.facet.in_(_FACETS))):
        found[id_].append(Tag(Facet(facet), Code(code)))
    return found


def _helplines(connection: Connection, *these: ColumnElement[bool]) -> dict[int, str]:
    """The first hotline of each listing: whom to call about all of a fellowship's meetings, not one group's member."""
    phone = ProviderPhone
    query = select(phone.provider_id, phone.number, phone.kind, phone.extension)
    query = query.join(Provider, Provider.id == phone.provider_id).order_by(phone.provider_id, phone.position.desc())
    found = connection.execute(query.where(*these, phone.kind == PhoneKind.HOTLINE))
    return {id_: Phone(number, kind, extension).label for id_, number, kind, extension in found}
