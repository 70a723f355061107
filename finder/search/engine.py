"""From criteria to results."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from finder.domain.geo import METERS_PER_MILE
from finder.domain.vocabulary import Code
from finder.search.care_path import Nearest, nearest_of_each_level
from finder.search.criteria import Criteria
from finder.search.facets import Counts, as_counts, number_of_codes
from finder.search.listed import Listed
from finder.search.matching import area, match, unmapped
from finder.search.missing import missing
from finder.search.moment import at_moment
from finder.search.order import page_of
from finder.search.refresh import Directory
from finder.search.results import Hit, Relaxation, Results
from finder.search.sets import Set
from finder.search.snapshot import Part, Snapshot
from finder.search.widening import ENOUGH, widened


def search(directory: Directory, criteria: Criteria, *, care_path: bool = False) -> Results:
    """What matches exactly what was asked; ``care_path`` asks for the nearest listing of each level of care as well."""
    search, found = _begun(directory, criteria, care_path=care_path)
    return _results(directory, search, _Answer(criteria, found))


def search_widening(directory: Directory, criteria: Criteria, *, care_path: bool = False) -> Results:
    """What matches, asked less strictly step by step where that is too little; ``relaxed`` tells the steps."""
    search, found = _begun(directory, criteria, care_path=care_path)
    answer = _Answer(criteria, found)
    if found.total < ENOUGH:
        wider, relaxed = widened(search.snapshot, criteria, search.now)
        answer = _Answer(wider, find(search.snapshot, wider, search.now), relaxed) if relaxed else answer
    return _results(directory, search, answer)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked, of what, and when; and the nearest of each level of care where that is asked too."""

    snapshot: Snapshot
    now: dt.datetime
    asked: Criteria
    nearest: Mapping[Code, Nearest | None]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer before listings are loaded: ids and meters (NaN: unknown) of the page, and what holds of all.

    ``there`` has the rows of each part, whatever their tags, among which it was looked for.
    """

    ids: list[int]
    meters: list[float]
    total: int
    unmapped: int
    counts: Counts
    there: list[tuple[Part, list[Set]]] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for which criteria, and the steps from those asked."""

    criteria: Criteria
    found: Found
    relaxed: tuple[Relaxation, ...] = ()


def find(snapshot: Snapshot, criteria: Criteria, now: dt.datetime) -> Found:
    """The answer that a snapshot gives, without a database."""
    counts = np.zeros(number_of_codes(), dtype=np.int64)
    parts = at_moment(snapshot, criteria, now).parts
    there = [(part, area(part, criteria)) for part in parts]
    found = [(part, matches) for part, rows in there for matches in match(part, criteria, rows, counts)]
    ids, meters = page_of(found, criteria, now)
    total = sum(matches.size for _, matches in found)
    beside = sum(unmapped(part, criteria) for part in parts)
    return Found(ids, meters, total, beside, as_counts(counts), there)


def _begun(directory: Directory, criteria: Criteria, *, care_path: bool) -> tuple[_Search, Found]:
    """The search, and what exactly it finds."""
    snapshot, now = directory.refresh(), directory.now()
    found = find(snapshot, criteria, now)
    nearest = nearest_of_each_level(snapshot, criteria, now, found.there) if care_path else {}
    return _Search(snapshot, now, criteria, nearest), found


def _results(directory: Directory, search: _Search, answer: _Answer) -> Results:
    found, criteria = answer.found, answer.criteria
    hits = _hits(directory, search, answer)
    path = {level: hits.get(first.id) if first else None for level, first in search.nearest.items()}
    return Results(
        asked=search.asked,
        criteria=criteria,
        hits=tuple(hits[id_] for id_ in found.ids if id_ in hits),
        total=found.total,
        pages=max(1, -(-found.total // criteria.page_size)),
        page=criteria.page,
        unmapped=found.unmapped,
        counts=found.counts,
        relaxed=answer.relaxed,
        care_path=path or None,
        version=search.snapshot.version,
        as_of=search.snapshot.as_of,
    )


def _hits(directory: Directory, search: _Search, answer: _Answer) -> dict[int, Hit]:
    """The listings of the page and of the care path; one that was taken off since the snapshot was read is left out."""
    ids = answer.found.ids
    on_path = [listing for listing in search.nearest.values() if listing]
    meters = dict([*zip(ids, answer.found.meters, strict=True), *on_path])
    loaded = directory.load(list(meters), search.snapshot.version)
    lacking = missing(search.snapshot, answer.criteria, answer.relaxed, ids, search.now)
    return {id_: _hit(listing, meters[id_], lacking.get(id_, ()), search.now) for id_, listing in loaded.items()}


def _hit(listing: Listed, meters: float, lacking: tuple[Relaxation, ...], now: dt.datetime) -> Hit:
    said = listing.availability
    return Hit(listing, _miles(listing, meters), said if said and said.counts_at(now) else None, lacking)


def _miles(listing: Listed, meters: float) -> float | None:
    """Whole miles to a confidential address, whatever its position is worth."""
    if math.isnan(meters):
        return None
    miles = meters / METERS_PER_MILE
    return float(round(miles)) if listing.confidential else miles
