"""Facets as taxonomies, their codes as taxonomy terms."""

from finder.domain.vocabulary import DEFAULT_LANGUAGE
from finder.exporting.hsds.telling import Data, Telling


def taxonomies(telling: Telling) -> list[Data]:
    """A taxonomy for each facet."""
    return telling.taxonomies


def taxonomy_terms(telling: Telling) -> list[Data]:
    """A term for each code; the term of a kind of care has its level of care for a parent."""
    facets = {facet["id"]: facet for facet in telling.taxonomies}
    return [
        term | {"taxonomy_detail": facets[term["taxonomy_id"]], "language": DEFAULT_LANGUAGE}
        for term in telling.terms.values()
    ]
