"""What HSDS has no field for: tags as taxonomy terms, and a few facts under a name of ours."""

import uuid
from collections.abc import Iterable, Iterator

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


def named_attributes(
    listing: Provider, entity: str, link_id: uuid.UUID, facts: Iterable[tuple[str, str, str]]
) -> Iterator[Data]:
    """Facts as attributes: the name that a program knows one by, what people call it, and what is said (or empty)."""
    for name, label, value in facts:
        if value:
            yield {
                "id": part_id(listing, f"attribute {entity} {name}"),
                "link_id": link_id,
                "link_entity": entity,
                "link_type": name,
                "label": label,
                "value": value,
            }
