"""Who runs places."""

from collections.abc import Iterable

from finder.exporting.hsds.telling import Data
from finder.models import Organization

# The schema requires a description, and all that we know of an organization is its name.
_DESCRIPTION = "An organization that runs places in this directory."


def organization_summary(row: Organization) -> Data:
    """The organization alone."""
    return {"id": row.public_id, "name": row.name, "description": _DESCRIPTION}


def organization(row: Organization, services: Iterable[Data]) -> Data:
    """The organization with its services."""
    return organization_summary(row) | {"services": list(services)}
