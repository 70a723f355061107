"""Which rows of a snapshot a visitor's criteria mean, and the counts of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np
from numpy.typing import NDArray

from finder.domain.geo import METERS_PER_MILE, Place
from finder.domain.vocabulary import Tag
from finder.search.bits import WORD, Longs, Mask, Rows, pack, pack_rows, size, span
from finder.search.criteria import Criteria
from finder.search.facets import Need
from finder.search.geodesic import chords, position, within
from finder.search.sets import Few, Many, Set
from finder.search.snapshot import Part, Snapshot
from finder.search.text import Ranges

CHORD_DOUBT = 4e-7
"""In half-axes of the earth: 2.5 m, more than columns of 32 bits lose of a chord."""

_MANY = 50  # a set of every 50th row or more is faster as bits


@dataclass(frozen=True, slots=True)
class Asked:
    """The tags of criteria in the terms of one segment."""

    needs: list[Need]
    excluded: list[Need]


def chords2_from(part: Part, near: Place, rows: Rows) -> NDArray[np.float32]:
    """The squares of the chords from a point, in half-axes of the earth; NaN without a position."""
    offsets = part.segment.space[:, rows]
    offsets -= np.array(position(near.point), dtype=np.float32).reshape(3, 1)
    squares: NDArray[np.float32] = np.einsum("ij,ij->j", offsets, offsets)
    return squares


def count(snapshot: Snapshot, criteria: Criteria) -> int:
    """How many rows match."""
    return sum(matches.size for part in snapshot.parts for matches in matching(part, criteria))


def matching(part: Part, criteria: Criteria, there: list[Set] | None = None) -> list[Set]:
    """The rows that match, in sets without a row in common; those among `area`, where that is known already."""
    asked = asked_of(part, criteria)
    return [_meeting(part, asked, rows)[0] for rows in (area(part, criteria) if there is None else there)]


def with_tag(part: Part, matches: Set, tag: Tag) -> Set:
    """Those of the rows that have the tag."""
    return _meeting(part, Asked([part.segment.tags.need(tag.facet, [tag.code])], []), matches)[0]


def match(part: Part, criteria: Criteria, there: list[Set], counts: Longs) -> list[Set]:
    """The rows that match among those of `area`, in such sets; adds to ``counts``, in the vocabulary's order."""
    asked = asked_of(part, criteria)
    found = []
    for rows in there:
        matches, others = _meeting(part, asked, rows)
        _count(part, matches, asked.needs, others, counts)
        found.append(matches)
    return found


def unmapped(part: Part, criteria: Criteria) -> int:
    """How many without a position lie in the searched place's state and meet all needs, though not found."""
    if criteria.near is None or not criteria.near.state or not (criteria.radius_miles or criteria.state):
        return 0
    state = part.segment.state(criteria.near.state)
    if state is None:
        return 0
    start, stop = part.segment.bands.unmapped(state)
    if start == stop:
        return 0
    there = np.ones(stop - start, dtype=np.bool_)
    if criteria.state and part.segment.state(criteria.state) == state:
        if not criteria.county:
            return 0
        there = ~part.segment.in_county(criteria.county, start, stop)
    rows = np.flatnonzero(there) + start
    worded = part.segment.words.matching(criteria.text, Ranges.one(start, stop))
    if worded is not None:
        rows = np.intersect1d(rows, worded, assume_unique=True)
    return _few_meeting(part, asked_of(part, criteria), Few(part.living(rows)))[0].size


def asked_of(part: Part, criteria: Criteria) -> Asked:
    """The tags that are asked for, facet by facet."""
    tags = part.segment.tags
    return Asked(
        [tags.need(facet, codes) for facet, codes in criteria.needs.items() if codes],
        [tags.need(tag.facet, [tag.code]) for tag in criteria.excluded],
    )


def area(part: Part, criteria: Criteria) -> list[Set]:
    """The rows, whatever their tags, in the circle and in the state or county; all where none of them is asked.

    They are in sets without a row in common. Rows in a circle are a `Few` with their chords.
    """
    return list(_area(part, criteria))


def _area(part: Part, criteria: Criteria) -> Iterator[Set]:
    if not part.segment.size:
        return
    near, radius = criteria.near, criteria.radius_miles
    circle = _circle(part, criteria, near, radius) if near and radius else None
    if not criteria.state:
        yield _range(part, criteria, 0, part.segment.size) if circle is None else circle
        return
    state = part.segment.state(criteria.state)
    start, stop = (0, 0) if state is None else part.segment.bands.state(state)
    if start < stop:
        yield _range(part, criteria, start, stop)
    if circle is not None:
        yield _outside(part, criteria, circle, start, stop)


