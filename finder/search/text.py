"""Words: how text is folded, and which rows have a word that begins with another."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from finder.search.bits import Mask, Rows
from finder.search.strings import Strings

_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc")
_WORD = re.compile(r"[^\W_]+")
_FEW_LISTS = 12
_SPARSE = 32  # marking rows costs less than searching for one in so many


def fold(text: str) -> str:
    """Lower case without accents and apostrophes: "St. Mary's Clínica" → "st. marys clinica"."""
    if text.isascii():
        return text.replace("'", "").lower()
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return plain.translate(_APOSTROPHES).casefold()


def words(text: str) -> frozenset[str]:
    """The folded words of a text; what is neither letter nor digit parts them."""
    return frozenset(_WORD.findall(fold(text)))


@dataclass(frozen=True)
class Ranges:
    """Rows as ranges that ascend and don't overlap: from each of ``starts`` to before the same of ``stops``."""

    starts: Rows
    stops: Rows

    @classmethod
    def one(cls, start: int, stop: int) -> "Ranges":
        """A single range."""
        return cls(np.array([start]), np.array([stop]))

    def __len__(self) -> int:
        return int((self.stops - self.starts).sum())

    def rows(self) -> Rows:
        """The numbers of all rows."""
        if self.starts.size == 1:
            return np.arange(self.starts[0], self.stops[0])
        lengths = self.stops - self.starts
        before = np.cumsum(lengths)
        rows: Rows = np.repeat(self.starts - before + lengths, lengths)
        rows += np.arange(rows.size)
        return rows


@dataclass(frozen=True)
class WordIndex:
    """All words of all rows in alphabetical order, each with its rows; words with one beginning stand together.

    The rows of the word at place ``i`` are ``rows[starts[i] : starts[i + 1]]``, ascending. ``count`` is the number of
    rows of the directory.
    """

    words: Strings
    starts: Rows
    rows: Rows
    count: int

    def matching(self, text: str, within: Ranges) -> Rows | None:
        """The rows of ``within`` in which every word of ``text`` begins some word; ``None`` where it has no words."""
        asked = words(text)
        if not asked:
            return None
        spans = [self.words.beginning_with(word) for word in _without_beginnings(asked)]
        spans.sort(key=lambda span: int(self.starts[span[1]] - self.starts[span[0]]))
        found = self._rows(*spans[0], within)
        for span in spans[1:]:
            if not found.size:
                break
            found = self._and(found, span, within)
        return found

    def _and(self, found: Rows, span: tuple[int, int], within: Ranges) -> Rows:
        """Those of the rows that have one of these words as well."""
        first, last = span
        length = int(self.starts[last] - self.starts[first])
        if last - first == 1 and found.size * _SPARSE < length:
            return found[_among(found, self._list(first))]
        if length * _SPARSE < self.count:
            return found[_among(found, self._rows(first, last, within))]
        return found[self._marked(first, last)[found]]

    def _rows(self, first: int, last: int, within: Ranges) -> Rows:
        """The rows of ``within`` that have one of these words."""
        if last - first == 1:
            return _restricted(self._list(first), within)
        if last - first > _FEW_LISTS or (self.starts[last] - self.starts[first]) * _SPARSE > self.count:
            return self._of_many(first, last, within)
        lists = [_restricted(self._list(place), within) for place in range(first, last)]
        rows: Rows = np.concatenate(lists) if lists else np.empty(0, dtype=np.int32)
        rows.sort()
        once: Rows = rows[np.diff(rows, prepend=-1) != 0]
        return once

    def _of_many(self, first: int, last: int, within: Ranges) -> Rows:
        there = self._marked(first, last)
        if within.starts.size == 1:
            start = int(within.starts[0])
            return np.flatnonzero(there[start : int(within.stops[0])]) + start
        rows = within.rows()
        found: Rows = rows[there[rows]]
        return found

    def _marked(self, first: int, last: int) -> Mask:
        """Of each row of the directory whether it has one of these words."""
        there = np.zeros(self.count, dtype=np.bool_)
        there[self.rows[self.starts[first] : self.starts[last]]] = True
        return there

    def _list(self, place: int) -> Rows:
        found: Rows = self.rows[self.starts[place] : self.starts[place + 1]]
        return found


def _without_beginnings(asked: Iterable[str]) -> list[str]:
    """The words that don't begin another: whoever has "house" has "hou"."""
    kept: list[str] = []
    for word in sorted(asked, reverse=True):
        if not (kept and kept[-1].startswith(word)):
            kept.append(word)
    return kept


def _restricted(rows: Rows, within: Ranges) -> Rows:
    starts = rows.searchsorted(within.starts.astype(rows.dtype))
    stops = rows.searchsorted(within.stops.astype(rows.dtype))
    if starts.size == 1:
        return rows[starts[0] : stops[0]]
    filled = np.flatnonzero(stops > starts)
    return rows[Ranges(starts[filled], stops[filled]).rows()]


def _among(rows: Rows, others: Rows) -> Mask:
    if not others.size:
        return np.zeros(rows.size, dtype=np.bool_)
    places = others.searchsorted(rows.astype(others.dtype))
    places[places == others.size] = 0
    found: Mask = others[places] == rows
    return found
