"""SQLite as fast as we could make it: a table clustered by place, and tags as bits."""

import itertools
import sqlite3

import numpy as np

from benchmarks import catalog, counting
from benchmarks.generate import EARTH_METERS
from benchmarks.geometry import Box, band_of, chord_squared, vector
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found, Peer
from benchmarks.peers.sqlite_join import match_words
from benchmarks.queries import Query, unit_vectors

TABLES = """
CREATE TABLE spot (band INTEGER, longitude REAL, id INTEGER, x REAL, y REAL, z REAL, m0 INTEGER, m1 INTEGER,
  verified INTEGER, state TEXT, PRIMARY KEY (band, longitude, id)) WITHOUT ROWID;
CREATE TABLE by_state (state TEXT, id INTEGER, x REAL, y REAL, z REAL, m0 INTEGER, m1 INTEGER, verified INTEGER,
  PRIMARY KEY (state, id)) WITHOUT ROWID;
CREATE TABLE by_id (id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL, m0 INTEGER, m1 INTEGER, verified INTEGER);
CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0, prefix='3 4');
"""
_FIRST_RING = 16_000.0  # meters
_LAST_RING = 21_000_000.0


class SqliteBest(Peer):
    """Clustered by (band, longitude), bit masks."""

    name = "SQLite masks"
    how = (
        "Rows clustered by (latitude band, longitude), a second copy by state, a third by id; tags as bit masks, tested"
        " in SQL; masks of matches counted in numpy; FTS5; the nearest in the nation by rings that grow."
    )

    def take_in(self, listings: Listings) -> None:
        path = self.workplace.folder / "masks.db"
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path)
        self.closing.callback(self._database.close)
        self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -1000000; {TABLES}")
        fill(self._database, listings)

    def find(self, query: Query) -> Found:
        where = area(query)
        every = " AND ".join([where, *map(meets, query.masks)])
        matching = self._numbers(f"SELECT m0, m1 FROM {every}", 2)
        own = [self._sideways(query, where, chosen) for chosen in range(len(query.groups))]
        counts = counting.sideways(query, counting.with_each_tag(matching), own)
        wanted = min(PAGE_SIZE, len(matching))
        return Found(len(matching), counts, self._nearest(query, wanted) if _rings(query) else self._page(query, every))

    def _sideways(self, query: Query, where: str, chosen: int) -> dict[int, int]:
        """Few codes, so SQL adds them up faster than it hands rows over."""
        tags = counting.tags_of_facet(query, chosen)
        sums = ", ".join(
            f"total(m{word} >> {bit} & 1)" for word, bit in (divmod(tag, catalog.BITS_PER_WORD) for tag in tags)
        )
        limits = " AND ".join([where, *(meets(query.masks[other]) for other in counting.others(query, chosen))])
        return dict(zip(tags, map(int, self._database.execute(f"SELECT {sums} FROM {limits}").fetchone()), strict=True))

    def _page(self, query: Query, where: str) -> list[int]:
        ordered = f"SELECT id FROM {where} ORDER BY {meters(query)}, verified DESC, id LIMIT {PAGE_SIZE}"
        return [id_ for (id_,) in self._database.execute(ordered)]

    def _nearest(self, query: Query, wanted: int) -> list[int]:
        """The page out of ever larger circles until one holds enough."""
        reach, needs = _FIRST_RING, " AND ".join(map(meets, query.masks))
        while True:
            found = self._page(query, f"{within(query, reach)} AND {needs}")
            if len(found) >= wanted or reach > _LAST_RING:
                return found
            reach *= 2

    def _numbers(self, statement: str, columns: int) -> counting.Masks:
        rows = itertools.chain.from_iterable(self._database.execute(statement))
        return np.fromiter(rows, dtype=np.int64).reshape(-1, columns)


def fill(database: sqlite3.Connection, listings: Listings) -> None:
    """Fill the tables of this design."""
    columns = listings.columns
    vectors = unit_vectors(columns.latitudes, columns.longitudes).T.tolist()
    own = (listings.ids.tolist(), *vectors, *columns.masks.T.tolist(), columns.verified.tolist())
    bands = [band_of(latitude) for latitude in columns.latitudes.tolist()]
    spots = sorted(zip(bands, columns.longitudes.tolist(), *own, listings.states, strict=True))
    database.executemany(f"INSERT INTO spot VALUES ({','.join('?' * 10)})", spots)
    states = sorted(zip(listings.states, *own, strict=True))
    database.executemany(f"INSERT INTO by_state VALUES ({','.join('?' * 8)})", states)
    database.executemany(f"INSERT INTO by_id VALUES ({','.join('?' * 7)})", zip(*own, strict=True))
    texts = zip(own[0], listings.texts, strict=True)
    database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.commit()
    database.execute("ANALYZE")


def meets(group: tuple[int, ...]) -> str:
    """The condition that a row has one of the group's tags."""
    tests = (f"m{word} & {bits} != 0" for word, bits in enumerate(group) if bits)
    return f"({' OR '.join(tests)})"


def meters(query: Query) -> str:
    """A row's distance in whole meters."""
    return f"round({2 * EARTH_METERS} * asin(min(1, sqrt({_squares(query)}) / 2)))"


def within(query: Query, reach: float, schema: str = "") -> str:
    """FROM and WHERE for the circle: one range of longitudes a band."""
    if reach >= EARTH_METERS:  # beyond a quarter of the globe: no limit here
        return f"{schema}spot WHERE 1"
    box = Box.around(query.latitude, query.longitude, reach)
    # A list and no join, for which SQLite may first read all rows of a small table.
    bands = ", ".join(map(str, box.bands))
    limit = f"longitude BETWEEN {box.west} AND {box.east} AND {_squares(query)} <= {chord_squared(reach)!r}"
    return f"{schema}spot WHERE band IN ({bands}) AND {limit}"


def _squares(query: Query) -> str:
    axes = zip("xyz", vector(query.latitude, query.longitude), strict=True)
    return " + ".join(f"({axis} - {middle!r}) * ({axis} - {middle!r})" for axis, middle in axes)


def _rings(query: Query) -> bool:
    return not (query.meters or query.state or query.words)


def area(query: Query, schema: str = "") -> str:
    """FROM and WHERE for what is in the circle or the state and has the words."""
    words = f"MATCH '{match_words(query)}'"
    if query.meters:
        where = within(query, query.meters, schema)
        return f"{where} AND id IN (SELECT rowid FROM {schema}words WHERE words {words})" if query.words else where
    if query.words:
        return (
            f"{schema}words AS found CROSS JOIN {schema}by_id AS own ON own.id = found.rowid WHERE found.words {words}"
        )
    return f"{schema}by_state WHERE state = '{query.state}'" if query.state else f"{schema}by_id WHERE 1"
