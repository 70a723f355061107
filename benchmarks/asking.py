"""How a question goes over HTTP to `benchmarks.served`, and back into a `Query`."""

import orjson

from benchmarks.queries import Query
from finder.domain.vocabulary import Code, Facet

UNSHELVED, SHELVED, EMPTY = "/benchmark/unshelved", "/benchmark/shelved", "/benchmark/empty"
"""Searches that read each page from the database, searches as visitors' are, and no search."""

PARAMETER = "query"


def written(query: Query) -> str:
    """The question as JSON."""
    asked = {name: getattr(query, name) for name in Query.__slots__}
    return orjson.dumps(asked | {"needs": {facet: sorted(codes) for facet, codes in query.needs.items()}}).decode()


def read(text: str) -> Query:
    """The question that `written` wrote."""
    asked = orjson.loads(text)
    needs = {Facet(facet): frozenset(map(Code, codes)) for facet, codes in asked.pop("needs").items()}
    return Query(**asked, needs=needs)
