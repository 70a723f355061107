"""The care path: the nearest listing of each level of care, so that people see what comes before and after."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, vocabulary
from finder.search.criteria import Criteria, Sort
from finder.search.matching import matching, with_tag
from finder.search.moment import at_moment
from finder.search.order import page_of
from finder.search.snapshot import Snapshot


class Nearest(NamedTuple):
    """A listing's id, and how many meters away it is (NaN: unknown)."""

    id: int
    meters: float


def nearest_of_each_level(snapshot: Snapshot, criteria: Criteria, now: dt.datetime) -> Mapping[Code, Nearest | None]:
    """For each level of care, the first listing that meets all that was asked but the level, however far away.

    Without a point to be near, it is the first in the state or county that was asked for, or anywhere.
    """
    asked = _at_any_level_and_distance(criteria)
    parts = at_moment(snapshot, asked, now).parts
    found = [(part, matches) for part in parts for matches in matching(part, asked)]
    nearest: dict[Code, Nearest | None] = {}
    for term in vocabulary().facet(LEVEL_OF_CARE).terms:
        of_level = [(part, with_tag(part, matches, term.tag)) for part, matches in found]
        ids, meters = page_of(of_level, asked, now)
        nearest[term.code] = Nearest(ids[0], meters[0]) if ids else None
    return nearest


def _at_any_level_and_distance(criteria: Criteria) -> Criteria:
    needs = {facet: codes for facet, codes in criteria.needs.items() if facet != LEVEL_OF_CARE}
    first = replace(criteria, needs=needs, radius_miles=None, sort=Sort.DISTANCE, page=1, page_size=1)
    return replace(first, state="", county="") if criteria.near else first
