"""From criteria to results."""

import datetime as dt
import math
from dataclasses import dataclass

from finder.domain.geo import METERS_PER_MILE
from finder.models import Provider
from finder.search.bits import rows_of
from finder.search.criteria import Criteria
from finder.search.facets import Counts
from finder.search.matching import match
from finder.search.order import distances, in_order
from finder.search.refresh import Directory
from finder.search.results import Hit, Relaxation, Results
from finder.search.snapshot import Snapshot
from finder.search.widening import widened


def search(directory: Directory, criteria: Criteria) -> Results:
    """What matches exactly what was asked."""
    return _results(directory, directory.refresh(), criteria, criteria, ())


def search_widening(directory: Directory, criteria: Criteria) -> Results:
    """What matches, asked less strictly step by step where that is too little; ``relaxed`` tells the steps."""
    snapshot = directory.refresh()
    wider, relaxed = widened(snapshot, criteria)
    return _results(directory, snapshot, criteria, wider, relaxed)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer before listings are loaded: ids and meters (NaN: unknown) of the page, and what holds of all."""

    ids: list[int]
    meters: list[float]
    total: int
    unmapped: int
    counts: Counts


def find(snapshot: Snapshot, criteria: Criteria, today: dt.date) -> Found:
    """The answer that a snapshot gives, without a database."""
    matches = match(snapshot, criteria)
    rows = rows_of(matches.rows)
    meters = distances(snapshot, rows, criteria.near)
    order = in_order(snapshot, rows, meters, criteria, today)
    page = order[(criteria.page - 1) * criteria.page_size : criteria.page * criteria.page_size]
    ids, away = snapshot.ids[rows[page]].tolist(), meters[page].tolist()
    return Found(ids, away, rows.size, matches.unmapped, matches.counts)


def _results(
    directory: Directory, snapshot: Snapshot, asked: Criteria, criteria: Criteria, relaxed: tuple[Relaxation, ...]
) -> Results:
    found = find(snapshot, criteria, directory.today())
    return Results(
        asked=asked,
        criteria=criteria,
        hits=_hits(directory, found),
        total=found.total,
        pages=max(1, -(-found.total // criteria.page_size)),
        page=criteria.page,
        unmapped=found.unmapped,
        counts=found.counts,
        relaxed=relaxed,
        version=snapshot.version,
        as_of=snapshot.as_of,
    )


def _hits(directory: Directory, found: Found) -> tuple[Hit, ...]:
    """The listings in order; one that was taken off since the snapshot was read is left out."""
    loaded = directory.load(found.ids)
    placed = zip(found.ids, found.meters, strict=True)
    return tuple(Hit(loaded[id_], _miles(loaded[id_], meters)) for id_, meters in placed if id_ in loaded)


def _miles(listing: Provider, meters: float) -> float | None:
    """Whole miles to a confidential address, whatever its position is worth."""
    if math.isnan(meters):
        return None
    miles = meters / METERS_PER_MILE
    return float(round(miles)) if listing.confidential else miles
