"""The right answers, by going through all listings with plain formulas, and the check of a peer's answers against them.

Totals and counts must be equal. A page must hold as many different listings as it should, each of them a match, the
first as near as the nearest match, the second as the second nearest and so on; distances count as equal within
`SAME_DISTANCE`, because some peers measure on a sphere and some on the ellipsoid.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import catalog
from benchmarks.generate import EARTH_METERS
from benchmarks.listings import Floats, Listings
from benchmarks.peers.peer import PAGE_SIZE, Found
from benchmarks.queries import Query, unit_vectors
from finder.domain.vocabulary import Tag

SAME_DISTANCE = 0.01
_SAME_METERS = 2.0

Rows = NDArray[np.bool_]


class Truth:
    """Answers questions about one directory, slowly."""

    def __init__(self, listings: Listings) -> None:
        self._tags = catalog.unpacked(listings.columns.masks)
        self._vectors = unit_vectors(listings.columns.latitudes, listings.columns.longitudes)
        self._states = np.array(listings.states)
        self._texts = [f" {text}" for text in listings.texts]
        self._in_text: dict[str, Rows] = {}

    def of(self, query: Query) -> "Right":
        """The right answer to one question."""
        meters = self._meters(query)
        area = self._area(query, meters)
        meets = [self._with_any(group) for group in query.groups]
        matches: Rows = np.logical_and.reduce([area, *meets])
        return Right(matches, self._counts(query, area, meets), meters)

    def _with_any(self, group: Iterable[Tag]) -> Rows:
        return np.asarray(self._tags[:, [catalog.NUMBER_OF_TAG[tag] for tag in group]].any(axis=1))

    def _meters(self, query: Query) -> Floats:
        """Distances on a sphere; by the chord, since an angle's cosine says little of a small angle."""
        chords = np.linalg.norm(self._vectors - unit_vectors(query.latitude, query.longitude), axis=1)
        return np.asarray(2 * EARTH_METERS * np.arcsin(chords / 2))

    def _area(self, query: Query, meters: Floats) -> Rows:
        area: Rows = np.ones(meters.size, dtype=np.bool_) if query.meters is None else meters <= query.meters
        if query.state:
            area = area & (self._states == query.state)
        return np.asarray(np.logical_and.reduce([area, *(self._with_word(word) for word in query.words)]))

    def _with_word(self, word: str) -> Rows:
        if word not in self._in_text:
            has = (f" {word}" in text for text in self._texts)
            self._in_text[word] = np.fromiter(has, dtype=np.bool_, count=len(self._texts))
        return self._in_text[word]

    def _counts(self, query: Query, area: Rows, meets: list[Rows]) -> dict[Tag, int]:
        """For each tag, the rows with it that meet the needs in every other facet; without those that are 0."""
        counts = dict(zip(catalog.TAGS, self._tags[np.logical_and.reduce([area, *meets])].sum(axis=0), strict=True))
        for chosen, facet in enumerate(query.needs):
            others = [rows for number, rows in enumerate(meets) if number != chosen]
            sideways = self._tags[np.logical_and.reduce([area, *others])].sum(axis=0)
            counts |= {tag: sideways[number] for number, tag in enumerate(catalog.TAGS) if tag.facet == facet}
        return {tag: int(count) for tag, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class Right:
    """One right answer: which rows match, the counts, and all rows' distances in meters."""

    matches: Rows
    counts: Mapping[Tag, int]
    meters: Floats

    def differences(self, answer: Found) -> Iterator[str]:
        """Each way in which an answer is wrong, in words."""
        total = int(self.matches.sum())
        if answer.total != total:
            yield f"total {answer.total}, not {total}"
        answered = answer.counts_by_tag
        for tag in sorted(self.counts.keys() | answered.keys()):
            given, right = answered.get(tag, 0), self.counts.get(tag, 0)
            if given != right:
                yield f"count of {tag} {given}, not {right}"
        yield from self._wrong_on_page(answer.ids)

    def _wrong_on_page(self, ids: list[int]) -> Iterator[str]:
        nearest = np.sort(self.meters[self.matches])[:PAGE_SIZE]
        if len(set(ids)) != len(ids) or len(ids) != nearest.size:
            yield f"{len(set(ids))} different listings of {len(ids)} on the page, not {nearest.size}"
            return
        for place, (id_, right) in enumerate(zip(ids, nearest, strict=True), start=1):
            given = self.meters[id_ - 1]
            if not self.matches[id_ - 1]:
                yield f"listing {id_} at place {place} doesn't match"
            elif abs(given - right) > SAME_DISTANCE * right + _SAME_METERS:
                yield f"listing {id_} at place {place} is {given:.0f} m away, not {right:.0f} m"
