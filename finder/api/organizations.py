"""Organizations."""

import uuid
from collections.abc import Iterator, Sequence
from itertools import groupby

from flask import Response

from finder.api import blueprint, finding, loading
from finder.api.answers import alone, listed
from finder.api.parameters import Organization, Organizations, asked
from finder.exporting import hsds
from finder.models import Provider


@blueprint.get("/organizations")
def organizations() -> Response:
    """All organizations that run something listed, or those that are asked for."""
    question = asked(Organizations)

    def load(ids: Sequence[int]) -> Iterator[hsds.Data]:
        found = loading.organizations(ids)
        if not question.full:
            yield from map(hsds.organization_summary, found)
            return
        told, run = loading.telling(), _by_organization([row.id for row in found])
        for row in found:
            yield hsds.organization(row, (hsds.service_summary(each, told) for each in run.get(row.id, [])))

    return listed(question, lambda: finding.organizations(question), load)


@blueprint.get("/organizations/<uuid:organization_id>")
def organization(organization_id: uuid.UUID) -> Response:
    """One organization with its services."""
    question = asked(Organization)

    def load() -> hsds.Data:
        told, found = loading.telling(), loading.organization(organization_id)
        tell = hsds.service if question.full_service else hsds.service_summary
        return hsds.organization(found, (tell(listing, told) for listing in loading.listings_of([found.id])))

    return alone(load)


def _by_organization(ids: Sequence[int]) -> dict[int | None, list[Provider]]:
    run = sorted(loading.listings_of(ids), key=lambda listing: listing.organization_id or 0)
    return {number: list(some) for number, some in groupby(run, key=lambda listing: listing.organization_id)}
