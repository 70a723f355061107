"""Tags of rows, twice: all tags of a row in a few words for few rows, and all rows of a tag in a plane for many."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from finder.domain.vocabulary import Code, Facet, Tag, vocabulary
from finder.search.bits import WORD, Bits, Longs, Mask, Rows, rows_of, size, words_for
from finder.search.columns import Arrays

Counts = Mapping[Facet, Mapping[Code, int]]

_ROWS_A_LINE = 8
_ROWS_TOGETHER = 255 * _ROWS_A_LINE
_ROOM = 65_536  # words of planes at a time, so that what is worked on stays in the processor's cache
_WORDS_PER_ROW = 27  # a row's tags are counted one by one in the time that so many words of planes take


@cache
def codes_of_facets() -> tuple[tuple[Facet, int, tuple[Code, ...]], ...]:
    """Each facet, the number of its first code in the vocabulary's order, and its codes."""
    first, facets = 0, []
    for terms in vocabulary().facets:
        facets.append((terms.facet, first, tuple(term.code for term in terms.terms)))
        first += len(terms.terms)
    return tuple(facets)


@cache
def _number_of_tag() -> Mapping[Tag, int]:
    return {
        Tag(facet, code): first + place for facet, first, codes in codes_of_facets() for place, code in enumerate(codes)
    }


def number_of_codes() -> int:
    """How many codes all facets have together."""
    return len(_number_of_tag())


def as_counts(numbers: Longs) -> Counts:
    """Counts in the vocabulary's order by facet and code."""
    plain = numbers.tolist()
    return {
        facet: dict(zip(codes, plain[first : first + len(codes)], strict=True))
        for facet, first, codes in codes_of_facets()
    }


@dataclass(frozen=True)
class Need:
    """What is asked of one facet, in the terms of one segment; no ``planes``: no row of it has any of the codes."""

    planes: list[int]
    word: int
    mask: np.uint64
    facet: slice


