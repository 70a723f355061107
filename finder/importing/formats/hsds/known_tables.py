"""The tables of HSDS's data packages, versions 1 to 3, by the names that they have had: of each what we read.

Tables that stand here under no name (contacts, programs, metadata and so on) are not read.
"""

from collections.abc import Mapping
from types import MappingProxyType

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "organization": ("id", "name", "website", "tax_status", "legal_status"),
        "service": (
            *("id", "organization_id", "location_id", "name", "description", "url", "email", "status"),
            *("interpretation_services", "application_process", "wait_time", "fees_description", "fees"),
            *("accreditations", "licenses", "eligibility_description", "minimum_age", "maximum_age"),
            *("assured_date", "alert"),
        ),
        "service_at_location": ("id", "service_id", "location_id", "description"),
        "location": ("id", "location_type", "url", "latitude", "longitude"),
        "address": (
            *("id", "location_id", "address_1", "address_2", "city", "region", "state_province", "postal_code"),
            *("country", "address_type"),
        ),
        "phone": (
            *("id", "service_id", "location_id", "service_at_location_id", "organization_id", "contact_id"),
            *("number", "extension", "type", "description"),
        ),
        "schedule": (
            *("id", "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart"),
            *("until", "count", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description"),
            *("opens_at", "closes_at", "schedule_link", "notes", "weekday"),
        ),
        "language": ("id", "service_id", "location_id", "name", "code"),
        "accessibility": ("id", "location_id", "description", "details"),
        "eligibility": ("id", "service_id", "eligibility"),
        "payment_accepted": ("id", "service_id", "payment"),
        "cost_option": ("id", "service_id", "option", "currency", "amount", "amount_description"),
        "service_capacity": ("id", "service_id", "unit_id", "available", "updated"),
        "unit": ("id", "name"),
        "attribute": ("link_id", "taxonomy_term_id", "link_type", "value", "label"),
        "taxonomy_term": ("id", "code", "name"),
    }
)
"""The columns that we read of each table."""

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "organization": "organization",
        "service": "service",
        "service_at_location": "service_at_location",
        "services_at_location": "service_at_location",
        "location": "location",
        "address": "address",
        "physical_address": "address",
        "phone": "phone",
        "schedule": "schedule",
        "regular_schedule": "schedule",
        "language": "language",
        "accessibility": "accessibility",
        "accessibility_for_disability": "accessibility",
        "eligibility": "eligibility",
        "payment_accepted": "payment_accepted",
        "cost_option": "cost_option",
        "service_capacity": "service_capacity",
        "unit": "unit",
        "attribute": "attribute",
        "service_attribute": "attribute",
        "other_attribute": "attribute",
        "service_taxonomy": "attribute",
        "taxonomy_term": "taxonomy_term",
        "taxonomy": "taxonomy_term",  # of version 1; the taxonomies of version 3 stand in the plural
    }
)
"""The table that a file's name, in the singular, stands for."""

NOT_READ = frozenset({"taxonomies"})

OTHER_NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "language": {"language": "name"},
        "accessibility": {"accessibility": "description"},
        "address": {
            "address": "address_1",
            "street_address": "address_1",
            "state": "state_province",
            "zip": "postal_code",
        },
        "attribute": {
            "service_id": "link_id",
            "taxonomy_id": "taxonomy_term_id",
            "taxonomy_detail": "label",
        },
        "cost_option": {"fee": "amount_description"},
        "service": {"website": "url", "service_name": "name"},
    }
)
"""What earlier versions called a column of a table."""


def table_called(stem: str) -> str:
    """The table of a file called so, without its ending; empty where it is none that we read."""
    name = stem.casefold().strip().replace("-", "_").replace(" ", "_").removeprefix("hsds_")
    if name in NOT_READ:
        return ""
    singulars = (name, name.removesuffix("s"), name.removesuffix("es"), f"{name.removesuffix('ies')}y")
    return next((TABLES[singular] for singular in singulars if singular in TABLES), "")
