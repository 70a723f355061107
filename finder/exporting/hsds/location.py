"""Where a listing is."""

import uuid
from collections.abc import Iterator

from finder.exporting.hsds.attributes import named_attributes
from finder.exporting.hsds.ids import part_id
from finder.exporting.hsds.telling import Data, Telling, said
from finder.models import Provider

_USUAL_COUNTRY = "US"
_REMOTE = {"online", "phone"}
_HERE = {"in_person", "hybrid"}
CONFIDENTIAL = "The address is confidential. Call first."


def location_id(listing: Provider) -> uuid.UUID:
    """The id of a listing's location."""
    return part_id(listing, "location")


def location_summary(listing: Provider) -> Data:
    """The location without what there may be several of. A confidential one stands in the middle of its ZIP code."""
    return said(
        id=location_id(listing),
        location_type=_type(listing),
        name=listing.name,
        description=CONFIDENTIAL if listing.confidential else "",
        latitude=listing.latitude,
        longitude=listing.longitude,
    )


def location(listing: Provider, telling: Telling) -> Data:
    """The location with all that belongs to it."""
    return location_summary(listing) | said(
        addresses=list(_addresses(listing)),
        accessibility=list(_accessibility(listing, telling)),
        attributes=list(named_attributes("location", location_id(listing), _facts(listing))),
    )


def _type(listing: Provider) -> str:
    attended = {row.code for row in listing.tags if row.facet == "attendance"}
    return "virtual" if attended & _REMOTE and not attended & _HERE else "physical"


def _addresses(listing: Provider) -> Iterator[Data]:
    street = () if listing.confidential else (listing.address_1, listing.address_2)
    region = (listing.city, listing.county, listing.state, listing.postal_code)
    if any((*street, *region)) or listing.country != _USUAL_COUNTRY:
        address_1, address_2 = street or ("", "")
        yield {
            "id": part_id(listing, "address"),
            "location_id": location_id(listing),
            # What the schema requires is there even where it says nothing.
            "address_1": address_1,
            "city": listing.city,
            "state_province": listing.state,
            "postal_code": listing.postal_code,
            "country": listing.country,
            "address_type": "physical",
        } | said(address_2=address_2, region=listing.county)


def _accessibility(listing: Provider, telling: Telling) -> Iterator[Data]:
    for term in telling.known((row.facet, row.code) for row in listing.tags):
        if term.facet == "accessibility":
            yield {
                "id": part_id(listing, f"accessibility {term.code}"),
                "location_id": location_id(listing),
                "description": term.label(),
                "details": term.explanation(),
            }


def _facts(listing: Provider) -> dict[str, str]:
    """The precision is always told, "none" of no position: an importer knows by it that there is nothing to add."""
    return {
        "time_zone": listing.time_zone,
        "position_precision": listing.precision.value,
        "confidential_address": "true" if listing.confidential else "",
    }
