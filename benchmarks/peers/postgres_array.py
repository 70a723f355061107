"""PostgreSQL with PostGIS and an array of tags, as most would build it."""

from collections.abc import Iterator
from typing import Any

from benchmarks import catalog, counting
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found
from benchmarks.peers.postgres import PostgresPeer, area, places, point
from benchmarks.queries import Query


class PostgresArray(PostgresPeer):
    """GiST on the point, GIN on the array."""

    name = "PostgreSQL tag array"
    how = "PostGIS geography with GiST, smallint[] of tags with GIN, tsvector with GIN; all in SQL."
    tables = (
        "CREATE TABLE listing"
        " (id integer, place geography(Point), state text, verified integer, words tsvector, tags smallint[])"
    )
    indexes = """
    ALTER TABLE listing ADD PRIMARY KEY (id);
    CREATE INDEX ON listing USING gist (place);
    CREATE INDEX ON listing (state);
    CREATE INDEX ON listing USING gin (words);
    CREATE INDEX ON listing USING gin (tags)
    """

    def fill(self, listings: Listings) -> None:
        self.copy("listing", _rows(listings))

    def find(self, query: Query) -> Found:
        where = f"FROM listing WHERE {area(query)}{_meeting(query, range(len(query.groups)))}"
        ((total,),) = self.rows(f"SELECT count(*) {where}")
        matching = dict(self.rows(f"SELECT unnest(tags) AS tag, count(*) {where} GROUP BY tag"))
        own = []
        for chosen in range(len(query.groups)):
            others = f"FROM listing WHERE {area(query)}{_meeting(query, counting.others(query, chosen))}"
            tags = ", ".join(map(str, counting.tags_of_facet(query, chosen)))
            each = f"SELECT unnest(tags) AS tag {others}"
            own.append(
                dict(self.rows(f"SELECT tag, count(*) FROM ({each}) AS each WHERE tag IN ({tags}) GROUP BY tag"))
            )
        order = f"ORDER BY round(ST_Distance(place, {point(query)})), verified DESC, id LIMIT {PAGE_SIZE}"
        page = [id_ for (id_,) in self.rows(f"SELECT id {where} {order}")]
        return Found(total, counting.sideways(query, matching, own), page)


def _meeting(query: Query, groups: Any) -> str:
    tags = (", ".join(str(catalog.NUMBER_OF_TAG[tag]) for tag in query.groups[group]) for group in groups)
    return "".join(f" AND tags && ARRAY[{numbers}]::smallint[]" for numbers in tags)


def _rows(listings: Listings) -> Iterator[tuple[Any, ...]]:
    arrays = (f"{{{','.join(map(str, tags.tolist()))}}}" for _, tags in listings.tags(0, listings.size))
    for place, tags in zip(places(listings), arrays, strict=True):
        yield *place, tags
