"""Names that begin as somebody has begun to type, with at most one slip."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

_LONGEST = 32  # letters that are compared; the longest key of the data has 30
_FEWEST = 4  # with fewer letters, half the names of the country are one slip away

Letters = NDArray[np.uint8]


class Beginnings:
    """Keys with a weight each, found by their beginnings; the heavier first, then in the order in which they came."""

    def __init__(self, keys: Sequence[str], weights: Sequence[float]) -> None:
        self._order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int32)
        texts = np.array(keys, dtype=f"S{_LONGEST}")[self._order]
        self._texts = texts
        self._letters: Letters = texts.view(np.uint8).reshape(len(keys), _LONGEST)
        self._weights = np.array(weights, dtype=np.float64)[self._order]

    def exactly(self, key: str, most: int) -> list[int]:
        """Where in the given sequence the keys stand that are this one; at most so many."""
        wanted = key.encode("ascii")
        first, last = (int(self._texts.searchsorted(wanted, side)) for side in ("left", "right"))
        return self._heaviest(np.arange(first, last), most)

    def of(self, beginning: str, most: int) -> list[int]:
        """Where the keys stand that begin like this."""
        wanted = beginning.encode("ascii")[:_LONGEST]
        first = int(self._texts.searchsorted(wanted))
        last = int(self._texts.searchsorted(wanted + b"\x7f"))
        return self._heaviest(np.arange(first, last), most)

    def almost(self, beginning: str, most: int) -> list[int]:
        """Where the keys stand that begin like this but for one letter: wrong, missing, extra, or swapped."""
        typed = np.frombuffer(beginning.encode("ascii"), dtype=np.uint8)
        if not _FEWEST <= typed.size < _LONGEST:
            return []
        # Who types a name gets its first letter right; to look among those names alone takes a tenth of the time.
        first, last = (int(self._texts.searchsorted(bytes([typed[0] + more]))) for more in (0, 1))
        there = np.arange(first, last)
        return self._heaviest(there[_one_slip_away(typed, self._letters[first:last])], most)

    def _heaviest(self, rows: NDArray[np.intp], most: int) -> list[int]:
        weights = self._weights[rows]
        if rows.size > most:
            rows = rows[weights >= np.partition(weights, -most)[-most]]
        places = self._order[rows]
        ranked = sorted(zip((-self._weights[rows]).tolist(), places.tolist(), strict=True))
        return [place for _, place in islice(ranked, most)]


def _one_slip_away(typed: Letters, names: Letters) -> NDArray[np.bool_]:
    """Which names, one a row, begin like ``typed`` with at most one letter wrong, missing, extra or swapped.

    Up to the slip the letters agree from the front; after it they agree from the back, once what was typed is shifted.
    """
    length = typed.size
    agreeing = _leading(names[:, :length] == typed)
    wrong = agreeing + _trailing(names[:, :length] == typed) >= length - 1
    missing = agreeing + _trailing(names[:, 1 : length + 1] == typed) >= length
    extra = agreeing + _trailing(names[:, : length - 1] == typed[1:]) >= length - 1
    away: NDArray[np.bool_] = wrong | missing | extra | _swapped(typed, names, agreeing)
    return away


def _swapped(typed: Letters, names: Letters, agreeing: NDArray[np.intp]) -> NDArray[np.bool_]:
    at = np.minimum(agreeing, typed.size - 2)
    rows = np.arange(len(names))
    crosswise = (names[rows, at] == typed[at + 1]) & (names[rows, at + 1] == typed[at])
    swapped: NDArray[np.bool_] = crosswise & (agreeing + _trailing(names[:, : typed.size] == typed) >= typed.size - 2)
    return swapped


def _leading(same: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many columns are true from the first on, shape (rows,)."""
    count: NDArray[np.intp] = np.where(same.all(axis=1), same.shape[1], same.argmin(axis=1))
    return count


def _trailing(same: NDArray[np.bool_]) -> NDArray[np.intp]:
    return _leading(same[:, ::-1])
