"""Sets of rows that a search narrows down: few of them as numbers, many as bits."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from finder.search.bits import WORD, Bits, Rows, has, rows_of


@dataclass(frozen=True, slots=True)
class Few:
    """A set of rows as their numbers, with the squares of their chords from the searched point where known."""

    rows: Rows
    chords2: NDArray[np.float32] | None = None

    @property
    def size(self) -> int:
        """How many."""
        return self.rows.size


@dataclass(frozen=True, slots=True)
class Many:
    """A set of ``size`` rows as bits, from that of the first row of word ``first_word`` on."""

    bits: Bits
    first_word: int
    size: int

    @property
    def rows(self) -> Rows:
        """Their numbers."""
        return rows_of(self.bits, self.first_word)


Set: TypeAlias = Few | Many


def among(matches: Many, rows: Rows) -> Rows:
    """Those of the rows, which lie in the set's range, that are in it."""
    inside: Rows = rows[has(matches.bits, rows - matches.first_word * WORD)]
    return inside
