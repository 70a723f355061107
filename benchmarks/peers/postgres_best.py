"""PostgreSQL as fast as we could make it: covering b-trees by place and by state, tags as bits."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks import counting
from benchmarks.generate import EARTH_METERS
from benchmarks.geometry import Box, chord_squared, vector
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found
from benchmarks.peers.postgres import PostgresPeer, lexemes, vectors
from benchmarks.peers.sqlite_best import meets
from benchmarks.queries import Query

_COVERED = "id, verified, x, y, z, m0, m1"
_FIRST_RING = 16_000.0  # meters
_LAST_RING = 6_000_000.0


class PostgresBest(PostgresPeer):
    """Covering b-trees and bit masks."""

    name = "PostgreSQL masks"
    how = (
        "Covering b-trees on (latitude band, longitude) and on state, read alone; tags as bit masks, tested in SQL;"
        " masks of matches handed over in one value and counted in numpy; tsvector with GIN; the nearest in the nation"
        " by rings that grow."
    )
    tables = (
        "CREATE TABLE listing (id integer, state text, verified integer, words tsvector, m0 bigint, m1 bigint,"
        " band smallint, longitude double precision, x double precision, y double precision, z double precision)"
    )
    indexes = f"""
    CREATE INDEX ON listing (band, longitude) INCLUDE ({_COVERED});
    CREATE INDEX ON listing (state) INCLUDE ({_COVERED});
    CREATE INDEX ON listing USING gin (words)
    """

    def fill(self, listings: Listings) -> None:
        self.copy("listing", _rows(listings))

    def find(self, query: Query) -> Found:
        where = _area(query)
        # With one group its own counts are limited by nothing, and few codes are added up faster in SQL.
        masks = self._masks(f"{where} AND {_meeting(query)}")
        own = [self._sideways(query, where, chosen) for chosen in range(len(query.groups))]
        counts = counting.sideways(query, counting.with_each_tag(masks), own)
        return Found(len(masks), counts, self._nearest(query, min(PAGE_SIZE, len(masks))))

    def _masks(self, where: str) -> counting.Masks:
        ((joined,),) = self.rows(f"SELECT string_agg(int8send(m0) || int8send(m1), '') FROM {where}")
        return np.frombuffer(joined or b"", dtype=">i8").astype(np.int64).reshape(-1, 2)

    def _sideways(self, query: Query, where: str, chosen: int) -> dict[int, int]:
        tags = counting.tags_of_facet(query, chosen)
        sums = ", ".join(f"count(*) FILTER (WHERE {_has(tag)})" for tag in tags)
        limits = " AND ".join([where, *(meets(query.masks[other]) for other in counting.others(query, chosen))])
        return dict(zip(tags, *self.rows(f"SELECT {sums} FROM {limits}"), strict=True))

    def _nearest(self, query: Query, wanted: int) -> list[int]:
        if query.meters or query.state or query.words:
            return self._page(query, _area(query))
        reach = _FIRST_RING
        while True:
            found = self._page(query, _within(query, reach) if reach < _LAST_RING else "listing WHERE true")
            if len(found) >= wanted or reach > _LAST_RING:
                return found
            reach *= 2

    def _page(self, query: Query, where: str) -> list[int]:
        meters = f"round({2 * EARTH_METERS} * asin(least(1, sqrt({_squares(query)}) / 2)))"
        order = f"ORDER BY {meters}, verified DESC, id LIMIT {PAGE_SIZE}"
        return [id_ for (id_,) in self.rows(f"SELECT id FROM {where} AND {_meeting(query)} {order}")]


def _has(tag: int) -> str:
    return meets(counting.mask_of(tag))


def _meeting(query: Query) -> str:
    return " AND ".join(map(meets, query.masks))


def _squares(query: Query) -> str:
    axes = zip("xyz", vector(query.latitude, query.longitude), strict=True)
    return " + ".join(f"({axis} - ({middle!r})) * ({axis} - ({middle!r}))" for axis, middle in axes)


def _within(query: Query, reach: float) -> str:
    """FROM and WHERE for the circle: one range of longitudes a band."""
    box = Box.around(query.latitude, query.longitude, reach)
    bands = f"generate_series({box.bands[0]}, {box.bands[-1]}) AS bands (number)"
    limit = f"longitude BETWEEN {box.west} AND {box.east} AND {_squares(query)} <= {chord_squared(reach)!r}"
    return f"{bands} JOIN listing ON band = number::smallint WHERE {limit}"


def _area(query: Query) -> str:
    where = _within(query, query.meters) if query.meters else "listing WHERE true"
    if query.state:
        where += f" AND state = '{query.state}'"
    if query.words:
        where += f" AND words @@ '{' & '.join(f'{word}:*' for word in query.words)}'::tsquery"
    return where


def _rows(listings: Listings) -> Iterator[tuple[Any, ...]]:
    """In the order of the bands, so that neighbors share pages."""
    columns = listings.columns
    masks, verified = columns.masks.tolist(), columns.verified.tolist()
    places = list(vectors(listings))
    for row in sorted(range(listings.size), key=places.__getitem__):
        yield row + 1, listings.states[row], verified[row], lexemes(listings.texts[row]), *masks[row], *places[row]
