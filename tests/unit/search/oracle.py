"""The answer of a search by the shortest way there is: a loop in plain Python over all listings, with geopy."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geopy.distance import geodesic

from finder.domain.vocabulary import Facet, Tag, vocabulary
from finder.search import Criteria, Sort
from finder.search.snapshot import SnapshotRow
from tests.unit.search.samples import Listed

_METERS_PER_MILE = 1609.344
_BAND_EDGES = [miles * _METERS_PER_MILE for miles in (5, 10, 25, 50, 100)]


@dataclass(frozen=True)
class Answer:
    """All ids in order, how many are unmapped, and the counts."""

    ids: list[int]
    unmapped: int
    counts: Mapping[str, Mapping[str, int]]


def answer(listings: Iterable[Listed], criteria: Criteria, today: dt.date) -> Answer:
    """The whole answer, on one endless page."""
    wanted = [
        (row, tags)
        for row, tags in listings
        if _has_words(row, criteria.text) and not tags & criteria.excluded and _meets(tags, criteria, except_for=None)
    ]
    found = [(row, tags) for row, tags in wanted if _is_there(row, criteria)]
    return Answer(
        ids=[row.id for row, _ in sorted(found, key=lambda listing: _key(listing[0], criteria, today))],
        unmapped=sum(_unmapped_there(row, criteria) for row, _ in wanted if not _is_there(row, criteria)),
        counts={terms.facet: _counts(terms.facet, listings, criteria) for terms in vocabulary().facets},
    )


def meters(row: SnapshotRow, criteria: Criteria) -> float | None:
    """geopy's distance, None where there is none."""
    if criteria.near is None or row.latitude is None:
        return None
    near = criteria.near.point
    return float(geodesic((near.latitude, near.longitude), (row.latitude, row.longitude)).meters)


def _counts(facet: Facet, listings: Iterable[Listed], criteria: Criteria) -> dict[str, int]:
    there = [
        tags
        for row, tags in listings
        if _is_there(row, criteria)
        and _has_words(row, criteria.text)
        and not tags & criteria.excluded
        and _meets(tags, criteria, except_for=facet)
    ]
    return {term.code: sum(term.tag in tags for tags in there) for term in vocabulary().facet(facet).terms}


def _meets(tags: frozenset[Tag], criteria: Criteria, except_for: Facet | None) -> bool:
    return all(
        any(Tag(facet, code) in tags for code in codes)
        for facet, codes in criteria.needs.items()
        if codes and facet != except_for
    )


def _is_there(row: SnapshotRow, criteria: Criteria) -> bool:
    asked = []
    if criteria.near and criteria.radius_miles:
        distance = meters(row, criteria)
        asked.append(distance is not None and _miles(row, criteria) <= criteria.radius_miles)
    if criteria.state:
        asked.append(row.state == criteria.state and criteria.county in {"", row.county})
    return any(asked) if asked else True


def _miles(row: SnapshotRow, criteria: Criteria) -> float:
    assert criteria.near
    near = criteria.near.point
    return float(geodesic((near.latitude, near.longitude), (row.latitude, row.longitude)).miles)


def _unmapped_there(row: SnapshotRow, criteria: Criteria) -> bool:
    return row.latitude is None and bool(criteria.near and criteria.near.state and row.state == criteria.near.state)


def _has_words(row: SnapshotRow, text: str) -> bool:
    there = _words(" ".join([row.name, row.organization or "", row.city, row.postal_code, row.description]))
    return all(any(word.startswith(typed) for word in there) for typed in _words(text))


def _words(text: str) -> list[str]:
    plain = [mark for mark in unicodedata.normalize("NFKD", text) if unicodedata.category(mark) != "Mn"]
    return re.findall(r"[a-z0-9]+", "".join(plain).lower().replace("'", "").replace("\u2019", ""))


def _key(row: SnapshotRow, criteria: Criteria, today: dt.date) -> tuple[object, ...]:
    distance = meters(row, criteria)
    whole = math.inf if distance is None else round(distance)
    newest = -row.verified_on.toordinal() if row.verified_on else 0
    name = " ".join(_words(row.name))
    stale = row.review_due_on is not None and row.review_due_on < today
    if criteria.sort is Sort.NAME:
        return name, whole, row.id
    if criteria.sort is Sort.VERIFIED:
        return newest, whole, name, row.id
    if criteria.near is None:
        return stale, name, row.id
    band = math.inf if distance is None else sum(whole > edge for edge in _BAND_EDGES)
    return band, stale, whole, newest, row.id
