"""Listings as columns in the order of `finder.search.bands`, never changed once built: what is searched."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from finder.search.bands import Bands, sorted_rows
from finder.search.bits import Longs, Mask, Rows
from finder.search.columns import Arrays, Columns, Ints, Labels
from finder.search.facets import TagColumns
from finder.search.geodesic import Floats, positions
from finder.search.strings import Strings
from finder.search.text import WordIndex, fold
from finder.search.times import WeekColumn

_PLAIN = ("ids", "latitudes", "longitudes", "verified", "review_due", "available_until")
_NO_LIMIT = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Segment:
    """Nothing but named arrays, in memory or in a file; each property is one of them or a view of some."""

    arrays: Arrays

    @classmethod
    def of(cls, columns: Columns) -> "Segment":
        """From listings in any order."""
        states = columns.states.codes
        order = sorted_rows(states, columns.latitudes, columns.longitudes, columns.ids)
        latitudes, longitudes = columns.latitudes[order], columns.longitudes[order]
        arrays: Arrays = {
            "ids": columns.ids[order],
            "latitudes": latitudes,
            "longitudes": longitudes,
            "space": positions(latitudes, longitudes).astype(np.float32),
            "verified": columns.verified[order],
            "review_due": columns.review_due[order],
            "available_until": columns.available_until[order],
            "names": columns.names.codes[order],
            "counties": columns.counties.codes[order],
        }
        bands = Bands.of(states[order], latitudes, longitudes, len(columns.states.texts))
        tags = TagColumns.of(columns.tags[order])
        spans, zones = WeekColumn.arrays(columns.weeks.texts.tolist())
        weeks = {"of_row": columns.weeks.codes[order], **spans}
        groups = {"bands": bands, "tags": tags, "words": _postings(columns, order), "weeks": weeks}
        for name, group in groups.items():
            arrays |= {f"{name}.{part}": array for part, array in group.items()}
        for name in ("names", "states", "counties"):
            arrays |= _texts(name, getattr(columns, name).texts)
        arrays |= _texts("zones", zones) | _texts("week_texts", columns.weeks.texts)
        return cls(arrays)

    @property
    def size(self) -> int:
        """How many rows."""
        return self.ids.size

    @property
    def nbytes(self) -> int:
        """What all arrays take."""
        return sum(array.nbytes for array in self.arrays.values())

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """The listings' ids."""
        return self.arrays["ids"]

    @cached_property
    def latitudes(self) -> Floats:
        """Degrees, NaN where the position isn't known; so are ``longitudes``."""
        return self.arrays["latitudes"]

    @cached_property
    def longitudes(self) -> Floats:
        """Degrees."""
        return self.arrays["longitudes"]

    @cached_property
    def space(self) -> NDArray[np.float32]:
        """Positions in space, shape (3, rows), as `finder.search.geodesic.positions` has them."""
        return self.arrays["space"]

    @cached_property
    def verified(self) -> Ints:
        """The day of the last verification."""
        return self.arrays["verified"]

    @cached_property
    def review_due(self) -> Ints:
        """The day from which a review is due."""
        return self.arrays["review_due"]

    @cached_property
    def available_until(self) -> Longs:
        """Until when the listing says that it takes new people, as `finder.search.row.moment_number` has it."""
        return self.arrays["available_until"]

    @cached_property
    def weeks(self) -> WeekColumn:
        """Opening hours and meetings."""
        return WeekColumn(**self._group("weeks"), zones=self._strings("zones"))

    @cached_property
    def names(self) -> Ints:
        """Each row's place among `name_texts`."""
        return self.arrays["names"]

    @cached_property
    def name_texts(self) -> Strings:
        """All folded names."""
        return self._strings("names")

    @cached_property
    def bands(self) -> Bands:
        """Where which rows stand."""
        return Bands(**self._group("bands"))

    @cached_property
    def tags(self) -> TagColumns:
        """What is true of which rows."""
        return TagColumns(**self._group("tags"))

    @cached_property
    def words(self) -> WordIndex:
        """The words of names and texts."""
        return WordIndex(self._strings("words"), self.arrays["words.starts"], self.arrays["words.rows"], self.size)

    def state(self, name: str) -> int | None:
        """The number of a state, ``None`` where no row lies in it."""
        return self._states.get(fold(name))

    @cached_property
    def _states(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self._strings("states").tolist())}

    @cached_property
    def _counties(self) -> Strings:
        return self._strings("counties")

    def in_county(self, name: str, start: int, stop: int) -> Mask:
        """Which of the rows from ``start`` to before ``stop`` lie in a county of this name."""
        same: Mask = self.arrays["counties"][start:stop] == self._counties.number(fold(name))
        return same

    def columns(self, rows: Rows) -> Columns:
        """These rows, as they were before they became part of a segment."""
        places = np.full(self.size, -1, dtype=np.int32)
        places[rows] = np.arange(rows.size, dtype=np.int32)
        words = np.repeat(np.arange(len(self.words.words), dtype=np.int32), np.diff(self.words.starts))
        word_rows = places[self.words.rows]
        states = np.repeat(np.arange(len(self._states), dtype=np.int32), np.diff(self.bands.starts[self.bands.states]))
        plain = {name: self.arrays[name][rows] for name in _PLAIN}
        return Columns(
            **plain,
            weeks=Labels(self._strings("week_texts"), self.weeks.of_row[rows]),
            names=Labels(self.name_texts, self.names[rows]),
            states=Labels(self._strings("states"), states[rows]),
            counties=Labels(self._counties, self.arrays["counties"][rows]),
            tags=self.tags.packed(rows),
            word_rows=word_rows[word_rows >= 0],
            words=Labels(self.words.words, words[word_rows >= 0]),
        )

    def _group(self, name: str) -> dict[str, Any]:
        prefix = f"{name}."
        return {key.removeprefix(prefix): array for key, array in self.arrays.items() if key.startswith(prefix)}

    def _strings(self, name: str) -> Strings:
        return Strings(self.arrays[f"{name}.blob"], self.arrays[f"{name}.ends"])


def _texts(name: str, texts: Strings) -> Arrays:
    return {f"{name}.blob": texts.blob, f"{name}.ends": texts.ends}


def _postings(columns: Columns, order: Rows) -> Arrays:
    """Each word's rows, behind each other."""
    places = np.empty(order.size, dtype=np.int64)
    places[order] = np.arange(order.size)
    # One number a pair sorts faster than two columns.
    pairs: Longs = columns.words.codes * np.int64(max(order.size, 1)) + places[columns.word_rows]
    pairs.sort()
    words, rows = np.divmod(pairs, max(order.size, 1))
    starts = words.searchsorted(np.arange(len(columns.words.texts) + 1))
    kind = np.int32 if pairs.size < _NO_LIMIT else np.int64
    return {"starts": starts.astype(kind), "rows": rows.astype(np.int32)} | {
        "blob": columns.words.texts.blob,
        "ends": columns.words.texts.ends,
    }
