"""Services at locations."""

import uuid
from collections.abc import Iterator, Sequence

from flask import Response, url_for

from finder.api import blueprint, finding, loading
from finder.api.answers import alone, listed
from finder.api.parameters import Nothing, ServiceAtLocations, asked
from finder.exporting import hsds


@blueprint.get("/service_at_locations")
def service_at_locations() -> Response:
    """All services at their locations, or those that are asked for."""
    question = asked(ServiceAtLocations)

    def load(ids: Sequence[int]) -> Iterator[hsds.Data]:
        told, found = loading.telling(), loading.listings(ids)
        if question.full:
            changes = loading.changes([listing.id for listing in found])
            yield from (hsds.service_at_location(listing, told, changes[listing.id]) for listing in found)
        else:
            yield from (hsds.service_at_location_summary(listing, told) for listing in found)

    return listed(question, lambda: finding.listings(question), load)


@blueprint.get("/service_at_locations/<uuid:service_at_location_id>")
def service_at_location(service_at_location_id: uuid.UUID) -> Response:
    """One service at its location with all that belongs to both."""
    asked(Nothing)

    def load() -> hsds.Data:
        public_id = hsds.listing_of_service_at_location(service_at_location_id)
        found = loading.listing(public_id, "service at a location", _address)
        return hsds.service_at_location(found, loading.telling(), loading.changes([found.id])[found.id])

    return alone(load)


def _address(of_listing: uuid.UUID) -> str:
    there = hsds.service_at_location_id(of_listing)
    return url_for(".service_at_location", service_at_location_id=there)
