"""Search against an oracle in plain Python with geopy, on random directories around tricky places."""

import datetime as dt
import math
from dataclasses import replace

from geopy.distance import geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finder.domain.geo import Place, Point, Precision
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Tag
from finder.search import Criteria, MeetingTime, Snapshot, Sort
from finder.search.care_path import nearest_of_each_level
from finder.search.engine import Found, find
from finder.search.snapshot import SnapshotRow
from tests.unit.search import oracle
from tests.unit.search.samples import TODAY, Listed, snapshot_of, tag, written

POINTS = [
    *((90.0, 0.0), (90.0, 120.0), (89.99, -60.0), (-90.0, 5.0), (0.0, 180.0), (0.0, -180.0), (0.0, 179.99)),
    *(
        (0.0, 0.0),
        (0.01, 0.0),
        (51.9, 179.99),
        (51.9, -179.99),
        (41.8858, -87.6229),
        (41.885803, -87.6229),
        (41.885806, -87.6229),
        (41.9227, -87.6533),
    ),
    *((41.8858 + miles / 69.02, -87.6229) for miles in (4.9, 5.1, 24.9, 25.1, 60.0)),
]
TAGS = [
    *(tag(f"attendance:{code}") for code in ("in_person", "online", "hybrid", "phone")),
    *(tag(f"payment:{code}") for code in ("medicaid", "medicare", "self_pay")),
    *(tag(f"level_of_care:{code}") for code in ("detox", "inpatient", "support_group")),
    *(tag(f"gender:{code}") for code in ("female", "male")),
]
NAMES = ["Hope House", "hope hóuse", "St. Mary's Clínica", "Hopeful"]
WORDS = ["Hope", "house", "Clínica", "60601"]

a_point = st.sampled_from(POINTS) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
a_text = st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)
ZONES = ["America/Chicago", "America/New_York", "Australia/Lord_Howe", "", "Nowhere/Town"]
CLOCKS_CHANGE = dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC)  # in New York; an hour later in Chicago

a_now = st.integers(-3 * 24 * 60, 3 * 24 * 60).map(lambda minutes: CLOCKS_CHANGE + dt.timedelta(minutes=minutes))
a_time = st.sampled_from([dt.time(), dt.time(1, 30), dt.time(9), dt.time(18, 30), dt.time(23)])
some_spans = st.lists(
    st.builds(Schedule, st.integers(0, 6), a_time, st.none() | a_time, st.sampled_from(ScheduleKind)), max_size=5
)
a_meeting = st.builds(
    MeetingTime,
    weekdays=st.frozensets(st.integers(0, 6), max_size=3),
    earliest=st.none() | a_time,
    latest=st.none() | a_time,
)
a_day = st.none() | st.sampled_from([TODAY + dt.timedelta(days=days) for days in (-300, -1, 0, 1)])
some_tags = st.frozensets(st.sampled_from(TAGS), max_size=4)


@st.composite
def listings(draw: st.DrawFn) -> list[Listed]:
    """Up to 30 listings, many of them alike in one thing or another."""
    return [
        (draw(_row(id_)), draw(some_tags)) for id_ in draw(st.lists(st.integers(1, 10**6), max_size=30, unique=True))
    ]


@st.composite
def _row(draw: st.DrawFn, id_: int) -> SnapshotRow:
    latitude, longitude = draw(st.just((None, None)) | a_point)
    state, county = draw(
        st.sampled_from([("IL", "Cook County"), ("IL", "Lake County"), ("IN", "Lake County"), ("", "")])
    )
    return SnapshotRow(
        id=id_,
        name=draw(st.sampled_from(NAMES)),
        organization=draw(st.none() | a_text),
        description=draw(a_text),
        city=draw(st.sampled_from(["Hope", "Chicago"])),
        county=county,
        state=state,
        postal_code=draw(st.sampled_from(["60601", ""])),
        latitude=latitude,
        longitude=longitude,
        verified_on=draw(a_day),
        review_due_on=draw(a_day),
        tags=None,
        time_zone=draw(st.sampled_from(ZONES)),
        schedules=written(draw(some_spans)) or None,
        accepting=draw(st.sampled_from([True, True, False, None])),
        availability_expires=draw(st.none() | a_now),
    )


