"""The published directory at one version: one large segment, and a small one of what changed since it was built."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from finder.search.bits import WORD, Bits, Longs, Rows, has, rows_of, size, span
from finder.search.columns import Columns, columns_of
from finder.search.row import SnapshotRow
from finder.search.segment import Segment

__all__ = ["Part", "Snapshot", "SnapshotRow"]

_NAMES_BETWEEN = 20  # bits: room for a million new names between two old ones


@dataclass(frozen=True)
class Part:
    """A segment with the rows of it that still hold; ``alive`` is ``None`` where all do.

    ``name_keys``, where they are given, order its names among those of the other part; else the names' own places do.
    """

    segment: Segment
    alive: Bits | None = None
    name_keys: Longs | None = None

    @property
    def size(self) -> int:
        """How many rows hold."""
        return self.segment.size if self.alive is None else size(self.alive)

    def rows(self) -> Rows:
        """The rows that hold."""
        return np.arange(self.segment.size) if self.alive is None else rows_of(self.alive)

    def living(self, rows: Rows) -> Rows:
        """Those of the rows that hold."""
        return rows if self.alive is None else rows[has(self.alive, rows)]

    def names(self, rows: Rows) -> Longs:
        """Numbers that order names as the alphabet does, across parts."""
        names = self.segment.names[rows]
        return names.astype(np.int64) << _NAMES_BETWEEN if self.name_keys is None else self.name_keys[names]

    def without(self, ids: NDArray[np.int64]) -> "Part":
        """The part where the listings with these ids no longer hold."""
        gone = np.flatnonzero(np.isin(self.segment.ids, ids))
        if not gone.size:
            return self
        alive = span(0, self.segment.size) if self.alive is None else self.alive.copy()
        np.bitwise_and.at(alive, gone // WORD, ~(np.uint64(1) << (gone % WORD).astype(np.uint64)))
        return Part(self.segment, alive, self.name_keys)


class Snapshot:
    """The parts; ``version`` is the directory's version that they show, ``as_of`` when they were read."""

    def __init__(self, rows: Iterable[SnapshotRow], *, version: int, as_of: dt.datetime) -> None:
        """From the published listings, in any order."""
        self.parts: tuple[Part, ...] = (Part(Segment.of(columns_of(rows))),)
        self.version = version
        self.as_of = as_of

    @classmethod
    def of(cls, parts: Sequence[Part], *, version: int, as_of: dt.datetime) -> "Snapshot":
        """From a base and, where there are any, its changes."""
        made = cls.__new__(cls)
        made.parts, made.version, made.as_of = tuple(parts), version, as_of
        return made

    def changed(self, ids: NDArray[np.int64], columns: Columns, *, version: int, as_of: dt.datetime) -> "Snapshot":
        """The snapshot after the listings with these ids have changed to ``columns``, or are gone where not in it."""
        base = self.parts[0].without(ids)
        newer = [columns]
        for delta in self.parts[1:]:
            left = delta.without(ids)
            newer.append(left.segment.columns(left.rows()))
        changes = Segment.of(Columns.joined(newer))
        parts = [base, Part(changes, name_keys=_keys_among(changes, base.segment))] if changes.size else [base]
        return Snapshot.of(parts, version=version, as_of=as_of)

    def merged(self) -> "Snapshot":
        """The same in one segment, all of whose rows hold."""
        columns = Columns.joined([part.segment.columns(part.rows()) for part in self.parts])
        return Snapshot.of([Part(Segment.of(columns))], version=self.version, as_of=self.as_of)

    @property
    def changes(self) -> int:
        """How many rows no longer hold in the base or lie outside it, whichever are more."""
        base = self.parts[0]
        return max(base.segment.size - base.size, sum(part.size for part in self.parts[1:]))

    @property
    def nbytes(self) -> int:
        """What the columns take."""
        return sum(part.segment.nbytes for part in self.parts)

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """The ids of all listings, ascending."""
        return np.sort(np.concatenate([part.segment.ids[part.rows()] for part in self.parts]))


def _keys_among(changes: Segment, base: Segment) -> Longs:
    """Where the names of ``changes`` stand in the alphabet among those of ``base``."""
    names = changes.name_texts.tolist()
    keys = np.empty(len(names), dtype=np.int64)
    for place, name in enumerate(names):
        number = base.name_texts.number(name)
        between = (base.name_texts.place(name) << _NAMES_BETWEEN) - (len(names) - place)
        keys[place] = number << _NAMES_BETWEEN if number >= 0 else between
    return keys
