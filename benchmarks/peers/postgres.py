"""What the PostgreSQL designs share: a private server with PostGIS, a table of listings, and how it is filled."""

import abc
from collections.abc import Iterable, Iterator
from typing import Any

import psycopg

from benchmarks import servers
from benchmarks.geometry import band_of
from benchmarks.listings import Listings
from benchmarks.peers.peer import NotHereError, Peer
from benchmarks.queries import Query, unit_vectors


class PostgresPeer(Peer):
    """A design in PostgreSQL; ``tables`` and ``indexes`` are its statements before and after filling."""

    tables = "CREATE TABLE listing (id integer, place geography(Point), state text, verified integer, words tsvector)"
    indexes = ""

    def take_in(self, listings: Listings) -> None:
        address = self.closing.enter_context(servers.postgres())
        self._connection = self.closing.enter_context(psycopg.connect(address, autocommit=True))
        try:
            self._connection.execute("CREATE EXTENSION postgis")
        except psycopg.errors.FeatureNotSupported as error:
            raise NotHereError("PostGIS is not here: run benchmarks/setup.sh") from error
        for statement in filter(str.strip, self.tables.split(";")):
            self._connection.execute(statement.encode())
        self.fill(listings)
        for statement in filter(str.strip, self.indexes.split(";")):
            self._connection.execute(statement.encode())
        self._connection.execute("VACUUM (ANALYZE, FREEZE)")

    @abc.abstractmethod
    def fill(self, listings: Listings) -> None:
        """Copy the directory into the tables."""

    def copy(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Bulk-load rows."""
        with self._connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def rows(self, statement: str) -> list[Any]:
        """The answer to one statement, fetched in binary."""
        return self._connection.execute(statement.encode(), binary=True).fetchall()


def places(listings: Listings) -> Iterator[tuple[Any, ...]]:
    """Rows of id, point, state, verified and words."""
    columns = listings.columns
    points = zip(columns.longitudes.tolist(), columns.latitudes.tolist(), strict=True)
    wkt = (f"POINT({longitude} {latitude})" for longitude, latitude in points)
    verified = columns.verified.tolist()
    yield from zip(listings.ids.tolist(), wkt, listings.states, verified, map(lexemes, listings.texts), strict=True)


def vectors(listings: Listings) -> Iterator[tuple[Any, ...]]:
    """Rows of latitude band, longitude, and the point as a vector of length 1."""
    columns = listings.columns
    bands = map(band_of, columns.latitudes.tolist())
    xyz = unit_vectors(columns.latitudes, columns.longitudes).T.tolist()
    return zip(bands, columns.longitudes.tolist(), *xyz, strict=True)


def lexemes(text: str) -> str:
    """A text as tsvector; its words are plain letters and digits."""
    return " ".join(sorted(set(text.split())))


def point(query: Query) -> str:
    """Where the question is asked."""
    return f"'POINT({query.longitude} {query.latitude})'::geography"


def area(query: Query) -> str:
    """The condition for what is in the circle or the state and has the words."""
    conditions = ["true"]
    if query.meters:
        conditions.append(f"ST_DWithin(place, {point(query)}, {query.meters})")
    if query.state:
        conditions.append(f"state = '{query.state}'")
    if query.words:
        conditions.append(f"words @@ '{' & '.join(f'{word}:*' for word in query.words)}'::tsquery")
    return " AND ".join(conditions)
