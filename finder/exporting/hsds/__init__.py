"""Listings as Open Referral HSDS 3.1 has them; pure functions from models to data that ``orjson`` writes.

One listing is one service at one location, and its organization, if it names one. What a listing doesn't say is left
out, never ``null``. Ids are UUIDs that stay the same as long as the listing is there. ``docs/api.md`` tells which field
of ours becomes which of theirs.
"""

from finder.exporting.hsds.ids import listing_of_service_at_location, service_at_location_id, taxonomy_id, term_id
from finder.exporting.hsds.organization import organization, organization_summary
from finder.exporting.hsds.package import package, write_package
from finder.exporting.hsds.service import service, service_minimal, service_summary
from finder.exporting.hsds.service_at_location import service_at_location, service_at_location_summary
from finder.exporting.hsds.taxonomy import taxonomies, taxonomy_terms
from finder.exporting.hsds.telling import Data, Telling

__all__ = [
    "Data",
    "Telling",
    "listing_of_service_at_location",
    "organization",
    "organization_summary",
    "package",
    "service",
    "service_at_location",
    "service_at_location_id",
    "service_at_location_summary",
    "service_minimal",
    "service_summary",
    "taxonomies",
    "taxonomy_id",
    "taxonomy_terms",
    "term_id",
    "write_package",
]
