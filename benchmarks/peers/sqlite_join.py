"""SQLite as its manual suggests: an R*Tree, a table of tags with an index each way, FTS5 for words."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from benchmarks import catalog, counting
from benchmarks.generate import EARTH_METERS
from benchmarks.geometry import Box, chord_squared, vector
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found, Peer
from benchmarks.queries import Query, unit_vectors

_TABLES = """
CREATE TABLE listing (id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL, state TEXT, verified INTEGER);
CREATE VIRTUAL TABLE box USING rtree(id, south, north, west, east);
CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0, prefix='3 4');
CREATE TABLE tag (listing INTEGER, tag INTEGER, PRIMARY KEY (listing, tag)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX listing_state ON listing (state);
CREATE UNIQUE INDEX tag_listing ON tag (tag, listing);
ANALYZE;
"""


class SqliteJoin(Peer):
    """R*Tree and join table."""

    name = "SQLite join table"
    how = "R*Tree, a (listing, tag) table with an index each way, FTS5; matches in a temporary table; all in SQL."

    def take_in(self, listings: Listings) -> None:
        path = self.workplace.folder / "join.db"
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path)
        self.closing.callback(self._database.close)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -1000000;"
        )
        self._database.executescript(_TABLES)
        columns = listings.columns
        vectors = unit_vectors(columns.latitudes, columns.longitudes).tolist()
        ids = listings.ids.tolist()
        places = ((id_, *xyz) for id_, xyz in zip(ids, vectors, strict=True))
        rows = (
            (*place, *more) for place, *more in zip(places, listings.states, columns.verified.tolist(), strict=True)
        )
        self._database.executemany("INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?)", rows)
        points = zip(ids, columns.latitudes.tolist(), columns.longitudes.tolist(), strict=True)
        boxes = ((id_, latitude, latitude, longitude, longitude) for id_, latitude, longitude in points)
        self._database.executemany("INSERT INTO box VALUES (?, ?, ?, ?, ?)", boxes)
        self._database.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", zip(ids, listings.texts, strict=True)
        )
        self._database.executemany("INSERT INTO tag VALUES (?, ?)", _tag_rows(listings))
        self._database.executescript(_INDEXES)

    def find(self, query: Query) -> Found:
        run = self._database.execute
        run("DROP TABLE IF EXISTS temp.here")
        meets = ", ".join(f"{self._meets(group)} AS meets{number}" for number, group in enumerate(query.groups))
        where, values = _area(query)
        x, y, z = vector(query.latitude, query.longitude)
        squares = f"(x - {x!r}) * (x - {x!r}) + (y - {y!r}) * (y - {y!r}) + (z - {z!r}) * (z - {z!r})"
        run(
            f"CREATE TEMP TABLE here AS SELECT listing.id, verified, {squares} AS squares, {meets} FROM {where}", values
        )
        # Without it SQLite takes the table for a large one and first reads all tags, to leave some of them out.
        run("ANALYZE temp.here")
        inside = f"squares <= {chord_squared(query.meters)!r}" if query.meters else "1"
        all_ = " AND ".join([inside, *(f"meets{number}" for number in range(len(query.groups)))])
        (total,) = run(f"SELECT count(*) FROM here WHERE {all_}").fetchone()
        matching = dict(run(f"SELECT tag, count(*) FROM here CROSS JOIN tag ON listing = id WHERE {all_} GROUP BY tag"))
        own = []
        for chosen in range(len(query.groups)):
            limits = " AND ".join([inside, *(f"meets{other}" for other in counting.others(query, chosen))])
            tags = ", ".join(map(str, counting.tags_of_facet(query, chosen)))
            statement = (
                f"SELECT tag, count(*) FROM here CROSS JOIN tag ON listing = id AND tag IN ({tags}) WHERE {limits}"
            )
            own.append(dict(run(f"{statement} GROUP BY tag")))
        meters = f"round({2 * EARTH_METERS} * asin(sqrt(squares) / 2))"
        ordered = f"SELECT id FROM here WHERE {all_} ORDER BY {meters}, verified DESC, id LIMIT {PAGE_SIZE}"
        return Found(total, counting.sideways(query, matching, own), [id_ for (id_,) in run(ordered)])

    @staticmethod
    def _meets(group: tuple[Any, ...]) -> str:
        tags = ", ".join(str(catalog.NUMBER_OF_TAG[tag]) for tag in group)
        return f"EXISTS (SELECT 1 FROM tag WHERE tag.listing = listing.id AND tag.tag IN ({tags}))"


def match_words(query: Query) -> str:
    """The words of a question for FTS5."""
    return " AND ".join(f"{word}*" for word in query.words)


def _area(query: Query) -> tuple[str, list[Any]]:
    """FROM and WHERE for what is in the box or the state and has the words."""
    sources, conditions = ["listing"], ["1"]
    values: list[Any] = []
    if query.meters:
        box = Box.around(query.latitude, query.longitude, query.meters)
        sources.insert(0, "box")
        # The tree's sides are rounded outwards, so that points on the edge stay in.
        conditions.append("box.id = listing.id AND north >= ? AND south <= ? AND east >= ? AND west <= ?")
        values += [box.south, box.north, box.west, box.east]
    if query.state:
        conditions.append("state = ?")
        values.append(query.state)
    if query.words:
        conditions.append("listing.id IN (SELECT rowid FROM words WHERE words MATCH ?)")
        values.append(match_words(query))
    return f"{' CROSS JOIN '.join(sources)} WHERE {' AND '.join(conditions)}", values


def _tag_rows(listings: Listings) -> Iterator[tuple[int, int]]:
    for row, tags in listings.tags(0, listings.size):
        for tag in tags.tolist():
            yield row + 1, tag