def _outside(part: Part, criteria: Criteria, circle: Few, start: int, stop: int) -> Few:
    """The circle's rows that aren't in the state or county as well."""
    first, last = np.searchsorted(circle.rows, (start, stop))
    beyond = np.ones(circle.size, dtype=np.bool_)
    beyond[first:last] = False
    if criteria.county:
        beyond[first:last] = ~part.segment.in_county(criteria.county, start, stop)[circle.rows[first:last] - start]
    assert circle.chords2 is not None  # noqa: S101 (for the type checker: a circle's chords are known)
    return Few(circle.rows[beyond], circle.chords2[beyond])


def _range(part: Part, criteria: Criteria, start: int, stop: int) -> Set:
    """The rows from ``start`` to before ``stop`` that have the words, and lie in the county."""
    rows = part.segment.words.matching(criteria.text, Ranges.one(start, stop))
    if rows is not None and rows.size * _MANY < stop - start:
        if criteria.county:
            rows = rows[part.segment.in_county(criteria.county, start, stop)[rows - start]]
        return Few(part.living(rows))
    first = start // WORD
    bits = span(start, stop)
    if rows is not None:
        bits = pack_rows(rows - first * WORD, stop - first * WORD)
    if criteria.county:
        bits = bits & pack(part.segment.in_county(criteria.county, start, stop), start % WORD)
    if part.alive is not None:
        bits = bits & part.alive[first : first + bits.size]
    return Many(bits, first, -1)


def _circle(part: Part, criteria: Criteria, near: Place, radius_miles: float) -> Few:
    """The rows with the words at most this far away: chords decide on most, the ellipsoid on those near the edge."""
    meters = radius_miles * METERS_PER_MILE
    ranges = part.segment.bands.around(near.point, meters, None)
    worded = part.segment.words.matching(criteria.text, ranges)
    rows = part.living(ranges.rows() if worded is None else worded)
    chords2 = chords2_from(part, near, rows)
    inner, outer = chords(meters)
    inside = chords2 <= max(0.0, inner - CHORD_DOUBT) ** 2
    in_doubt = np.flatnonzero((chords2 <= (outer + CHORD_DOUBT) ** 2) > inside)
    if in_doubt.size:
        there = rows[in_doubt]
        inside[in_doubt] = within(
            near.point, radius_miles, part.segment.latitudes[there], part.segment.longitudes[there]
        )
    return Few(rows[inside], chords2[inside])


def _meeting(part: Part, asked: Asked, area: Set) -> tuple[Set, list[Set]]:
    """The rows that meet all needs, and for each need those that meet all but it."""
    return _few_meeting(part, asked, area) if isinstance(area, Few) else _many_meeting(part, asked, area)


def _few_meeting(part: Part, asked: Asked, area: Few) -> tuple[Few, list[Set]]:
    tags, rows, chords2 = part.segment.tags, area.rows, area.chords2
    if asked.excluded:
        kept = ~np.logical_or.reduce([tags.rows_with(need, rows) for need in asked.excluded])
        rows, chords2 = rows[kept], None if chords2 is None else chords2[kept]
    if not asked.needs:
        return Few(rows, chords2), []
    meeting = [tags.rows_with(need, rows) for need in asked.needs]
    everything = reduce(and_, meeting)
    others: list[Set] = [Few(rows[only]) for only in _failing_one(meeting, everything)]
    return Few(rows[everything], None if chords2 is None else chords2[everything]), others


def _failing_one(meeting: list[Mask], everything: Mask) -> Iterator[Mask]:
    """For each need, the rows that fail it alone."""
    if len(meeting) == 1:
        yield ~everything
        return
    failed = len(meeting) - reduce(np.add, [meets.view(np.int8) for meets in meeting])
    once = failed == 1
    for meets in meeting:
        yield once > meets


def _many_meeting(part: Part, asked: Asked, area: Many) -> tuple[Many, list[Set]]:
    tags, bits = part.segment.tags, area.bits
    words = slice(area.first_word, area.first_word + bits.size)
    for need in asked.excluded:
        bits = bits & ~tags.having(need, words)
    meeting = [tags.having(need, words) for need in asked.needs]
    everything = reduce(and_, meeting, bits)
    others: list[Set] = []
    for number, meets in enumerate(meeting):
        rest = reduce(and_, meeting[:number] + meeting[number + 1 :], bits)
        others.append(Many(rest & ~meets, area.first_word, -1))
    return Many(everything, area.first_word, size(everything)), others


def _count(part: Part, matches: Set, needs: list[Need], others: list[Set], counts: Longs) -> None:
    """Count the tags of the matches; in a facet with a need, of those that fail it alone as well."""
    tags = part.segment.tags
    if isinstance(matches, Few):
        tags.count_rows(matches.rows, counts)
    else:
        tags.count_bits(matches.bits, matches.first_word, counts)
    for need, failing in zip(needs, others, strict=True):
        if isinstance(failing, Few):
            tags.count_facet(need, failing.rows, counts)
        else:
            tags.count_bits(failing.bits, failing.first_word, counts, need.facet)
