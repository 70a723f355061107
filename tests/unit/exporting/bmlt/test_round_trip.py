"""What our BMLT server tells and our import of BMLT reads: the same groups, and the same meetings of each."""

import datetime as dt
import json
import uuid

from hypothesis import given
from hypothesis import strategies as st

from finder.domain.geo import Point, Precision
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Tag, vocabulary
from finder.exporting import bmlt
from finder.exporting.bmlt.bodies import united
from finder.exporting.bmlt.meeting import Group, bodies_of, meetings_of
from finder.importing import Bmlt
from finder.importing.report import ImportReport
from finder.listings import ListingDraft
from tests.factories import tags
from tests.groups import a_group
from tests.samples.feeds import NA_FACTS, json_file

KINDS = vocabulary().facet("meeting_type").terms
OF_ALL = tags("accessibility:wheelchair", "accessibility:sign_language", "language:spanish", "language:russian")
TOWNS = (("60601", "Chicago", "IL", "America/Chicago", 41.8858), ("10467", "Bronx", "NY", "America/New_York", 40.8806))
LONGITUDES = {"IL": -87.6229, "NY": -73.8815}
quarters = st.builds(dt.time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))


@st.composite
def groups(draw: st.DrawFn, number: int) -> ListingDraft:
    """A group as an import makes one: each time's note says which kinds of meeting it alone is."""
    attendance = draw(st.sampled_from(("in_person", "online", "hybrid")))
    times = draw(st.lists(st.tuples(st.integers(0, 6), quarters), min_size=1, max_size=4, unique=True))
    kinds = [draw(st.frozensets(st.sampled_from([term.tag for term in KINDS]), max_size=3)) for _ in times]
    dial = draw(st.sampled_from(("", "+13125550142,,123#"))) if attendance != "in_person" else ""
    urls = st.sampled_from(("", "https://conference.example/j/1")) if attendance != "in_person" else st.just("")
    spans = [
        _span(draw, time, own - frozenset.intersection(*kinds), draw(urls), dial)
        for time, own in zip(times, kinds, strict=True)
    ]
    said = {*frozenset[Tag]().union(*kinds), *draw(st.frozensets(st.sampled_from(sorted(OF_ALL))))}
    said |= tags(f"attendance:{attendance}", *(["attendance:phone"] if dial else []))
    postal_code, city, state, time_zone, latitude = draw(st.sampled_from(TOWNS))
    return a_group(
        *spans,
        name=f"Harbor Group {number}",
        said=tuple(map(str, said)),
        description=draw(st.sampled_from(("", "Ring the bell"))),
        address_1="" if attendance == "online" else draw(st.sampled_from(("12 North Example Street", "7 Oak Avenue"))),
        address_2="" if attendance == "online" else draw(st.sampled_from(("", "Harbor Church"))),
        postal_code=postal_code,
        city=city,
        state=state,
        time_zone=time_zone,
        point=Point(latitude, LONGITUDES[state]),
        precision=Precision.ADDRESS,
        phones=(Phone("+13125550150", PhoneKind.HOTLINE),),
    )


def _span(draw: st.DrawFn, time: tuple[int, dt.time], alone: frozenset[Tag], url: str, dial: str) -> Schedule:
    weekday, starts = time
    ends = draw(st.none() | quarters.filter(lambda end: end != starts))
    note = ", ".join(term.label() for term in KINDS if term.tag in alone)
    return Schedule(weekday, starts, ends, ScheduleKind.MEETING, note, url, dial)


def _as_read(number: int, draft: ListingDraft) -> Group:
    """The group as the server reads it from the database."""
    names = ("name", "description", "alert", "address_1", "address_2", "city", "county", "state", "postal_code")
    more = ("country", "confidential", "time_zone", "website", "tags", "organization")
    assert draft.point
    return Group(
        **{name: getattr(draft, name) for name in (*names, *more)},
        id=number,
        public_id=uuid.uuid5(uuid.NAMESPACE_OID, str(number)),
        latitude=draft.point.latitude,
        longitude=draft.point.longitude,
        source_key="na-lakeview",
        source_name="Lakeview NA",
        attribution="",
        organization_id=uuid.UUID(int=1),
        helpline=draft.phones[0].label,
        spans=draft.schedules,
    )


def _imported(drafts: list[ListingDraft]) -> list[ListingDraft]:
    """What an import makes of what the server tells of these groups."""
    read = [_as_read(number, draft) for number, draft in enumerate(drafts)]
    meetings = [meeting for group in read for meeting in meetings_of(group, bodies_of(group)[0])]
    bodies = united(body for group in read for body in bodies_of(group))
    formats = bmlt.format_rows({each.id for each in bmlt.FORMATS}, vocabulary(), ["en"], "")
    told = bmlt.rows(bmlt.find(meetings, bodies, bmlt.Query()), bmlt.Query(), "https://finder.example")
    files = json_file(list(formats)), json_file([body.row() for body in bodies.values()])
    file_format = Bmlt(facts=NA_FACTS, formats=files[0], service_bodies=files[1])
    return list(file_format.read(json_file(json.loads(json.dumps(told))), ImportReport()).drafts)


def _compared(draft: ListingDraft) -> dict[str, object]:
    names = ("name", "organization", "description", "address_1", "address_2", "city", "state", "postal_code")
    more = ("point", "time_zone", "website", "phones", "tags", "schedules", "status")
    facts = {name: getattr(draft, name) for name in (*names, *more)}
    return facts | {"tags": draft.tags - tags("payment_help:free"), "schedules": frozenset(draft.schedules)}


@given(st.lists(st.integers(), min_size=1, max_size=3).flatmap(lambda each: st.tuples(*map(groups, range(len(each))))))
def test_what_is_told_and_read_again_is_the_same(drafts: tuple[ListingDraft, ...]) -> None:
    before = sorted(drafts, key=lambda draft: draft.name)
    after = sorted(_imported(before), key=lambda draft: draft.name)

    assert [_compared(draft) for draft in after] == [_compared(draft) for draft in before]
