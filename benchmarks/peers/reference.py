"""The reference kernel R0: a scan that no search without an index can beat in numpy."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.geometry import chord_squared, vector
from benchmarks.listings import Listings
from benchmarks.peers.peer import Found, Peer
from benchmarks.queries import Query, unit_vectors

_ROWS_AT_A_TIME = 16_384  # so that the blocks of all columns stay in the processor's cache
_ANYWHERE = 8.0  # above the square of the sphere's diameter


class Reference(Peer):
    """One pass over all rows: bit tests on one uint64 word, float32 chord distance; 20 bytes a row."""

    name = "R0"
    how = (
        "Reference kernel: touches every row once in numpy (bit tests on one word of tags, float32 chord distance; 20"
        " bytes a row) and gives the number inside. No states, words, counts, order or page: a yardstick, not a search."
    )
    complete = False

    def take_in(self, listings: Listings) -> None:
        columns = listings.columns
        vectors = unit_vectors(columns.latitudes, columns.longitudes).astype(np.float32)
        self._axes = [np.ascontiguousarray(vectors[:, axis]) for axis in range(3)]
        # All tags that questions ask for are in the first word.
        self._masks = columns.masks[:, 0].astype(np.uint64)
        self._squares, self._sum = np.empty((2, _ROWS_AT_A_TIME), dtype=np.float32)
        self._bits = np.empty(_ROWS_AT_A_TIME, dtype=np.uint64)
        self._inside, self._has = np.empty((2, _ROWS_AT_A_TIME), dtype=np.bool_)

    def find(self, query: Query) -> Found:
        center = [np.float32(axis) for axis in vector(query.latitude, query.longitude)]
        limit = np.float32(_ANYWHERE if query.meters is None else chord_squared(query.meters))
        groups = [np.uint64(group[0]) for group in query.masks]
        starts = range(0, self._masks.size, _ROWS_AT_A_TIME)
        return Found(sum(self._block(start, center, limit, groups) for start in starts), {}, [])

    def page(self, ids: list[int]) -> Sequence[Any]:
        return ids

    def _block(self, start: int, center: list[np.float32], limit: np.float32, groups: list[np.uint64]) -> int:
        rows = slice(start, start + _ROWS_AT_A_TIME)
        masks = self._masks[rows]
        here = slice(masks.size)
        squares, total, bits = self._squares[here], self._sum[here], self._bits[here]
        inside, has = self._inside[here], self._has[here]
        for axis, (column, middle) in enumerate(zip(self._axes, center, strict=True)):
            into = squares if axis else total
            np.subtract(column[rows], middle, out=into)
            np.multiply(into, into, out=into)
            if axis:
                np.add(total, squares, out=total)
        np.less_equal(total, limit, out=inside)
        for group in groups:
            np.bitwise_and(masks, group, out=bits)
            np.not_equal(bits, 0, out=has)
            np.logical_and(inside, has, out=inside)
        return int(np.count_nonzero(inside))