@dataclass(frozen=True)
class TagColumns:
    """The tags of a segment.

    ``codes`` has the number of each plane's code in the vocabulary, ascending; codes that no row has are left out.
    ``places`` has the bit of each plane's tag in a row's words; a facet's tags stand in one word. ``words`` has shape
    (words of a row, rows), ``planes`` has shape (planes, words of a plane).
    """

    codes: NDArray[np.int32]
    places: NDArray[np.int32]
    words: Bits
    planes: Bits

    @classmethod
    def of(cls, tags: NDArray[np.uint8]) -> Arrays:
        """The arrays for rows with these tags, shape (rows, bytes)."""
        used = np.flatnonzero(np.unpackbits(np.bitwise_or.reduce(tags, axis=0), bitorder="little"))
        places = _places(used.tolist())
        words = np.zeros((max([0, *places]) // WORD + 1, len(tags)), dtype=np.uint64)
        planes = np.zeros((used.size, words_for(len(tags)) * 8), dtype=np.uint8)
        for plane, (code, place) in enumerate(zip(used.tolist(), places, strict=True)):
            has = (tags[:, code // 8] >> np.uint8(code % 8)) & np.uint8(1)
            words[place // WORD] |= has.astype(np.uint64) << np.uint64(place % WORD)
            packed = np.packbits(has, bitorder="little")
            planes[plane, : packed.size] = packed
        numbers = {"codes": used.astype(np.int32), "places": np.array(places, dtype=np.int32)}
        return numbers | {"words": words, "planes": planes.view(np.uint64)}

    def packed(self, rows: Rows) -> NDArray[np.uint8]:
        """What `of` was given of these rows."""
        bits = np.zeros((rows.size, -(-(len(_number_of_tag()) + 1) // 8) * 8), dtype=np.uint8)
        for code, place in zip(self.codes.tolist(), self.places.tolist(), strict=True):
            bits[:, code] = (self.words[place // WORD][rows] >> np.uint64(place % WORD)) & np.uint64(1)
        return np.packbits(bits, axis=1, bitorder="little")

    @cached_property
    def _plane_of(self) -> dict[int, int]:
        return {code: plane for plane, code in enumerate(self.codes.tolist())}

    @cached_property
    def _facets(self) -> dict[Facet, slice]:
        ends = {facet: (first, first + len(codes)) for facet, first, codes in codes_of_facets()}
        return {facet: slice(*np.searchsorted(self.codes, span).tolist()) for facet, span in ends.items()}

    def need(self, facet: Facet, codes: Iterable[Code]) -> Need:
        """One of these codes."""
        numbers = [_number_of_tag()[Tag(facet, code)] for code in codes]
        planes = [self._plane_of[number] for number in numbers if number in self._plane_of]
        places = [int(self.places[plane]) for plane in planes]
        mask = sum(1 << (place % WORD) for place in places)
        return Need(planes, places[0] // WORD if places else 0, np.uint64(mask), self._facets[facet])

    def rows_with(self, need: Need, rows: Rows) -> Mask:
        """For each of the rows whether it has one of the codes."""
        has: Mask = (self.words[need.word][rows] & need.mask) != 0
        return has

    def having(self, need: Need, words: slice) -> Bits:
        """The rows of some words that have one of the codes."""
        if not need.planes:
            return np.zeros(words.stop - words.start, dtype=np.uint64)
        bits = self.planes[need.planes[0], words]
        for plane in need.planes[1:]:
            bits = bits | self.planes[plane, words]
        return bits

    def count_rows(self, rows: Rows, counts: Longs) -> None:
        """Add to ``counts``, in the vocabulary's order, how many of the rows have each tag."""
        for start in range(0, rows.size, _ROWS_TOGETHER):
            some = self.words[:, rows[start : start + _ROWS_TOGETHER]]
            counts[self.codes] += _bit_counts(np.ascontiguousarray(some.T))[self.places]

    def count_facet(self, need: Need, rows: Rows, counts: Longs) -> None:
        """The same for the tags of one facet."""
        planes = need.facet
        if rows.size and planes.stop > planes.start:
            word = int(self.places[planes.start]) // WORD
            for start in range(0, rows.size, _ROWS_TOGETHER):
                some = self.words[word][rows[start : start + _ROWS_TOGETHER]]
                counts[self.codes[planes]] += _bit_counts(some.reshape(-1, 1))[self.places[planes] % WORD]

    def count_bits(self, bits: Bits, first_word: int, counts: Longs, planes: slice = slice(None)) -> None:
        """The same for the rows of a set and some planes, whichever way is faster."""
        rows = size(bits)
        all_planes = self.planes[planes]
        if rows * _WORDS_PER_ROW >= bits.size * len(all_planes):
            counts[self.codes[planes]] += _popcounts(all_planes[:, first_word : first_word + bits.size], bits)
        elif planes == slice(None):
            self.count_rows(rows_of(bits, first_word), counts)
        elif len(all_planes):
            self.count_facet(Need([], 0, np.uint64(0), planes), rows_of(bits, first_word), counts)


def _places(codes: list[int]) -> list[int]:
    """A bit for each code, such that a facet's bits stand in one word."""
    places: list[int] = []
    filled: list[int] = []
    for _, first, names in codes_of_facets():
        used = sum(first <= code < first + len(names) for code in codes)
        word = next((word for word, bits in enumerate(filled) if bits + used <= WORD), len(filled))
        if word == len(filled):
            filled.append(0)
        places += range(word * WORD + filled[word], word * WORD + filled[word] + used)
        filled[word] += used
    return places


def _bit_counts(words: Bits) -> Longs:
    """How many of the rows have each bit; at most `_ROWS_TOGETHER` rows, shape (rows, words)."""
    width = words.shape[1] * WORD
    bits = np.unpackbits(words.view(np.uint8).reshape(-1), bitorder="little").reshape(-1, width)
    lines = len(bits) // _ROWS_A_LINE
    whole = lines * _ROWS_A_LINE
    # Sums over lines of several rows; there are too few of them for a byte to overflow.
    sums = np.add.reduce(bits[:whole].reshape(lines, _ROWS_A_LINE * width), axis=0, dtype=np.uint8)
    counts: Longs = sums.reshape(_ROWS_A_LINE, width).sum(axis=0, dtype=np.int64)
    counts += np.add.reduce(bits[whole:], axis=0, dtype=np.uint8)
    return counts


class _Scratch(threading.local):
    """Room to work in, kept by each thread: fresh memory costs more than what is done in it."""

    def __init__(self) -> None:
        self.words: Bits = np.empty(_ROOM, dtype=np.uint64)
        self.counts: NDArray[np.uint8] = np.empty(_ROOM, dtype=np.uint8)

    def of(self, planes: int, length: int) -> tuple[Bits, NDArray[np.uint8]]:
        """Words and counts, shape (planes, length) each."""
        if self.words.size < planes * length:
            self.words = np.empty(planes * length, dtype=np.uint64)
            self.counts = np.empty(planes * length, dtype=np.uint8)
        shape = (planes, length)
        return self.words[: planes * length].reshape(shape), self.counts[: planes * length].reshape(shape)


_scratch = _Scratch()


def _popcounts(planes: Bits, bits: Bits) -> Longs:
    """How many rows of the set are in each plane."""
    found = np.empty(len(planes), dtype=np.int64)
    together = max(1, _ROOM // max(1, bits.size))
    for start in range(0, len(planes), together):
        some = planes[start : start + together]
        words, counts = _scratch.of(len(some), bits.size)
        np.bitwise_and(some, bits, out=words)
        np.bitwise_count(words, out=counts)
        found[start : start + together] = np.add.reduce(counts, axis=1, dtype=np.int32)
    return found
