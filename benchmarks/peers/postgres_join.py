"""PostgreSQL with PostGIS and a table of tags."""

from collections.abc import Iterator

from benchmarks import catalog, counting
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found
from benchmarks.peers.postgres import PostgresPeer, area, places, point
from benchmarks.queries import Query


class PostgresJoin(PostgresPeer):
    """GiST on the point, a (listing, tag) table."""

    name = "PostgreSQL join table"
    how = "PostGIS geography with GiST, a (listing, tag) table with an index each way, tsvector with GIN; all in SQL."
    tables = f"{PostgresPeer.tables}; CREATE TABLE tag (listing integer, tag smallint)"
    indexes = """
    ALTER TABLE listing ADD PRIMARY KEY (id);
    CREATE INDEX ON listing USING gist (place);
    CREATE INDEX ON listing (state);
    CREATE INDEX ON listing USING gin (words);
    ALTER TABLE tag ADD PRIMARY KEY (listing, tag);
    CREATE UNIQUE INDEX ON tag (tag, listing)
    """

    def fill(self, listings: Listings) -> None:
        self.copy("listing", places(listings))
        self.copy("tag", _tag_rows(listings))

    def find(self, query: Query) -> Found:
        ((total,),) = self.rows(f"SELECT count(*) FROM listing WHERE {area(query)}{_meeting(query)}")
        matching = dict(self.rows(_counts(query, _meeting(query), "")))
        own = []
        for chosen in range(len(query.groups)):
            tags = ", ".join(map(str, counting.tags_of_facet(query, chosen)))
            meeting = _meeting(query, counting.others(query, chosen))
            own.append(dict(self.rows(_counts(query, meeting, f"AND tag IN ({tags})"))))
        page = (
            f"SELECT id FROM listing WHERE {area(query)}{_meeting(query)}"
            f" ORDER BY round(ST_Distance(place, {point(query)})), verified DESC, id LIMIT {PAGE_SIZE}"
        )
        return Found(total, counting.sideways(query, matching, own), [id_ for (id_,) in self.rows(page)])


def _counts(query: Query, meeting: str, tags: str) -> str:
    return (
        f"SELECT tag, count(*) FROM listing JOIN tag ON listing = id {tags} WHERE {area(query)}{meeting} GROUP BY tag"
    )


def _meeting(query: Query, groups: list[int] | None = None) -> str:
    chosen = query.groups if groups is None else [query.groups[group] for group in groups]
    conditions = (", ".join(str(catalog.NUMBER_OF_TAG[tag]) for tag in group) for group in chosen)
    exists = "EXISTS (SELECT 1 FROM tag AS needed WHERE needed.listing = id AND needed.tag IN ({}))"
    return "".join(f" AND {exists.format(tags)}" for tags in conditions)


def _tag_rows(listings: Listings) -> Iterator[tuple[int, int]]:
    for row, tags in listings.tags(0, listings.size):
        for tag in tags.tolist():
            yield row + 1, tag
