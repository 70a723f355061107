"""What search knows of listings, as columns in any order: from a database, or from segments that are to be merged."""

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from finder.domain.vocabulary import vocabulary
from finder.search.bits import Longs, Rows
from finder.search.geodesic import Floats
from finder.search.row import SnapshotRow
from finder.search.strings import Strings
from finder.search.text import fold, words
from finder.search.times import week_text

Ints: TypeAlias = NDArray[np.int32]

NEVER = dt.date.min.toordinal() - 1
NOT_DUE = dt.date.max.toordinal()
_TAGS_AT_A_TIME = 16_384  # rows


@dataclass(frozen=True)
class Labels:
    """A column of texts: the different ones in ascending order, and each row's place among them."""

    texts: Strings
    codes: Ints

    @classmethod
    def of(cls, seen: Sequence[str], codes: Sequence[int]) -> "Labels":
        """From texts as they were first seen, and each row's place among those."""
        texts = Strings.of(seen)
        places = {text: place for place, text in enumerate(texts.tolist())}
        return cls(texts, _renamed([places[text] for text in seen], np.asarray(codes, dtype=np.int32)))

    @classmethod
    def joined(cls, parts: Sequence["Labels"]) -> "Labels":
        """The rows of all parts behind each other. A text that no row has any more is left out."""
        lists = [part.used() for part in parts]
        texts = Strings.of(text for seen, _ in lists for text in seen)
        places = {text: place for place, text in enumerate(texts.tolist())}
        return cls(texts, np.concatenate([_renamed([places[text] for text in seen], codes) for seen, codes in lists]))

    def used(self) -> tuple[list[str], Ints]:
        """The texts that some row has, and each row's place among them."""
        used = np.zeros(len(self.texts), dtype=np.bool_)
        used[self.codes] = True
        texts = [text for text, is_used in zip(self.texts.tolist(), used.tolist(), strict=True) if is_used]
        return texts, (np.cumsum(used, dtype=np.int32) - 1)[self.codes]


def _renamed(places: Sequence[int], codes: Ints) -> Ints:
    return np.asarray(places, dtype=np.int32)[codes] if places else codes


@dataclass(frozen=True)
class Columns:
    """Listings in any order. ``tags`` has shape (rows, bytes): one bit a code of the vocabulary, in its order.

    ``words`` are pairs of a row (``word_rows``) and a word that stands in it, each pair once. Names, states and
    counties are folded. ``weeks`` are texts as `finder.search.times.week_text` has them.
    """

    ids: NDArray[np.int64]
    latitudes: Floats
    longitudes: Floats
    verified: Ints
    review_due: Ints
    available_until: Longs
    weeks: Labels
    names: Labels
    states: Labels
    counties: Labels
    tags: NDArray[np.uint8]
    word_rows: Ints
    words: Labels

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """The rows of all parts behind each other."""
        starts = np.cumsum([0, *(part.ids.size for part in parts)])
        rows = [part.word_rows + np.int32(start) for part, start in zip(parts, starts, strict=False)]
        joined: dict[str, Any] = {"word_rows": np.concatenate(rows)}
        for field in fields(cls):
            if field.name not in joined:
                columns = [getattr(part, field.name) for part in parts]
                join = Labels.joined if isinstance(columns[0], Labels) else np.concatenate
                joined[field.name] = join(columns)
        return cls(**joined)


