"""What a list of results says of each listing, read in one query."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, String, bindparam, cast, func, select

from finder.domain.availability import Availability
from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag
from finder.models import Organization, Provider, ProviderPhone, ProviderTag

# Neither stands in a number, a kind, an extension, a facet or a code.
_BETWEEN_ROWS, _BETWEEN_PARTS = ";", ","


@dataclass(frozen=True, kw_only=True, eq=False)
class Listed:
    """One published listing as lists of results show it. Compared by identity, so that what is made of it can be kept.

    ``phones`` are in the order in which to try them, ``tags`` those of `SHOWN` in the order of facets and codes.
    ``availability`` is what the place said, expired or not.
    """

    id: int
    slug: str
    name: str
    organization: str
    address_1: str
    address_2: str
    city: str
    county: str
    state: str
    postal_code: str
    country: str
    confidential: bool
    precision: Precision
    verified_on: dt.date | None
    review_due_on: dt.date | None
    phones: tuple[Phone, ...]
    tags: tuple[Tag, ...]
    availability: Availability | None

    def codes(self, facet: Facet) -> tuple[Code, ...]:
        """Its codes of one facet."""
        return tuple(tag.code for tag in self.tags if tag.facet == facet)


SHOWN = (LEVEL_OF_CARE, Facet("payment"))
"""The facets that a list of results tells of each listing."""

_OWN = (
    "id",
    "slug",
    "name",
    "address_1",
    "address_2",
    "city",
    "county",
    "state",
    "postal_code",
    "country",
    "confidential",
    "precision",
    "verified_on",
    "review_due_on",
)
_AVAILABILITY = ("accepting", "beds", "availability_as_of", "availability_expires")


def load_listed(connection: Connection, ids: Sequence[int]) -> dict[int, Listed]:
    """The published listings among these row ids, by id, in one query."""
    return {row["id"]: _listed(row) for row in connection.execute(_LISTED, {"ids": list(ids)}).mappings()}


def _in_one_text(*columns: Any) -> ColumnElement[str]:
    """All rows of a child table that belong to the listing, their columns joined, the rows joined."""
    first, *others = (cast(column, String) for column in columns)
    parts: ColumnElement[str] = first
    for other in others:
        parts = parts + _BETWEEN_PARTS + other
    return func.coalesce(func.aggregate_strings(parts, _BETWEEN_ROWS), "")


_PHONES = (
    select(_in_one_text(ProviderPhone.position, ProviderPhone.number, ProviderPhone.kind, ProviderPhone.extension))
    .where(ProviderPhone.provider_id == Provider.id)
    .scalar_subquery()
)
_TAGS = (
    select(_in_one_text(ProviderTag.facet, ProviderTag.code))
    .where(ProviderTag.provider_id == Provider.id, ProviderTag.facet.in_(SHOWN))
    .scalar_subquery()
)
_LISTED = (
    select(
        *(getattr(Provider, name) for name in (*_OWN, *_AVAILABILITY)),
        func.coalesce(Organization.name, "").label("organization"),
        _PHONES.label("phones"),
        _TAGS.label("tags"),
    )
    .outerjoin(Organization, Organization.id == Provider.organization_id)
    .where(Provider.status == Status.PUBLISHED, Provider.id.in_(bindparam("ids", expanding=True)))
    .order_by(Provider.id)
)


def _listed(row: RowMapping) -> Listed:
    facts = dict(row)
    accepting, beds, as_of, expires = (facts.pop(name) for name in _AVAILABILITY)
    said = Availability(accepting=accepting, beds=beds, as_of=as_of, expires=expires) if as_of else None
    return Listed(**facts | {"phones": _phones(row["phones"]), "tags": _tags(row["tags"]), "availability": said})


def _phones(text: str) -> tuple[Phone, ...]:
    rows = sorted(_rows(text), key=lambda row: int(row[0]))
    return tuple(Phone(number, PhoneKind(kind), extension) for _, number, kind, extension in rows)


def _tags(text: str) -> tuple[Tag, ...]:
    return tuple(sorted(Tag(Facet(facet), Code(code)) for facet, code in _rows(text)))


def _rows(text: str) -> list[list[str]]:
    return [row.split(_BETWEEN_PARTS) for row in text.split(_BETWEEN_ROWS)] if text else []
