"""DuckDB in memory."""

import duckdb
import numpy as np

from benchmarks import counting
from benchmarks.generate import EARTH_METERS
from benchmarks.geometry import Box, band_of, chord_squared, vector
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found, Peer
from benchmarks.peers.sqlite_best import meets
from benchmarks.queries import Query, unit_vectors


class DuckDb(Peer):
    """Columns scanned in the process."""

    name = "DuckDB"
    how = (
        "In memory and in process, rows in the order of latitude bands and longitudes; tags as bit masks, tested in"
        " SQL; masks counted in numpy."
    )

    def take_in(self, listings: Listings) -> None:
        self._database = duckdb.connect(":memory:")
        self.closing.callback(self._database.close)
        columns = listings.columns
        vectors = unit_vectors(columns.latitudes, columns.longitudes)
        bands = np.array([band_of(latitude) for latitude in columns.latitudes.tolist()])
        order = np.lexsort((columns.longitudes, bands))
        # DuckDB finds Python variables by the names of tables.
        table = {
            "id": listings.ids,
            "band": bands,
            "longitude": columns.longitudes,
            **{axis: np.ascontiguousarray(vectors[:, number]) for number, axis in enumerate("xyz")},
            **{f"m{word}": np.ascontiguousarray(columns.masks[:, word]) for word in range(columns.masks.shape[1])},
            "verified": columns.verified,
            "state": np.array(listings.states),
            "words": np.array([f" {text}" for text in listings.texts], dtype=object),
        }
        sorted_table = {name: column[order] for name, column in table.items()}
        self._database.register("listing_rows", sorted_table)
        self._database.execute("CREATE TABLE listing AS SELECT * FROM listing_rows")
        self._database.unregister("listing_rows")

    def find(self, query: Query) -> Found:
        groups = [meets(group) for group in query.masks]
        # Whatever meets all needs but one is counted for the facet of that one.
        enough = " OR ".join(
            " AND ".join(groups[other] for other in counting.others(query, chosen)) or "true"
            for chosen in range(len(groups))
        )
        masks = self._database.execute(f"SELECT m0, m1 FROM listing WHERE {_area(query)} AND ({enough})").fetchnumpy()
        total, counts = counting.of_masks(query, np.stack((masks["m0"], masks["m1"]), axis=1))
        meters = f"round({2 * EARTH_METERS} * asin(least(1, sqrt({_squares(query)}) / 2)))"
        page = self._database.execute(
            f"SELECT id FROM listing WHERE {' AND '.join([_area(query), *groups])}"
            f" ORDER BY {meters}, verified DESC, id LIMIT {PAGE_SIZE}"
        )
        return Found(total, counts, [id_ for (id_,) in page.fetchall()])


def _squares(query: Query) -> str:
    axes = zip("xyz", vector(query.latitude, query.longitude), strict=True)
    # As 64-bit numbers: DuckDB takes plain decimals for exact ones.
    return " + ".join(f"({axis} - ({middle:.17e})) * ({axis} - ({middle:.17e}))" for axis, middle in axes)


def _area(query: Query) -> str:
    conditions = ["true"]
    if query.meters:
        box = Box.around(query.latitude, query.longitude, query.meters)
        conditions.append(f"band BETWEEN {box.bands[0]} AND {box.bands[-1]}")
        conditions.append(f"longitude BETWEEN {box.west} AND {box.east}")
        conditions.append(f"{_squares(query)} <= {chord_squared(query.meters):.17e}")
    if query.state:
        conditions.append(f"state = '{query.state}'")
    conditions += [f"contains(words, ' {word}')" for word in query.words]
    return " AND ".join(conditions)
