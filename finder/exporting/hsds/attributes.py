"""What HSDS has no field for: tags as taxonomy terms, and a few facts under a name of ours."""

import uuid
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from finder.exporting.hsds.ids import part_id, service_id
from finder.exporting.hsds.telling import Data, Telling
from finder.models import Provider


def tags_as_attributes(listing: Provider, telling: Telling) -> Iterator[Data]:
    """An attribute of the service for each tag, with its term."""
    for term in telling.known((row.facet, row.code) for row in listing.tags):
        yield {
            "id": part_id(listing, f"attribute {term.tag}"),
            "link_id": service_id(listing),
            "link_entity": "service",
            "link_type": term.facet,
            "taxonomy_term": telling.terms[term.tag],
        }


FACTS: Mapping[str, str] = MappingProxyType(
    {
        "time_zone": "Time zone (IANA)",
        "position_precision": "What the position stands for",
        "confidential_address": "The address is confidential",
        "accepting_new_people": "Takes new people",
        "availability_as_of": "When the place told of its room",
        "availability_expires": "Until when that counts",
        "website": "Website",
        "join_url": "Where to join online",
        "join_phone": "What to dial to join",
        "source": "Source",
    }
)
"""What people read for the facts that HSDS has no field for, by the name that a program knows each by."""


def named_attributes(
    entity: str, link_id: uuid.UUID, facts: Mapping[str, str], labels: Mapping[str, str] = FACTS
) -> Iterator[Data]:
    """Facts by their names as attributes of what has this id; one that is empty isn't told."""
    for name, value in facts.items():
        if value:
            yield {
                "id": uuid.uuid5(link_id, f"attribute {name}"),
                "link_id": link_id,
                "link_entity": entity,
                "link_type": name,
                "label": labels[name],
                "value": value,
            }
