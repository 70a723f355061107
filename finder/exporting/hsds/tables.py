"""HSDS as tables: one for each entity, in the files and with the fields that the official schema names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from finder.domain.phone import Phone
from finder.exporting.hsds.ids import fact_id
from finder.exporting.hsds.telling import Data


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one entity: the name of its file, and of its fields those that we fill, by their types (of the Table
    Schema of Frictionless Data); the ``required`` ones say something in every row."""

    path: str
    fields: Mapping[str, str]
    required: frozenset[str]


def _table(path: str, required: str, others: str = "") -> Table:
    """A table of fields in words, each a name or "name:type"; the required ones come first."""
    pairs = [field.partition(":") for field in (required.split() + others.split())]
    fields = {name: kind or "string" for name, _, kind in pairs}
    return Table(path, MappingProxyType(fields), frozenset(name for name, _, _ in pairs[: len(required.split())]))


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "organization": _table("organizations.csv", "id name description"),
        "service": _table(
            "services.csv",
            "id organization_id name status",
            "description url email fees_description accreditations eligibility_description minimum_age:number"
            " maximum_age:number assured_date:date alert last_modified:datetime",
        ),
        "attribute": _table("attributes.csv", "id link_id taxonomy_term_id link_entity", "link_type value label"),
        "service_at_location": _table("service_at_location.csv", "id service_id location_id"),
        "location": _table("locations.csv", "id location_type", "name description latitude:number longitude:number"),
        "phone": _table("phones.csv", "id number", "service_id extension:number type description"),
        "address": _table(
            "addresses.csv",
            "id address_type",
            "location_id address_1 address_2 city region state_province postal_code country",
        ),
        "schedule": _table(
            "schedules.csv",
            "id",
            "service_id timezone:number freq byday description opens_at closes_at schedule_link attending_type notes",
        ),
        "language": _table("languages.csv", "id", "service_id name code"),
        "accessibility": _table("accessibility.csv", "id", "location_id description details"),
        "cost_option": _table("cost_options.csv", "id service_id", "amount_description"),
        "service_capacity": _table(
            "service_capacity.csv", "id service_id unit_id available:number updated:datetime", "description"
        ),
        "unit": _table("units.csv", "id name"),
        "taxonomy": _table("taxonomies.csv", "id name description"),
        "taxonomy_term": _table(
            "taxonomy_terms.csv", "id name description", "code parent_id taxonomy language taxonomy_id"
        ),
        "metadata": _table(
            "metadata.csv",
            "id resource_id resource_type last_action_date:date last_action_type field_name updated_by",
            "previous_value replacement_value",
        ),
    }
)
"""All tables of a package by their entity, as the official schema orders them."""

_LISTS: Mapping[str, str] = MappingProxyType(
    {
        "phones": "phone",
        "schedules": "schedule",
        "service_at_locations": "service_at_location",
        "addresses": "address",
        "accessibility": "accessibility",
        "languages": "language",
        "cost_options": "cost_option",
        "capacities": "service_capacity",
        "attributes": "attribute",
        "metadata": "metadata",
    }
)


def rows_of(service: Data) -> Iterator[tuple[str, Data]]:
    """The rows that a full service makes, each with its entity; its organization isn't among them."""
    yield from _rows("service", service)


def _rows(entity: str, thing: Data) -> Iterator[tuple[str, Data]]:
    yield entity, {**thing, **_in_tables(entity, thing)}
    if "location" in thing:
        yield from _rows("location", thing["location"])
    for name, of_entity in _LISTS.items():
        for part in thing.get(name, ()):
            yield from _rows(of_entity, {"service_id": thing["id"], **part} if entity == "service" else part)


def _in_tables(entity: str, thing: Data) -> Mapping[str, Any]:
    """What a table says otherwise: the ids of what is nested, and numbers that don't begin as a formula does."""
    match entity:
        case "service_at_location":
            return {"location_id": thing["location"]["id"]}
        case "attribute" if "taxonomy_term" in thing:
            return {"taxonomy_term_id": thing["taxonomy_term"]["id"]}
        case "attribute":
            return {"taxonomy_term_id": fact_id(thing["link_type"])}
        case "service_capacity":
            return {"unit_id": thing["unit"]["id"]}
        case "phone":
            return {"number": Phone(thing["number"]).national}
        case _:
            return {}
