"""The care path: the nearest listing of each level of care, so that people see what comes before and after."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from finder.domain.geo import METERS_PER_MILE
from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, Code, Facet, Tag, vocabulary
from finder.search.bits import Mask, Rows
from finder.search.criteria import Criteria, Sort
from finder.search.matching import area, matching, with_tag
from finder.search.moment import at_moment
from finder.search.order import BANDS, Candidates, Wanted, candidates, first_rows, joined
from finder.search.sets import Set
from finder.search.snapshot import Part, Snapshot

_FEW = 100  # distances of so many rows cost no more than choosing among them would
_OF_ONE_LEVEL = {
    Facet("detox_from"): "detox",
    Facet("fellowship"): "support_group",
    Facet("meeting_type"): "support_group",
}

_There: TypeAlias = Sequence[tuple[Part, list[Set]]]


class Nearest(NamedTuple):
    """A listing's id, and how many meters away it is (NaN: unknown)."""

    id: int
    meters: float


@dataclass(frozen=True, slots=True)
class _Within:
    """Among the rows of a circle of ``meters``, or among all of them."""

    now: dt.datetime
    meters: int | None = None

    def holds(self, every: Candidates, place: int) -> bool:
        """Whether nothing outside comes before the first inside, at this place."""
        if self.meters is None:
            return True
        # By whole meters, as the order has it. A fresh one outside comes before a stale one of the same band.
        whole = round(float(every.meters[place]))
        return whole < (_edge_within(self.meters) if every.stale[place] else self.meters)


def nearest_of_each_level(
    snapshot: Snapshot, criteria: Criteria, now: dt.datetime, there: _There | None = None
) -> Mapping[Code, Nearest | None]:
    """For each level of care, the first listing that meets all that was asked but the level, however far away.

    What says something of one level alone, such as the kind of care, is asked of that level only. Without a point to be
    near, it is the first in the state or county that was asked for, or anywhere. ``there`` has each part's
    `matching.area` for these criteria, where it is known already.
    """
    found: dict[Code, Nearest] = {}
    for asked, levels in _asked_of_levels(criteria):
        # Most often all are near, which is quickly seen.
        if there and (radius := _only_radius(criteria)):
            found |= _firsts(there, asked, levels, _Within(now, math.floor(radius * METERS_PER_MILE)))
        if farther := [level for level in levels if level not in found]:
            anywhere = [(part, area(part, asked)) for part in at_moment(snapshot, asked, now).parts]
            found |= _firsts(anywhere, asked, farther, _Within(now))
    return {term.code: found.get(term.code) for term in vocabulary().facet(LEVEL_OF_CARE).terms}


def _edge_within(meters: float) -> float:
    """The far edge of the last band that ends within so many meters."""
    return max((edge for edge in BANDS.tolist() if edge <= meters), default=0.0)


def _only_radius(criteria: Criteria) -> float | None:
    """The radius of a search that looks in a circle and nowhere else."""
    return criteria.radius_miles if criteria.near and not criteria.state else None


def _asked_of_levels(criteria: Criteria) -> Iterator[tuple[Criteria, list[Code]]]:
    """What is asked of each level, however far away; levels of which the same is asked stand together."""
    alike: list[tuple[Mapping[Facet, frozenset[Code]], list[Code]]] = []
    for term in vocabulary().facet(LEVEL_OF_CARE).terms:
        needs = _needs_of(criteria, term.code)
        levels = next((levels for others, levels in alike if others == needs), None)
        if levels is None:
            alike.append((needs, levels := []))
        levels.append(term.code)
    state, county = ("", "") if criteria.near else (criteria.state, criteria.county)
    for needs, levels in alike:
        fields: dict[str, Any] = {"needs": needs, "radius_miles": None, "state": state, "county": county}
        yield replace(criteria, **fields, sort=Sort.DISTANCE, page=1, page_size=1), levels


def _needs_of(criteria: Criteria, level: Code) -> Mapping[Facet, frozenset[Code]]:
    needs = {
        facet: codes
        for facet, codes in criteria.needs.items()
        if facet not in {LEVEL_OF_CARE, KIND_OF_CARE} and _OF_ONE_LEVEL.get(facet, level) == level
    }
    kinds = criteria.needs.get(KIND_OF_CARE, frozenset())
    of_level = frozenset(kind for kind in kinds if vocabulary().term(KIND_OF_CARE, kind).level == level)
    return needs | {KIND_OF_CARE: of_level} if of_level else needs


def _firsts(there: _There, asked: Criteria, levels: list[Code], within: _Within) -> dict[Code, Nearest]:
    """The first listing of each of these levels, where there is one and none outside can come before it."""
    wanted = Wanted(asked, within.now, 1)
    found = [
        _some_of_each(part, matches, levels, wanted) for part, rows in there for matches in matching(part, asked, rows)
    ]
    if not found:
        return {}
    every = joined([some for some, _ in found])
    has = np.concatenate([of_level for _, of_level in found], axis=1)
    order = every.order(asked)
    firsts = {}
    for level, of_level in zip(levels, has, strict=True):
        places = order[of_level[order]]
        if places.size and within.holds(every, places[0]):
            firsts[level] = Nearest(int(every.ids[places[0]]), float(every.meters[places[0]]))
    return firsts


def _some_of_each(part: Part, matches: Set, levels: list[Code], wanted: Wanted) -> tuple[Candidates, Mask]:
    """Rows that hold the first of each level, and whether each is of that level, shape (levels, rows)."""
    tags = part.segment.tags
    needs = [tags.need(LEVEL_OF_CARE, [level]) for level in levels]
    rows = matches.rows if matches.size <= _FEW else _first_rows(part, matches, levels, wanted)
    has = np.array([tags.rows_with(need, rows) for need in needs], dtype=np.bool_)
    return candidates(part, rows, wanted), has.reshape(len(needs), rows.size)


def _first_rows(part: Part, matches: Set, levels: list[Code], wanted: Wanted) -> Rows:
    of_levels = (with_tag(part, matches, Tag(LEVEL_OF_CARE, level)) for level in levels)
    firsts = [first_rows(part, of_level, wanted) for of_level in of_levels if of_level.size]
    return np.unique(np.concatenate(firsts)) if firsts else np.empty(0, dtype=np.int64)
