"""What search sees of listings, without a database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

import numpy as np

from finder.domain.geo import Place, Point, Precision
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Facet, Tag
from finder.search import Criteria, Snapshot
from finder.search.engine import Found, find
from finder.search.snapshot import SnapshotRow
from finder.search.times import WeekColumn, week_text

TODAY = dt.date(2026, 11, 2)
NOW = dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC)
CHICAGO = Place(
    label="Chicago, IL 60601",
    point=Point(41.8858, -87.6229),
    precision=Precision.ZIP,
    state="IL",
    county="Cook County",
    city="Chicago",
    postal_code="60601",
)

_ids = count(1)
Listed = tuple[SnapshotRow, frozenset[Tag]]


def listed(*tags: str, **changes: Any) -> Listed:
    """A listing in Chicago with these tags ("payment:medicaid"); ``changes`` are fields of `SnapshotRow`."""
    facts: dict[str, Any] = {
        "id": next(_ids),
        "name": "Lakeview Recovery Center",
        "organization": None,
        "description": "",
        "city": "Chicago",
        "county": "Cook County",
        "state": "IL",
        "postal_code": "60601",
        "latitude": CHICAGO.point.latitude,
        "longitude": CHICAGO.point.longitude,
        "verified_on": dt.date(2026, 10, 1),
        "review_due_on": None,
        "tags": None,
        "time_zone": "America/Chicago",
        "schedules": None,
        "accepting": None,
        "availability_expires": None,
    }
    return SnapshotRow(**facts | changes), frozenset(tag(name) for name in tags)


def north(miles: float) -> dict[str, float]:
    """The position so many miles north of `CHICAGO`, to within a few feet."""
    return {"latitude": CHICAGO.point.latitude + miles / 69.02, "longitude": CHICAGO.point.longitude}


UNMAPPED: Mapping[str, Any] = {"latitude": None, "longitude": None}


ALWAYS: Mapping[str, Any] = {
    "schedules": ";".join(f"{day},00:00:00,00:00:00,{kind}" for day in range(7) for kind in ScheduleKind),
    "accepting": True,
    "availability_expires": NOW + dt.timedelta(days=1),
}
"""Open at every hour, meeting every day, and with room for new people."""


def tag(name: str) -> Tag:
    """The tag called "facet:code"."""
    facet, code = name.split(":")
    return Tag(Facet(facet), Code(code))


def written(schedules: Iterable[Schedule]) -> str:
    """Spans as a snapshot reads them from a database."""
    return ";".join(
        f"{span.weekday},{span.opens_at},{'' if span.closes_at is None else span.closes_at},{span.kind}"
        for span in schedules
    )


def weeks_of(rows: Iterable[tuple[str, Iterable[Schedule]]]) -> WeekColumn:
    """The weeks of rows, each with its time zone and its spans."""
    weeks = [week_text(zone, written(spans)) for zone, spans in rows]
    different = sorted(set(weeks))
    arrays, zones = WeekColumn.arrays(different)
    of_row = np.array([different.index(week) for week in weeks], dtype=np.int32)
    return WeekColumn(of_row=of_row, zones=zones, **arrays)


def needing(*names: str) -> dict[Facet, frozenset[Code]]:
    """Needs by the names of their tags."""
    chosen: dict[Facet, frozenset[Code]] = {}
    for facet, code in map(tag, names):
        chosen[facet] = chosen.get(facet, frozenset()) | {code}
    return chosen


def snapshot_of(listings: Iterable[Listed]) -> Snapshot:
    """A directory of just these."""
    rows = [row._replace(tags=" ".join(map(str, tags)) or None) for row, tags in listings]
    return Snapshot(rows, version=1, as_of=dt.datetime(2026, 11, 2, tzinfo=dt.UTC))


def found(listings: Iterable[Listed], criteria: Criteria) -> Found:
    """What a search of just these finds."""
    return find(snapshot_of(listings), criteria, NOW)


def ids(*listings: Listed) -> list[int]:
    """The ids of listings, in this order."""
    return [row.id for row, _ in listings]
