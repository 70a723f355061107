"""What a list of results says of each listing, read in one query."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, bindparam, cast, func, select

from finder.domain.availability import Availability
from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag
from finder.models import Organization, Provider, ProviderPhone, ProviderTag

# Neither stands in a number, a kind, an extension, a facet or a code.
_BETWEEN_ROWS, _BETWEEN_PARTS = ";", ","


@dataclass(frozen=True, eq=False)
class Listed:
    """One published listing as lists of results show it. Compared by identity, so that what is made of it can be kept.

    ``latitude`` and ``longitude``, in degrees, are as exact as ``precision`` says, ``None`` where they aren't known.
    ``phones`` are in the order in which to try them, ``tags`` those of `SHOWN` in the order of facets and codes.
    ``availability`` is what the place said, expired or not.
    """

    id: int
    slug: str
    name: str
    address_1: str
    address_2: str
    city: str
    county: str
    state: str
    postal_code: str
    country: str
    confidential: bool
    precision: Precision
    latitude: float | None
    longitude: float | None
    verified_on: dt.date | None
    review_due_on: dt.date | None
    organization: str
    phones: tuple[Phone, ...]
    tags: tuple[Tag, ...]
    availability: Availability | None

    def codes(self, facet: Facet) -> tuple[Code, ...]:
        """Its codes of one facet."""
        return tuple(tag.code for tag in self.tags if tag.facet == facet)


SHOWN = (LEVEL_OF_CARE, Facet("payment"))
"""The facets that a list of results tells of each listing."""


def load_listed(connection: Connection, ids: Sequence[int]) -> dict[int, Listed]:
    """The published listings among these row ids, by id, in one query."""
    rows = connection.execute(_query(len(ids)), {f"id_{n}": id_ for n, id_ in enumerate(ids)}).all()
    return {row[0]: listed_of(*row) for row in rows}


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
_ELSEWHERE = {"organization": func.coalesce(Organization.name, ""), "phones": _PHONES, "tags": _TAGS}


LISTED_COLUMNS: dict[str, Any] = {
    **{field.name: _ELSEWHERE.get(field.name, getattr(Provider, field.name, None)) for field in fields(Listed)[:-1]},
    **{name: getattr(Provider, name) for name in ("accepting", "beds", "availability_as_of", "availability_expires")},
}
"""What a row has of which `listed_of` makes a listing, by name, of `Provider` joined with its `Organization`."""


@cache
def _query(count: int) -> Select[Any]:
    # A statement for each number of ids: one for any number would be written anew each time it is asked.
    return (
        select(*LISTED_COLUMNS.values())
        .outerjoin(Organization, Organization.id == Provider.organization_id)
        .where(Provider.status == Status.PUBLISHED, Provider.id.in_([bindparam(f"id_{n}") for n in range(count)]))
        .order_by(Provider.id)
    )


def listed_of(*row: Any) -> Listed:
    """The listing of one row of `LISTED_COLUMNS`."""
    *facts, phones, tags, accepting, beds, as_of, expires = row
    said = Availability(accepting=accepting, beds=beds, as_of=as_of, expires=expires) if as_of else None
    return Listed(*(*facts, _phones(phones), _tags(tags), said))


def _phones(text: str) -> tuple[Phone, ...]:
    rows = sorted(_rows(text), key=lambda row: int(row[0]))
    return tuple(Phone(number, PhoneKind(kind), extension) for _, number, kind, extension in rows)


@lru_cache(maxsize=10_000)
def _tags(text: str) -> tuple[Tag, ...]:
    return tuple(sorted(Tag(Facet(facet), Code(code)) for facet, code in _rows(text)))


def _rows(text: str) -> list[list[str]]:
    return [row.split(_BETWEEN_PARTS) for row in text.split(_BETWEEN_ROWS)] if text else []
