"""A service at a location: each listing is one."""

from collections.abc import Iterable

from finder.exporting.hsds.ids import service_at_location_id, service_id
from finder.exporting.hsds.location import location, location_id, location_summary
from finder.exporting.hsds.service import service, service_summary
from finder.exporting.hsds.telling import Data, Telling
from finder.models import Provider, Revision


def service_at_location_summary(listing: Provider, telling: Telling) -> Data:
    """Both without what there may be several of."""
    return _ids(listing) | {"location": location_summary(listing), "service": service_summary(listing, telling)}


def service_at_location(listing: Provider, telling: Telling, changes: Iterable[Revision] = ()) -> Data:
    """Both with all that belongs to them; ``changes`` as for `finder.exporting.hsds.service`."""
    told = service(listing, telling, changes, with_location=False)
    return _ids(listing) | {"location": location(listing, telling), "service": told}


def _ids(listing: Provider) -> Data:
    return {
        "id": service_at_location_id(listing.public_id),
        "service_id": service_id(listing),
        "location_id": location_id(listing),
    }
