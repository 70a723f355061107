"""Sets of rows as bits: row ``i`` is bit ``i % 64`` of word ``i // 64``. Bits beyond the last row are 0."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bits: TypeAlias = NDArray[np.uint64]
"""One set of rows, shape (words,), or several, shape (sets, words)."""

Mask: TypeAlias = NDArray[np.bool_]
"""A set of rows as one truth value a row, shape (rows,)."""

Rows: TypeAlias = NDArray[Any]
"""Row numbers, of any integer type, ascending."""

Longs: TypeAlias = NDArray[np.int64]

WORD = 64
_ALL = np.uint64(2**64 - 1)


def words_for(count: int) -> int:
    """How many words hold ``count`` rows."""
    return -(-count // WORD)


def pack(mask: Mask, first: int = 0) -> Bits:
    """The set of the rows whose value is true; ``mask[0]`` stands for bit ``first`` of the first word."""
    padded = np.zeros(words_for(first + mask.size) * WORD, dtype=np.bool_)
    padded[first : first + mask.size] = mask
    return np.packbits(padded, bitorder="little").view(np.uint64)


def pack_rows(rows: Rows, count: int) -> Bits:
    """The set of these rows of ``count``."""
    mask = np.zeros(words_for(count) * WORD, dtype=np.bool_)
    mask[rows] = True
    return np.packbits(mask, bitorder="little").view(np.uint64)


def span(first: int, last: int) -> Bits:
    """The bits from ``first`` to before ``last``, in the words from that of ``first`` on; not empty."""
    bits = np.full(words_for(last) - first // WORD, _ALL)
    bits[0] &= _ALL << np.uint64(first % WORD)
    if last % WORD:
        bits[-1] &= _ALL >> np.uint64(WORD - last % WORD)
    return bits


def rows_of(bits: Bits, first_word: int = 0) -> Longs:
    """The numbers of the rows in the set, whose first word is number ``first_word``."""
    rows: Longs = np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_))
    rows += first_word * WORD
    return rows


def has(bits: Bits, rows: Rows) -> Mask:
    """For each row whether it is in the set."""
    among: Mask = (bits[rows >> 6] >> (rows & 63).astype(np.uint64)) & np.uint64(1) != 0
    return among


def size(bits: Bits) -> int:
    """How many rows are in the set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))
