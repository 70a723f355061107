"""A listing as one flat record, for tables and maps: what the public sees of it, in words that programs can rely on."""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule
from finder.domain.vocabulary import vocabulary
from finder.exporting.sources import together
from finder.exporting.table import harmless
from finder.models import Provider

Data = dict[str, Any]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def heads() -> list[str]:
    """The names of a record's values, in their order."""
    return ["id", "page", *_FACTS, *(facet.facet for facet in vocabulary().facets)]


def record(listing: Provider, site: str) -> Data:
    """The listing; ``site`` is the address of the directory. Of a confidential place there is no street.

    Values are texts, numbers, ``None`` or lists of texts; each facet of the vocabulary is a list of codes.
    """
    told = {"id": str(listing.public_id), "page": page_of(listing.slug, site)}
    return told | {name: tell(listing) for name, tell in _FACTS.items()} | _codes(listing)


def page_of(slug: str, site: str) -> str:
    """The address of a listing's page."""
    return f"{site}/providers/{slug}"


def cells(told: Data) -> Iterator[str]:
    """The values of a record as a table has them, safe to open; several in one cell have semicolons between."""
    for name in heads():
        value = told[name]
        if isinstance(value, int | float):
            yield str(value)
        else:
            yield harmless("; ".join(value) if isinstance(value, list) else value or "")


def _codes(listing: Provider) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {facet.facet: [] for facet in vocabulary().facets}
    for row in listing.tags:
        if row.facet in codes:
            codes[row.facet].append(row.code)
    return codes


def _street(column: str) -> Callable[[Provider], str]:
    return lambda listing: "" if listing.confidential else getattr(listing, column)


def _phone(phone: Phone) -> str:
    return phone.label if phone.kind is PhoneKind.MAIN else f"{phone.label} ({phone.kind.value})"


def _time(span: Schedule) -> str:
    ends = f"-{span.closes_at:%H:%M}" if span.closes_at else ""
    when = f"{_WEEKDAYS[span.weekday]} {span.opens_at:%H:%M}{ends}"
    note = f"({span.note})" if span.note else ""
    return " ".join(filter(None, (when, span.kind.value, note, span.join_url, span.join_phone)))


_FACTS: Mapping[str, Callable[[Provider], Any]] = MappingProxyType(
    {
        "name": attrgetter("name"),
        "organization": lambda listing: listing.organization.name if listing.organization else "",
        "description": attrgetter("description"),
        "phones": lambda listing: [_phone(row.value) for row in listing.phones],
        "website": attrgetter("website"),
        "email": attrgetter("email"),
        "address_1": _street("address_1"),
        "address_2": _street("address_2"),
        **{name: attrgetter(name) for name in ("city", "county", "state", "postal_code", "country")},
        "confidential_address": lambda listing: "yes" if listing.confidential else "no",
        "latitude": attrgetter("latitude"),
        "longitude": attrgetter("longitude"),
        "position_precision": lambda listing: listing.precision.value,
        "time_zone": attrgetter("time_zone"),
        "times": lambda listing: [_time(row.value) for row in listing.schedules],
        **{name: attrgetter(name) for name in ("minimum_age", "maximum_age", "fees", "alert")},
        "last_checked": lambda listing: listing.verified_on.isoformat() if listing.verified_on else "",
        "last_changed": lambda listing: listing.updated_at.isoformat(),
        "source": lambda listing: together(*(source.name for source in listing.sources)),
    }
)
"""What each value is made of."""