@st.composite
def criteria_for(draw: st.DrawFn, listed: list[Listed]) -> Criteria:
    """A question, quite often with a listing exactly on the edge of its circle."""
    near = draw(st.none() | st.builds(_place, a_point, st.sampled_from(["IL", "IN", ""])))
    state = draw(st.sampled_from(["", "", "IL", "IN", "AK"]))
    tags = draw(some_tags)
    facets = {tag.facet for tag in tags}
    return Criteria(
        near=near,
        radius_miles=draw(_radius(near, listed)),
        state=state,
        county=draw(st.sampled_from(["", "Lake County"])) if state else "",
        needs={facet: frozenset(tag.code for tag in tags if tag.facet == facet) for facet in facets},
        excluded=draw(st.just(frozenset[Tag]()) | some_tags.map(lambda tags: frozenset(list(tags)[:1]))),
        text=draw(st.sampled_from(["", "", "hop", "HOUSE hope", "marys", "606", "clin", "absent"])),
        available=draw(_seldom),
        meeting=draw(st.none() | st.none() | a_meeting),
        open_now=draw(_seldom),
        sort=draw(st.sampled_from(Sort)),
        page_size=draw(st.sampled_from([1, 3, 10, 100])),
    )


_seldom = st.sampled_from([False, False, False, True])


def _place(point: tuple[float, float], state: str) -> Place:
    return Place(label="here", point=Point(*point), precision=Precision.CITY, state=state)


def _radius(near: Place | None, listed: list[Listed]) -> st.SearchStrategy[float | None]:
    positions = [(row.latitude, row.longitude) for row, _ in listed if row.latitude is not None]
    ordinary = st.none() | st.sampled_from([0.001, 5.0, 25.0, 100.0, 3_000.0, 12_430.0]) | st.floats(0.1, 13_000)
    if near is None or not positions:
        return ordinary
    edges = [geodesic((near.point.latitude, near.point.longitude), position).miles for position in positions]
    on_the_edge = st.sampled_from([edge for edge in edges if edge > 0] or [1.0])
    return ordinary | on_the_edge | on_the_edge.map(lambda edge: math.nextafter(edge, 0))


@settings(max_examples=max(250, settings().max_examples))
@given(st.data())
def test_search_finds_what_the_oracle_finds(data: st.DataObject) -> None:
    listed = data.draw(listings())
    criteria = data.draw(criteria_for(listed))
    now = data.draw(a_now)
    _assume_that_no_distance_is_half_a_meter(listed, criteria)
    expected = oracle.answer(listed, criteria, now)
    pages = _all_pages(snapshot_of(listed), criteria, now)
    assert [id_ for page in pages for id_ in page.ids] == expected.ids
    assert {page.total for page in pages} == {len(expected.ids)}
    assert pages[0].unmapped == expected.unmapped
    assert pages[0].counts == expected.counts


@settings(max_examples=max(80, settings().max_examples // 4))
@given(st.data())
def test_the_care_path_is_what_the_oracle_says(data: st.DataObject) -> None:
    listed = data.draw(listings())
    criteria = data.draw(criteria_for(listed))
    now = data.draw(a_now)
    _assume_that_no_distance_is_half_a_meter(listed, criteria)
    snapshot = snapshot_of(listed)
    for there in (None, find(snapshot, criteria, now).there):
        nearest = nearest_of_each_level(snapshot, criteria, now, there)
        found = {level: first and first.id for level, first in nearest.items()}
        assert found == oracle.care_path(listed, criteria, now)


def _assume_that_no_distance_is_half_a_meter(listed: list[Listed], criteria: Criteria) -> None:
    """Distances agree to 0.1 mm, so only there could they be rounded to different meters."""
    for row, _ in listed:
        distance = oracle.meters(row, criteria)
        assume(distance is None or abs(distance % 1 - 0.5) > 0.001)


def _all_pages(snapshot: Snapshot, criteria: Criteria, now: dt.datetime) -> list[Found]:
    first = find(snapshot, criteria, now)
    pages = range(2, 2 + first.total // criteria.page_size)
    return [first, *(find(snapshot, replace(criteria, page=page), now) for page in pages)]
