"""Services as version 3 of HSDS nests them, out of its tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from finder.importing.formats.hsds.entry import Entry
from finder.importing.formats.hsds.shelf import Shelf
from finder.importing.formats.hsds.values import NOTHING, Thing

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def entries_of_tables(row: int, service: Mapping[str, Any], shelf: Shelf) -> Iterator[Entry]:
    """The entries of a row of the table of services, put together as version 3 nests them in JSON."""
    id_ = service["id"] or ""
    organization = shelf.one("organization", service["organization_id"] or "")
    organization["phones"] = shelf.having("phone", "organization_id", organization.get("id", ""))
    whole = {**service, **_of_service(id_, shelf)}
    at_locations: list[Thing] = [*shelf.having("service_at_location", "service_id", id_)]
    if not at_locations and service["location_id"]:
        at_locations = [{"location_id": service["location_id"]}]  # version 1.0
    for at_location in at_locations or [NOTHING]:
        yield Entry(
            row,
            whole,
            organization,
            _location(at_location.get("location_id") or "", shelf),
            _with_parts(at_location, shelf),
        )


def _of_service(id_: str, shelf: Shelf) -> dict[str, Any]:
    return {
        "phones": shelf.having("phone", "service_id", id_),
        "schedules": _schedules("service_id", id_, shelf),
        "languages": shelf.having("language", "service_id", id_),
        "eligibility": shelf.having("eligibility", "service_id", id_),
        "payments_accepted": shelf.having("payment_accepted", "service_id", id_),
        "cost_options": shelf.having("cost_option", "service_id", id_),
        "capacities": [
            capacity | {"unit": shelf.one("unit", capacity["unit_id"] or "")}
            for capacity in shelf.having("service_capacity", "service_id", id_)
        ],
        "attributes": shelf.attributes(id_),
    }


def _location(id_: str, shelf: Shelf) -> dict[str, Any]:
    location = shelf.one("location", id_)
    return location and location | {
        "addresses": shelf.having("address", "location_id", id_),
        "phones": shelf.having("phone", "location_id", id_),
        "schedules": _schedules("location_id", id_, shelf),
        "languages": shelf.having("language", "location_id", id_),
        "accessibility": shelf.having("accessibility", "location_id", id_),
        "attributes": shelf.attributes(id_),
    }


def _with_parts(at_location: Mapping[str, Any], shelf: Shelf) -> dict[str, Any]:
    id_ = at_location.get("id") or ""
    return {
        **at_location,
        "phones": shelf.having("phone", "service_at_location_id", id_),
        "schedules": _schedules("service_at_location_id", id_, shelf),
        "attributes": shelf.attributes(id_),
    }


def _schedules(column: str, id_: str, shelf: Shelf) -> list[dict[str, Any]]:
    found = shelf.having("schedule", column, id_)
    return [rule | {"byday": _byday(rule), "attributes": shelf.attributes(rule["id"] or "")} for rule in found]


def _byday(rule: Mapping[str, Any]) -> str:
    """The days of a rule; those of version 1 stand one by one, as numbers from 1 = Monday or as names."""
    weekday = str(rule["weekday"] or "").strip()
    if rule["byday"] or not weekday:
        return str(rule["byday"] or "")
    if weekday.isascii() and weekday.isdigit() and 1 <= int(weekday) <= len(_WEEKDAYS):
        return _WEEKDAYS[int(weekday) - 1]
    return weekday[:2].upper()
