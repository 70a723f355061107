"""What changed of a listing, as HSDS's metadata.

Only changes of facts that the public saw both before and after are told, under the names that they have here. Who made
them isn't, beyond whether it was an import, nor why. Where a place is, or was, confidential, nothing older tells where.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from finder.domain.listing import Status
from finder.exporting.hsds.ids import part_id, service_id
from finder.exporting.hsds.telling import Data
from finder.models import Provider, Revision

_MOST = 50  # records a listing


@dataclass(frozen=True)
class _Field:
    entity: str
    name: str


_FIELDS = {
    "name": _Field("service", "name"),
    "organization": _Field("service", "organization"),
    "description": _Field("service", "description"),
    "website": _Field("service", "url"),
    "email": _Field("service", "email"),
    "fees": _Field("service", "fees_description"),
    "alert": _Field("service", "alert"),
    "minimum_age": _Field("service", "minimum_age"),
    "maximum_age": _Field("service", "maximum_age"),
    "verified_on": _Field("service", "assured_date"),
    "phones": _Field("service", "phones"),
    "schedules": _Field("service", "schedules"),
    "tags": _Field("service", "attributes"),
    "address_1": _Field("address", "address_1"),
    "address_2": _Field("address", "address_2"),
    "city": _Field("address", "city"),
    "county": _Field("address", "region"),
    "state": _Field("address", "state_province"),
    "postal_code": _Field("address", "postal_code"),
}
_WHERE = frozenset(name for name, field in _FIELDS.items() if field.entity == "address")


def metadata(listing: Provider, changes: Iterable[Revision]) -> Iterator[Data]:
    """The newest records of a published listing; ``changes`` are its revisions, newest first, none left out between."""
    return islice(_records(listing, changes), _MOST)


def _records(listing: Provider, changes: Iterable[Revision]) -> Iterator[Data]:
    was_shown, was_confidential = True, listing.confidential
    for change in changes:
        is_shown = was_shown
        was_shown = _before(change, "status", Status.PUBLISHED.value if is_shown else "") == Status.PUBLISHED
        # Once it is true of a later moment, it stays so for all that lies before.
        was_confidential = was_confidential or bool(_before(change, "confidential", default=False))
        if is_shown and was_shown:
            told = _FIELDS.keys() - _WHERE if was_confidential else _FIELDS.keys()
            yield from (_record(listing, change, name) for name in _FIELDS if name in told and name in change.changes)


def _before(change: Revision, name: str, default: Any) -> Any:
    return change.changes[name][0] if name in change.changes else default


def _record(listing: Provider, change: Revision, name: str) -> Data:
    field = _FIELDS[name]
    before, after = change.changes[name]
    return {
        "id": part_id(listing, f"metadata {change.version} {name}"),
        "resource_id": _RESOURCES[field.entity](listing),
        "resource_type": field.entity,
        "last_action_date": change.at.date(),
        "last_action_type": "update",
        "field_name": field.name,
        "previous_value": _text(before),
        "replacement_value": _text(after),
        "updated_by": "An import" if change.import_run_id else "An administrator",
    }


def _text(value: Any) -> str:
    """A fact of history (`finder.listings.history.as_json`) as text: lists of values with commas and semicolons."""
    if isinstance(value, list):
        return "; ".join(
            ", ".join(_text(part) for part in item) if isinstance(item, list) else _text(item) for item in value
        )
    return "" if value is None else str(value)


_RESOURCES: dict[str, Callable[[Provider], uuid.UUID]] = {
    "service": service_id,
    "address": lambda listing: part_id(listing, "address"),
}
