"""Names close to a misspelled one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_LONGEST = 40
_COMPARED = 300
_LETTERS = 36


class Name(NamedTuple):
    """A name that can be suggested: its key, the text to suggest, its state and how large the place is."""

    key: str
    label: str
    state: str
    size: float


class Speller:
    """Finds names within a few typing errors, in bounded time.

    How often each letter occurs is compared first, for all names at once: each missing, extra or wrong letter changes
    those counts, so they give a lower bound for the number of errors. At most 300 names pass on to the exact
    comparison.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._counts = _letter_counts([name.key for name in names])

    def close_to(self, key: str, state: str = "") -> list[Name]:
        """The names with the fewest errors against ``key``, in one state or all; larger places first among equals."""
        if not 2 < len(key) <= _LONGEST:
            return []
        allowed = 1 if len(key) <= 4 else 2 if len(key) <= 8 else 3
        graded = []
        for name in self._candidates(key, state, allowed):
            errors = typing_errors(key, name.key)
            if errors <= allowed:
                graded.append((errors, name.key[0] != key[0], -name.size, name.label, name))
        graded.sort()
        return [name for errors, *_, name in graded if errors <= graded[0][0] + 1]

    def _candidates(self, key: str, state: str, allowed: int) -> list[Name]:
        difference = self._counts - _letter_counts([key])
        at_least = np.maximum(difference.clip(0).sum(axis=1), (-difference).clip(0).sum(axis=1))
        near = np.flatnonzero(at_least <= allowed)
        found = [(int(at_least[at]), self._names[at]) for at in near.tolist() if state in ("", self._names[at].state)]
        found.sort(key=lambda pair: (pair[0], pair[1].key[0] != key[0], -pair[1].size, pair[1].label))
        return [name for _, name in found[:_COMPARED]]


def typing_errors(one: str, other: str) -> int:
    """How many letters are missing, extra, wrong or swapped with their neighbor (optimal string alignment distance)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _letter_counts(keys: Sequence[str]) -> NDArray[np.int8]:
    """How often each of a-z and 0-9 occurs in each key: shape (keys, 36)."""
    codes = np.frombuffer("".join(keys).encode("ascii"), dtype=np.uint8)
    letters = np.where(codes >= ord("a"), codes - ord("a"), codes - ord("0") + 26)
    rows = np.repeat(np.arange(len(keys)), [len(key) for key in keys])
    counts = np.bincount(rows * _LETTERS + letters, minlength=len(keys) * _LETTERS)
    return counts.reshape(-1, _LETTERS).astype(np.int8)
