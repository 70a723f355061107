"""Any edits and searches in any order: each search sees all edits before it, as a loop over the rows does."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from finder.domain.geo import Place, Point, Precision
from finder.domain.listing import Status
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Code, Facet, Tag
from finder.listings import amend, save_all
from finder.models import Provider, published_providers
from finder.search import Criteria, Directory, MeetingTime, Sort, search
from finder.search.snapshot import SnapshotRow
from tests.factories import A_CHANGE, NOW, a_draft, a_source, tags
from tests.unit.search import oracle
from tests.unit.search.samples import written

CHICAGO = Place(label="Chicago, IL", point=Point(41.8858, -87.6229), precision=Precision.CITY, state="IL")
POINTS = [None, CHICAGO.point, Point(41.9227, -87.6533), Point(42.35, -87.85), Point(40.0, -89.0), Point(52.0, 179.9)]
TAGS = sorted(
    tags(
        *("payment:medicaid", "payment:medicare", "attendance:in_person", "attendance:online", "attendance:hybrid"),
        *("level_of_care:detox", "level_of_care:inpatient", "level_of_care:support_group"),
    )
)
_refs = count(1)

a_time = st.sampled_from([dt.time(0), dt.time(9, 30), dt.time(18), dt.time(23)])
a_span = st.builds(Schedule, st.integers(0, 6), a_time, st.none() | a_time, st.sampled_from(ScheduleKind))
a_day = st.none() | st.sampled_from([NOW.date() + dt.timedelta(days=days) for days in (-1, 0, 1)])
a_place = st.sampled_from(POINTS).map(
    lambda point: {"point": point, "precision": Precision.ADDRESS if point else Precision.NONE}
)
some_room = st.tuples(st.sampled_from([True, False, None]), st.integers(1, 2000)).map(
    lambda said: {
        "accepting": said[0],
        "availability_as_of": NOW,
        "availability_expires": NOW + dt.timedelta(minutes=said[1]),
    }
)
no_room = st.just(dict.fromkeys(("accepting", "availability_as_of", "availability_expires")))
some_words = st.sampled_from(["Hope House", "Hóuse of Hope", "St. Mary's", "Lakeview"])
some_tags = st.frozensets(st.sampled_from(TAGS), max_size=4)
some_facts: list[st.SearchStrategy[Mapping[str, Any]]] = [
    a_place,
    some_room,
    no_room,
    *(
        strategy.map(lambda value, name=name: {name: value})
        for name, strategy in {
            "name": some_words,
            "organization": st.just("") | some_words,
            "description": st.just("") | some_words,
            "state": st.sampled_from(["IL", "IN"]),
            "county": st.sampled_from(["Cook County", "Lake County"]),
            "tags": some_tags,
            "verified_on": a_day,
            "review_due_on": a_day,
            "time_zone": st.sampled_from(["America/Chicago", "America/New_York", ""]),
            "schedules": st.lists(a_span, max_size=3).map(tuple),
            "confidential": st.booleans(),
        }.items()
    ),
]
a_change_of_status = st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.HIDDEN, Status.RETIRED])
an_edit = st.one_of(*some_facts, a_change_of_status.map(lambda status: {"status": status}))
a_listing = st.lists(st.one_of(*some_facts), max_size=8).map(
    lambda facts: {k: v for some in facts for k, v in some.items()}
)


@st.composite
def questions(draw: st.DrawFn) -> Criteria:
    chosen = draw(some_tags)
    seldom = st.sampled_from([False, False, True])
    return Criteria(
        near=draw(st.sampled_from([CHICAGO, None])),
        radius_miles=draw(st.sampled_from([5, 25, 100, None])),
        state=draw(st.sampled_from(["", "", "IL"])),
        needs={tag.facet: frozenset(other.code for other in chosen if other.facet == tag.facet) for tag in chosen},
        excluded=draw(some_tags.map(lambda tags: frozenset(list(tags)[:1]))),
        text=draw(st.sampled_from(["", "", "hope", "house", "marys"])),
        available=draw(seldom),
        open_now=draw(seldom),
        meeting=draw(st.none() | st.builds(MeetingTime, weekdays=st.frozensets(st.integers(0, 6), max_size=3))),
        sort=draw(st.sampled_from(Sort)),
        page_size=100,
    )


class Edits(RuleBasedStateMachine):
    """One directory, edited and searched; every example begins with an empty one."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.now = NOW
        self.ids: list[int] = []
        self.directory = Directory(engine, clock=lambda: self.now)
        self.write(self._begin)

    def write(self, what: Callable[[Session], None]) -> None:
        with Session(self.engine) as session:
            what(session)
            session.commit()

    def _begin(self, session: Session) -> None:
        a_source(session)
        session.flush()
        old = session.scalars(select(Provider.id).where(Provider.status != Status.RETIRED)).all()
        amend(session, {id_: {"status": Status.RETIRED} for id_ in old}, A_CHANGE)

    @rule(facts=a_listing)
    def add(self, facts: Mapping[str, Any]) -> None:
        draft = a_draft(**{"source_ref": f"edited-{next(_refs)}", "name": "Hope House", **facts})
        self.write(lambda session: save_all(session, [draft], A_CHANGE) and None)
        with Session(self.engine) as session:
            query = select(Provider.id).where(Provider.source_ref == draft.source_ref)
            self.ids.append(session.scalars(query).one())

    @precondition(lambda self: self.ids)
    @rule(which=st.integers(0), edit=an_edit)
    def edit(self, which: int, edit: Mapping[str, Any]) -> None:
        listing = self.ids[which % len(self.ids)]
        self.write(lambda session: amend(session, {listing: edit}, A_CHANGE) and None)

    @precondition(lambda self: self.ids)
    @rule(edit=an_edit)
    def edit_all_at_once(self, edit: Mapping[str, Any]) -> None:
        self.write(lambda session: amend(session, dict.fromkeys(self.ids, edit), A_CHANGE) and None)

    @rule(minutes=st.integers(1, 3 * 24 * 60))
    def time_passes(self, minutes: int) -> None:
        self.now += dt.timedelta(minutes=minutes)

    @rule(criteria=questions())
    def ask(self, criteria: Criteria) -> None:
        expected = oracle.answer(self.rows(), criteria, self.now)
        results = search(self.directory, criteria, care_path=True)
        assert [hit.listing.id for hit in results.hits] == expected.ids
        assert (results.total, results.unmapped) == (len(expected.ids), expected.unmapped)
        assert results.counts == expected.counts
        path = {level: hit and hit.listing.id for level, hit in (results.care_path or {}).items()}
        assert path == oracle.care_path(self.rows(), criteria, self.now)

    @invariant()
    def every_edit_is_seen(self) -> None:
        self.ask(Criteria(near=CHICAGO, radius_miles=None, page_size=100))

    def rows(self) -> list[tuple[SnapshotRow, frozenset[Tag]]]:
        with Session(self.engine) as session:
            return [_row(listing) for listing in session.scalars(published_providers())]


def _row(listing: Provider) -> tuple[SnapshotRow, frozenset[Tag]]:
    own = {name: getattr(listing, name) for name in SnapshotRow._fields if name in Provider.__table__.columns}
    elsewhere = {
        "organization": listing.organization.name if listing.organization else None,
        "tags": None,
        "schedules": written(span.value for span in listing.schedules),
    }
    return SnapshotRow(**own, **elsewhere), frozenset(Tag(Facet(tag.facet), Code(tag.code)) for tag in listing.tags)


def test_each_search_sees_all_edits_before_it(engine: Engine) -> None:
    few_or_as_many_as_the_profile_says = settings(
        max_examples=max(12, settings().max_examples // 100),
        stateful_step_count=15,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(lambda: Edits(engine), settings=few_or_as_many_as_the_profile_says)
