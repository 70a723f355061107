"""Sets of rows as bits: row ``i`` is bit ``i % 64`` of word ``i // 64``. Bits beyond the last row are 0."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bits: TypeAlias = NDArray[np.uint64]
"""One set of rows, shape (words,), or several, shape (sets, words)."""

Mask: TypeAlias = NDArray[np.bool_]
"""A set of rows as one truth value a row, shape (rows,)."""

Rows: TypeAlias = NDArray[np.intp]
"""Row numbers."""

WORD = 64


def words_for(count: int) -> int:
    """How many words hold ``count`` rows."""
    return -(-count // WORD)


def pack(mask: Mask) -> Bits:
    """The set of the rows whose value is true."""
    padded = np.zeros(words_for(mask.size) * WORD, dtype=np.bool_)
    padded[: mask.size] = mask
    return np.packbits(padded, bitorder="little").view(np.uint64)


def rows_of(bits: Bits) -> Rows:
    """The numbers of the rows in the set, ascending."""
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little"))


def size(bits: Bits) -> int:
    """How many rows are in the set."""
    return int(np.bitwise_count(bits).sum())


def sizes(sets: Bits) -> NDArray[np.int64]:
    """How many rows are in each of several sets."""
    counted: NDArray[np.int64] = np.bitwise_count(sets).sum(axis=1, dtype=np.int64)
    return counted
