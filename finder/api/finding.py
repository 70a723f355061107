"""Which listings and organizations are asked for: ids in ascending order, by the search's columns and few queries."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from itertools import chain
from typing import TypeAlias

import numpy as np
from flask import current_app
from numpy.typing import NDArray
from sqlalchemy import Select, select

from finder.api.parameters import USUAL_PROXIMITY, Listed, Organizations, ServiceAtLocations
from finder.domain.geo import METERS_PER_MILE, Place, Point, Precision
from finder.domain.listing import Status
from finder.domain.vocabulary import Term, vocabulary
from finder.exporting import hsds
from finder.extensions import db
from finder.models import Organization, Provider
from finder.places import gazetteer
from finder.search import Criteria, Directory, Snapshot, Version
from finder.search.matching import matching

Ids: TypeAlias = NDArray[np.int64]


def directory() -> Directory:
    """The directory of the present application."""
    found: Directory = current_app.extensions["directory"]
    return found


def listings(asked: Listed) -> Sequence[int]:
    """The published listings that meet all that is asked, by row id."""
    snapshot = directory().refresh()
    found = _all_meeting(snapshot, [*_words(asked), *_tagged(asked), *_near(asked)])
    for query in _in_sql(asked):
        found = np.intersect1d(found, np.fromiter(db.session.scalars(query), np.int64), assume_unique=True)
    return _plain(found)


def organizations(asked: Organizations) -> Sequence[int]:
    """The organizations that run a published listing and meet all that is asked, by row id."""
    run = _runs(directory(), directory().version())
    providers = _all_meeting(directory().refresh(), _tagged(asked))
    found: Ids = np.unique(run.organizations[np.isin(run.listings, providers)])
    if asked.search:
        named = select(Organization.id)
        for word in asked.search.split():
            named = named.where(Organization.name.icontains(word, autoescape=True))
        found = np.intersect1d(found, np.fromiter(db.session.scalars(named), np.int64))
    return _plain(found)


def _plain(found: Ids) -> Sequence[int]:
    """Numbers that databases know, in eight bytes each."""
    return array("q", found.tobytes())


def _all_meeting(snapshot: Snapshot, conditions: Iterable[Criteria | None]) -> Ids:
    """The listings that meet all conditions; all listings where there is none."""
    found = (_meeting(snapshot, each) for each in conditions)
    return reduce(partial(np.intersect1d, assume_unique=True), found, snapshot.ids)


def _meeting(snapshot: Snapshot, criteria: Criteria | None) -> Ids:
    """The listings that meet a condition, in any order; ``None`` is one that none meets."""
    if criteria is None:
        return np.empty(0, np.int64)
    sets = [part.segment.ids[rows.rows] for part in snapshot.parts for rows in matching(part, criteria)]
    return np.concatenate([np.empty(0, np.int64), *sets])


def _words(asked: Listed) -> Iterator[Criteria]:
    if asked.search:
        yield Criteria(text=asked.search)


def _tagged(asked: Listed | Organizations) -> Iterator[Criteria | None]:
    """That a listing has the term, and any term of the taxonomy; ``None`` for one that there isn't."""
    terms = [term for facet in vocabulary().facets for term in facet.terms]
    if asked.taxonomy_term_id:
        yield _any_of([term for term in terms if hsds.term_id(term.tag) == asked.taxonomy_term_id])
    if asked.taxonomy_id:
        yield _any_of([term for term in terms if hsds.taxonomy_id(term.facet) == asked.taxonomy_id])


def _any_of(terms: Sequence[Term]) -> Criteria | None:
    if not terms:
        return None
    return Criteria(needs={terms[0].facet: frozenset(term.code for term in terms)})


def _near(asked: Listed) -> Iterator[Criteria | None]:
    """That a listing is in each of the circles; ``None`` for one around a ZIP Code that there isn't."""
    if not isinstance(asked, ServiceAtLocations):
        return
    if asked.postcode is not None:
        area = gazetteer().zip_place(asked.postcode)
        yield _circle(area.point, asked.proximity) if area else None
    if asked.latitude is not None and asked.longitude is not None:
        yield _circle(Point(asked.latitude, asked.longitude), asked.radius)


def _circle(point: Point, meters: int | None) -> Criteria:
    place = Place(label="", point=point, precision=Precision.ADDRESS)
    return Criteria(near=place, radius_miles=(meters or USUAL_PROXIMITY) / METERS_PER_MILE)


def _in_sql(asked: Listed) -> Iterator[Select[int]]:
    """What the search has no columns for."""
    published = select(Provider.id).where(Provider.status == Status.PUBLISHED)
    if asked.modified_after:
        yield published.where(Provider.updated_at >= asked.modified_after)
    if asked.organization_id:
        yield published.join(Provider.organization).where(Organization.public_id == asked.organization_id)


@dataclass(frozen=True)
class _Runs:
    """Which organization (its row id) runs which listing: one pair at each place of the two arrays."""

    listings: Ids
    organizations: Ids


@lru_cache(maxsize=2)
def _runs(_directory: Directory, _version: Version) -> _Runs:
    # The same until a listing changes, and the longest of all queries: not asked for each page.
    published = select(Provider.id, Provider.organization_id).where(Provider.status == Status.PUBLISHED)
    rows = db.session.execute(published.where(Provider.organization_id.is_not(None)))
    pairs = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 2)
    return _Runs(pairs[:, 0], pairs[:, 1])