class ColumnsBuilder:
    """Takes in rows one at a time and keeps no object of theirs."""

    def __init__(self) -> None:
        self._numbers = {name: array("d") for name in ("latitude", "longitude")}
        self._ids, self._verified, self._review_due = array("q"), array("i"), array("i")
        self._available_until, self._weeks = array("q"), _Seen()
        self._labels = {name: _Seen() for name in ("name", "state", "county")}
        self._words, self._word_rows = _Seen(), array("i")
        self._tags = _TagRows()

    def add(self, row: SnapshotRow, tags: Iterable[tuple[str, str]]) -> None:
        """One listing more; ``tags``, as facets and codes, stand for its own."""
        nowhere = float("nan")
        self._numbers["latitude"].append(nowhere if row.latitude is None else row.latitude)
        self._numbers["longitude"].append(nowhere if row.longitude is None else row.longitude)
        self._verified.append(NEVER if row.verified_on is None else row.verified_on.toordinal())
        self._review_due.append(NOT_DUE if row.review_due_on is None else row.review_due_on.toordinal())
        self._available_until.append(row.available_until)
        self._weeks.add(week_text(row.time_zone, row.schedules or ""))
        self._labels["name"].add(row.name)
        self._labels["state"].add(row.state)
        self._labels["county"].add(row.county)
        found = words(row.text)
        self._words.add_all(found)
        self._word_rows.extend([len(self._ids)] * len(found))
        self._tags.add(tags)
        self._ids.append(row.id)

    def columns(self) -> Columns:
        """All that were added."""
        return Columns(
            ids=np.array(self._ids, dtype=np.int64),
            latitudes=np.array(self._numbers["latitude"], dtype=np.float64),
            longitudes=np.array(self._numbers["longitude"], dtype=np.float64),
            verified=np.array(self._verified, dtype=np.int32),
            review_due=np.array(self._review_due, dtype=np.int32),
            available_until=np.array(self._available_until, dtype=np.int64),
            weeks=self._weeks.labels(),
            names=self._labels["name"].folded(),
            states=self._labels["state"].folded(),
            counties=self._labels["county"].folded(),
            tags=self._tags.packed(),
            word_rows=np.array(self._word_rows, dtype=np.int32),
            words=self._words.labels(),
        )


def columns_of(rows: Iterable[SnapshotRow]) -> Columns:
    """Rows as columns."""
    builder = ColumnsBuilder()
    for row in rows:
        builder.add(row, [_pair(tag) for tag in (row.tags or "").split()])
    return builder.columns()


def _pair(tag: str) -> tuple[str, str]:
    facet, _, code = tag.partition(":")
    return facet, code


class _Seen(dict[str, int]):
    """Numbers for texts, in the order in which they are first met; and which were met, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._met = array("i")

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number

    def add(self, text: str) -> None:
        self._met.append(self[text])

    def add_all(self, texts: Iterable[str]) -> None:
        self._met.extend(map(self.__getitem__, texts))

    def labels(self) -> Labels:
        return Labels.of(list(self), self._met)

    def folded(self) -> Labels:
        """Without case and accents, by which some become the same."""
        return Labels.of([fold(text) for text in self], self._met)


class _TagRows:
    """The tags of rows as bits, packed a few thousand rows at a time."""

    def __init__(self) -> None:
        terms = [term for facet in vocabulary().facets for term in facet.terms]
        # A tag that left the vocabulary may still stand in the database; nobody can ask for it.
        self._number = _NumberOrLast({(term.facet, term.code): number for number, term in enumerate(terms)})
        self._bits = -(-(len(terms) + 1) // 8) * 8
        self._packed: list[NDArray[np.uint8]] = []
        self._begin()

    def _begin(self) -> None:
        self._numbers, self._lengths = array("h"), array("h")

    def add(self, tags: Iterable[tuple[str, str]]) -> None:
        before = len(self._numbers)
        self._numbers.extend(map(self._number.__getitem__, tags))
        self._lengths.append(len(self._numbers) - before)
        if len(self._lengths) == _TAGS_AT_A_TIME:
            self._pack()

    def _pack(self) -> None:
        table = np.zeros((len(self._lengths), self._bits), dtype=np.uint8)
        lengths: Rows = np.array(self._lengths, dtype=np.int64)
        table[np.repeat(np.arange(lengths.size), lengths), np.array(self._numbers, dtype=np.int64)] = 1
        table[:, len(self._number)] = 0
        self._complete_attendance(table)
        self._packed.append(np.packbits(table, axis=1, bitorder="little"))
        self._begin()

    def _complete_attendance(self, table: NDArray[np.uint8]) -> None:
        """In person and online at once is hybrid, and hybrid is both: whoever asks for one of the three finds it."""
        in_person, online, hybrid = (self._number["attendance", code] for code in ("in_person", "online", "hybrid"))
        table[:, hybrid] |= table[:, in_person] & table[:, online]
        table[:, in_person] |= table[:, hybrid]
        table[:, online] |= table[:, hybrid]

    def packed(self) -> NDArray[np.uint8]:
        self._pack()
        return np.concatenate(self._packed)


class _NumberOrLast(dict[tuple[str, str], int]):
    """Numbers of known tags; the one after the last for all others."""

    def __missing__(self, _tag: tuple[str, str]) -> int:
        return len(self)


Arrays: TypeAlias = dict[str, NDArray[Any]]
"""Named arrays: all that a segment is, and all that stands in a file."""
