"""From criteria to results."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from finder.domain.geo import METERS_PER_MILE
from finder.domain.vocabulary import Code
from finder.search.care_path import Nearest, nearest_of_each_level
from finder.search.criteria import Criteria
from finder.search.facets import Counts, as_counts, number_of_codes
from finder.search.listed import Listed
from finder.search.matching import match, unmapped
from finder.search.moment import at_moment
from finder.search.order import page_of
from finder.search.refresh import Directory
from finder.search.results import Hit, Relaxation, Results
from finder.search.snapshot import Snapshot
from finder.search.widening import ENOUGH, widened


def search(directory: Directory, criteria: Criteria, *, care_path: bool = False) -> Results:
    """What matches exactly what was asked; ``care_path`` asks for the nearest listing of each level of care as well."""
    search = _Search(directory.refresh(), directory.now(), criteria, care_path)
    return _results(directory, search, _Answer(criteria, find(search.snapshot, criteria, search.now)))


def search_widening(directory: Directory, criteria: Criteria, *, care_path: bool = False) -> Results:
    """What matches, asked less strictly step by step where that is too little; ``relaxed`` tells the steps."""
    search = _Search(directory.refresh(), directory.now(), criteria, care_path)
    answer = _Answer(criteria, find(search.snapshot, criteria, search.now))
    if answer.found.total < ENOUGH:
        wider, relaxed = widened(search.snapshot, criteria, search.now)
        answer = _Answer(wider, find(search.snapshot, wider, search.now), relaxed) if relaxed else answer
    return _results(directory, search, answer)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked, of what, and when."""

    snapshot: Snapshot
    now: dt.datetime
    asked: Criteria
    care_path: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer before listings are loaded: ids and meters (NaN: unknown) of the page, and what holds of all."""

    ids: list[int]
    meters: list[float]
    total: int
    unmapped: int
    counts: Counts


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
    found = [(part, matches) for part in parts for matches in match(part, criteria, counts)]
    ids, meters = page_of(found, criteria, now)
    total = sum(matches.size for _, matches in found)
    beside = sum(unmapped(part, criteria) for part in parts)
    return Found(ids, meters, total, beside, as_counts(counts))


def _results(directory: Directory, search: _Search, answer: _Answer) -> Results:
    found, criteria = answer.found, answer.criteria
    nearest = nearest_of_each_level(search.snapshot, search.asked, search.now) if search.care_path else {}
    hits = _hits(directory, search, found, nearest)
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
        care_path={level: hits.get(listing.id) if listing else None for level, listing in nearest.items()} or None,
        version=search.snapshot.version,
        as_of=search.snapshot.as_of,
    )


def _hits(
    directory: Directory, search: _Search, found: Found, nearest: Mapping[Code, Nearest | None]
) -> dict[int, Hit]:
    """The listings of the page and of the care path; one that was taken off since the snapshot was read is left out."""
    on_path = [listing for listing in nearest.values() if listing]
    meters = dict([*zip(found.ids, found.meters, strict=True), *on_path])
    loaded = directory.load(list(meters), search.snapshot.version)
    return {id_: _hit(listing, meters[id_], search.now) for id_, listing in loaded.items()}


def _hit(listing: Listed, meters: float, now: dt.datetime) -> Hit:
    said = listing.availability
    return Hit(listing, _miles(listing, meters), said if said and said.counts_at(now) else None)


def _miles(listing: Listed, meters: float) -> float | None:
    """Whole miles to a confidential address, whatever its position is worth."""
    if math.isnan(meters):
        return None
    miles = meters / METERS_PER_MILE
    return float(round(miles)) if listing.confidential else miles
