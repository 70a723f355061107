"""Listings as they stand in the database, in the form in which drafts speak."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from finder.domain.geo import Point
from finder.domain.phone import Phone
from finder.domain.schedule import Schedule
from finder.domain.vocabulary import Code, Facet, Tag
from finder.listings.draft import ListingDraft
from finder.models import Organization, Provider, ProviderPhone, ProviderSchedule, ProviderTag

_NOT_COLUMNS = {"source", "source_ref", "point", "organization", "phones", "tags", "schedules"}
FACT_COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(ListingDraft) if field.name not in _NOT_COLUMNS)
"""Facts of a draft that stand in a column of the same name in the provider's own row."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One saved listing: its row's id and version, its source and its name within that, and its facts."""

    id: int
    version: int
    source_key: str
    source_ref: str
    facts: Mapping[str, Any]


def load_stored(session: Session, *conditions: ColumnElement[bool]) -> list[Stored]:
    """The listings that meet all conditions on `Provider`, in four queries however many they are."""
    columns = [getattr(Provider, name) for name in FACT_COLUMNS]
    extra = (
        Provider.id,
        Provider.version,
        Provider.source_key,
        Provider.source_ref,
        Provider.latitude,
        Provider.longitude,
        Organization.name,
    )
    rows = session.execute(
        select(*extra, *columns)
        .outerjoin(Organization, Organization.id == Provider.organization_id)
        .where(*conditions)
        .order_by(Provider.id)
    ).all()
    ids = [row[0] for row in rows]
    phones, tags, schedules = _phones(session, ids), _tags(session, ids), _schedules(session, ids)
    return [
        Stored(
            id_,
            version,
            source_key,
            source_ref,
            {
                **dict(zip(FACT_COLUMNS, values, strict=True)),
                "point": None if latitude is None else Point(latitude, longitude),
                "organization": organization or "",
                "phones": tuple(phones[id_]),
                "tags": frozenset(tags[id_]),
                "schedules": tuple(schedules[id_]),
            },
        )
        for id_, version, source_key, source_ref, latitude, longitude, organization, *values in rows
    ]


def _phones(session: Session, ids: Iterable[int]) -> Mapping[int, list[Phone]]:
    row = ProviderPhone
    found: defaultdict[int, list[Phone]] = defaultdict(list)
    query = select(row.provider_id, row.number, row.kind, row.extension).where(row.provider_id.in_(ids))
    for provider_id, number, kind, extension in session.execute(query.order_by(row.provider_id, row.position)):
        found[provider_id].append(Phone(number, kind, extension))
    return found


def _tags(session: Session, ids: Iterable[int]) -> Mapping[int, list[Tag]]:
    # Some fifty a listing: asked of the table, without what the ORM does to each row.
    row = ProviderTag.__table__.c
    found: defaultdict[int, list[Tag]] = defaultdict(list)
    query = select(row.provider_id, row.facet, row.code).where(row.provider_id.in_(ids))
    for provider_id, facet, code in session.execute(query).all():
        found[provider_id].append(_tag(facet, code))
    return found


@lru_cache(maxsize=1024)
def _tag(facet: str, code: str) -> Tag:
    """A tag, each only once: there are 200 of them, on millions of rows."""
    return Tag(Facet(facet), Code(code))


def _schedules(session: Session, ids: Iterable[int]) -> Mapping[int, list[Schedule]]:
    row = ProviderSchedule
    found: defaultdict[int, list[Schedule]] = defaultdict(list)
    columns = [getattr(row, name) for name in Schedule.__slots__]
    query = select(row.provider_id, *columns).where(row.provider_id.in_(ids))
    for provider_id, *values in session.execute(query.order_by(row.provider_id, row.position)):
        found[provider_id].append(Schedule(*values))
    return found
