"""Services."""

import uuid
from collections.abc import Iterator, Sequence

from flask import Response, url_for

from finder.api import blueprint, finding, loading
from finder.api.answers import alone, listed
from finder.api.parameters import Nothing, Services, asked
from finder.exporting import hsds


@blueprint.get("/services")
def services() -> Response:
    """All services, or those that are asked for."""
    question = asked(Services)

    def load(ids: Sequence[int]) -> Iterator[hsds.Data]:
        if question.minimal:
            yield from (hsds.service_minimal(*change) for change in loading.last_changes(ids))
            return
        told, found = loading.telling(), loading.listings(ids)
        if question.full:
            changes = loading.changes([listing.id for listing in found])
            yield from (hsds.service(listing, told, changes[listing.id]) for listing in found)
        else:
            yield from (hsds.service_summary(listing, told) for listing in found)

    return listed(question, lambda: finding.listings(question), load)


@blueprint.get("/services/<uuid:service_id>")
def service(service_id: uuid.UUID) -> Response:
    """One service with all that belongs to it."""
    asked(Nothing)

    def load() -> hsds.Data:
        found = loading.listing(service_id, "service", lambda kept: url_for(".service", service_id=kept))
        return hsds.service(found, loading.telling(), loading.changes([found.id])[found.id])

    return alone(load)
