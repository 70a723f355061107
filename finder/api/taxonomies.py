"""The vocabulary: facets as taxonomies, codes as their terms."""

import uuid
from collections.abc import Sequence

from flask import Response

from finder.api import blueprint, loading
from finder.api.answers import alone, listed
from finder.api.parameters import Nothing, Page, TaxonomyTerms, asked
from finder.api.problems import not_found
from finder.exporting import hsds
from finder.search.text import words


@blueprint.get("/taxonomies")
def taxonomies() -> Response:
    """All taxonomies, or those with words."""
    question = asked(Page)
    return listed(question, lambda: _worded(hsds.taxonomies(loading.telling()), question.search), list)


@blueprint.get("/taxonomies/<uuid:taxonomy_id>")
def taxonomy(taxonomy_id: uuid.UUID) -> Response:
    """One taxonomy."""
    asked(Nothing)
    return alone(lambda: _with_id(hsds.taxonomies(loading.telling()), taxonomy_id, "taxonomy"))


@blueprint.get("/taxonomy_terms")
def taxonomy_terms() -> Response:
    """All terms of all taxonomies, or those that are asked for."""
    question = asked(TaxonomyTerms)

    def find() -> Sequence[hsds.Data]:
        terms = _worded(hsds.taxonomy_terms(loading.telling()), question.search)
        return [term for term in terms if _is_asked_for(term, question)]

    return listed(question, find, list)


@blueprint.get("/taxonomy_terms/<uuid:term_id>")
def taxonomy_term(term_id: uuid.UUID) -> Response:
    """One term."""
    asked(Nothing)
    return alone(lambda: _with_id(hsds.taxonomy_terms(loading.telling()), term_id, "taxonomy term"))


def _is_asked_for(term: hsds.Data, question: TaxonomyTerms) -> bool:
    return (
        question.taxonomy_id in {None, term["taxonomy_id"]}
        and question.parent_id in {None, term.get("parent_id")}
        and not (question.top_only and "parent_id" in term)
    )


def _worded(entries: Sequence[hsds.Data], search: str) -> list[hsds.Data]:
    """The entries in whose name and description some word begins with each word of the search."""
    wanted = words(search)
    return [entry for entry in entries if _begin_words(wanted, words(f"{entry['name']} {entry['description']}"))]


def _begin_words(beginnings: frozenset[str], found: frozenset[str]) -> bool:
    return all(any(word.startswith(beginning) for word in found) for beginning in beginnings)


def _with_id(entries: Sequence[hsds.Data], wanted: uuid.UUID, what: str) -> hsds.Data:
    return next((entry for entry in entries if entry["id"] == wanted), None) or not_found(what)
