"""What becomes of a feed of Meeting Guide, in all its dialects."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.importing.meetings.feed import NO_STREET, NO_TIME, PAUSED
from finder.importing.meetings.groups import MOST_TIMES, TOO_MANY_TIMES
from finder.importing.meetings.meeting import NO_NAME, NOT_A_ROW, NOWHERE, TOO_LONG, UNREADABLE_TIME
from finder.listings import ListingDraft
from tests.factories import tags
from tests.samples.feeds import FACTS, a_meeting, draft_of, drafts_of

_ALWAYS = tags("level_of_care:support_group", "kind_of_care:mutual_help_meeting", "payment_help:free", "fellowship:aa")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def times(draft: ListingDraft) -> list[str]:
    return [f"{_DAYS[span.weekday]} {span.opens_at:%H:%M}" for span in draft.schedules]


def codes(draft: ListingDraft, facet: str) -> set[str]:
    return {tag.code for tag in draft.tags if tag.facet == facet}


def test_a_meeting_becomes_a_listing_with_its_time_and_place() -> None:
    draft = draft_of()

    assert (draft.name, draft.status) == ("Lakeview Beginners", Status.PUBLISHED)
    assert (draft.address_1, draft.address_2) == ("100 North Example Street", "Harbor Church")
    assert (draft.city, draft.state, draft.postal_code, draft.county) == ("Chicago", "IL", "60601", "Cook County")
    assert (draft.precision, draft.time_zone) == (Precision.ADDRESS, "America/Chicago")
    assert draft.schedules == (Schedule(0, dt.time(19), dt.time(20), ScheduleKind.MEETING),)
    assert draft.tags == _ALWAYS | tags("attendance:in_person", "meeting_type:open", "meeting_type:beginners")
    assert (draft.website, draft.verified_on) == ("https://aa.example/lakeview", dt.date(2026, 5, 4))


def test_no_person_s_name_or_contact_is_taken() -> None:
    draft = draft_of(
        notes="Call Pat: (312) 555-0199 or pat@person.example",
        location_notes="Ask mailto:pat@person.example",
        conference_url="https://conference.example/j/1",
        conference_url_notes="password from pat@person.example",
        email="pat@person.example",
        phone="312-555-0199",
    )

    said = repr(dataclasses.asdict(draft))
    assert "person.example" not in said
    assert "555" not in said
    assert "Pat Person" not in said


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (0, ["Sun 19:00"]),
        ("6", ["Sat 19:00"]),
        ([1, "3", 1], ["Mon 19:00", "Wed 19:00"]),
        ("tuesday", ["Tue 19:00"]),
        (["0", 6], ["Sat 19:00", "Sun 19:00"]),
    ],
)
def test_days_count_from_sunday_as_number_text_or_list(day: Any, expected: list[str]) -> None:
    assert times(draft_of(day=day)) == expected


@pytest.mark.parametrize(
    ("time", "expected"), [("9:30", "09:30"), ("19:00:00", "19:00"), ("7:30 PM", "19:30"), ("12:05 a.m.", "00:05")]
)
def test_times_are_read_as_people_write_them(time: str, expected: str) -> None:
    assert times(draft_of(time=time)) == [f"Mon {expected}"]


@pytest.mark.parametrize("types", [["C", "M"], "C,M", "[closed, Men]", ["Closed", "m"], ["C,M"]])
def test_types_are_read_in_every_dialect(types: Any) -> None:
    assert codes(draft_of(types=types), "meeting_type") == {"closed", "men"}


@pytest.mark.parametrize(
    ("changes", "attendance"),
    [
        ({}, {"in_person"}),
        ({"types": ["ONL"]}, {"hybrid"}),
        ({"types": ["ONL", "TC"]}, {"online"}),
        ({"conference_url": "https://conference.example/j/1"}, {"hybrid"}),
        ({"types": ["ONL"], "formatted_address": "Chicago, IL, USA"}, {"online"}),
        ({"types": ["ONL"], "approximate": "yes"}, {"online"}),
        ({"types": ["TC"], "conference_phone": "+13125550142,,123#"}, {"phone"}),
        ({"attendance_option": "online", "types": []}, {"online"}),
        ({"attendance_option": "in_person", "types": ["ONL"]}, {"in_person"}),
    ],
)
def test_how_people_attend_follows_from_what_the_feed_says(changes: dict[str, Any], attendance: set[str]) -> None:
    assert codes(draft_of(**changes), "attendance") == attendance


def test_how_to_join_stands_with_the_meeting_and_nobody_is_sent_to_the_street_of_an_online_one() -> None:
    draft = draft_of(
        types=["ONL", "TC"],
        conference_url="https://conference.example/j/1",
        conference_url_notes="Meeting ID 1",
        conference_phone="+13125550142,,123#",
    )

    (span,) = draft.schedules
    assert (span.join_url, span.join_phone) == ("https://conference.example/j/1", "+13125550142,,123#")
    assert draft.description == "Join online: Meeting ID 1"
    assert (draft.address_1, draft.address_2, draft.city) == ("", "", "Chicago")
    assert draft.precision is Precision.ZIP


def test_each_meeting_of_a_group_keeps_its_own_way_to_join() -> None:
    link, other_link = "https://conference.example/j/1", "https://conference.example/j/2"

    (draft,), _ = drafts_of(
        a_meeting(conference_url=link, conference_url_notes="Password 1", attendance_option="hybrid"),
        a_meeting(day=2, conference_url=other_link, conference_url_notes="Password 2", attendance_option="hybrid"),
        a_meeting(day=3),
    )

    assert [(span.join_url, span.note) for span in draft.schedules] == [
        (link, "In person and online. Join online: Password 1"),
        (other_link, "In person and online. Join online: Password 2"),
        ("", "In person"),
    ]
    assert draft.description == ""


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"conference_phone": "312-555-0142 " + "1" * 60}, "Join by phone: 312-555-0142 " + "1" * 60),
        ({"conference_phone": "ask at the door", "conference_phone_notes": "or inside"},
         "Join by phone: ask at the door or inside"),
        ({"conference_url": "the usual room", "conference_url_notes": "Meeting ID 1"}, "Join online: Meeting ID 1"),
        ({"conference_url": "https://conference.example/j/1", "day": None, "time": None},
         "https://conference.example/j/1"),
    ],
)  # fmt: skip
def test_what_can_t_be_a_link_or_dialed_beside_a_time_is_told_in_words(
    changes: dict[str, Any], description: str
) -> None:
    draft = draft_of(**changes)

    assert draft.description == description
    assert [(span.join_url, span.join_phone) for span in draft.schedules] in ([("", "")], [])


@pytest.mark.parametrize(
    ("changes", "precision", "state"),
    [
        ({"latitude": None}, Precision.ZIP, "IL"),
        ({"latitude": 0, "longitude": "0"}, Precision.ZIP, "IL"),
        ({"latitude": -87.6229, "longitude": 41.8858}, Precision.ZIP, "IL"),  # swapped
        ({"latitude": "x", "formatted_address": "1 Main St, Chicago, Illinois"}, Precision.CITY, "IL"),
        (
            {"formatted_address": None, "address": "1 Main St", "city": "Chicago", "state": "IL"},
            Precision.ADDRESS,
            "IL",
        ),
        ({"formatted_address": "1 Main St"}, Precision.ADDRESS, "IL"),
        ({"approximate": "yes"}, Precision.ZIP, "IL"),
        ({"formatted_address": "Cook County, IL, USA"}, Precision.COUNTY, "IL"),
        ({"formatted_address": "Somewhere", "latitude": None}, Precision.NONE, ""),
    ],
)
def test_a_position_is_the_feed_s_or_the_gazetteer_s_and_says_how_exact_it_is(
    changes: dict[str, Any], precision: Precision, state: str
) -> None:
    draft = draft_of(**changes)

    assert (draft.precision, draft.state) == (precision, state)


def test_positions_from_the_gazetteer_are_counted() -> None:
    _, report = drafts_of(a_meeting(latitude=None), a_meeting(name="Other"))

    assert (report.recovered, report.without_point) == (1, 0)


def test_the_weekly_meetings_of_a_group_at_a_place_become_one_listing() -> None:
    (draft, elsewhere), report = drafts_of(
        a_meeting(name="Monday Steps", group="Harbor Group", types=["O", "ST"]),
        a_meeting(name="Women on Tuesday", group="Harbor group", day=[2, 4], types=["O", "W"], notes="Upstairs."),
        a_meeting(name="Women on Tuesday", group="Harbor Group", day=2, types=["O", "W"]),
        a_meeting(name="Away", group="Harbor Group", formatted_address="9 Hill Road, Chicago, IL 60601, USA"),
    )

    assert (draft.name, times(draft)) == ("Harbor Group", ["Mon 19:00", "Tue 19:00", "Thu 19:00"])
    assert [span.note for span in draft.schedules] == [
        "Step study. Monday Steps",
        "Women. Women on Tuesday. Upstairs",
        "Women. Women on Tuesday. Upstairs",
    ]
    assert elsewhere.name == "Away"
    assert (report.rows, report.merged, report.meetings, report.repeated) == (4, 2, 4, 1)


def test_a_district_is_no_group() -> None:
    drafts, _ = drafts_of(a_meeting(group="D24"), a_meeting(group="D24", name="Star Wars"))

    assert [draft.name for draft in drafts] == ["Lakeview Beginners", "Star Wars"]


def test_a_group_keeps_its_name_within_the_source_whatever_else_changes() -> None:
    before = draft_of(id=7, slug="a", time="19:00")
    after = draft_of(
        id=8, slug="b", time="20:30", types="C", formatted_address="100 N. Example St., Suite 3, Chicago, IL 60601"
    )

    assert before.source_ref == after.source_ref == "9df4e2bfa839c6df112e"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"types": ["TC"]}, PAUSED),
        ({"attendance_option": "inactive"}, PAUSED),
        ({"day": None, "time": None}, NO_TIME),
        ({"formatted_address": "Chicago, IL, USA", "location": None}, NO_STREET),
    ],
)
def test_what_would_send_somebody_in_vain_waits_for_a_person(changes: dict[str, Any], reason: str) -> None:
    draft = draft_of(**changes)

    assert (draft.status, draft.review_reason) == (Status.DRAFT, reason)


def test_a_paused_meeting_is_apart_from_those_that_take_place() -> None:
    active, paused = drafts_of(a_meeting(), a_meeting(day=2, types=["TC"]))[0]

    assert (times(active), active.status) == (["Mon 19:00"], Status.PUBLISHED)
    assert (times(paused), paused.status) == (["Tue 19:00"], Status.DRAFT)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("no row", NOT_A_ROW),
        (a_meeting(name="\u200b "), NO_NAME),
        (a_meeting(name="x" * 201), TOO_LONG),
        (a_meeting(day=7), UNREADABLE_TIME),
        (a_meeting(day={"monday": True}), UNREADABLE_TIME),
        (a_meeting(time="25:00"), UNREADABLE_TIME),
        ({"name": "Nowhere", "day": 1, "time": "19:00"}, NOWHERE),
    ],
)
def test_a_row_that_nobody_could_use_is_left_out_with_its_reason(row: Any, reason: str) -> None:
    drafts, report = drafts_of(a_meeting(), row)

    assert len(drafts) == 1
    assert report.rejected == {reason: [2]}


def test_a_group_of_more_meetings_than_a_listing_holds_is_left_out() -> None:
    rows = [a_meeting(day=list(range(7)), time=f"{n // 60:02}:{n % 60:02}") for n in range(MOST_TIMES // 7 + 1)]

    drafts, report = drafts_of(*rows)

    assert drafts == []
    assert list(report.rejected) == [TOO_MANY_TIMES]


def test_the_service_office_s_line_and_name_are_told() -> None:
    draft = draft_of(entity="Lakeview Intergroup", entity_phone="+1 312 555 0150")

    assert draft.organization == "Lakeview Intergroup"
    assert draft.phones == (Phone("+13125550150", PhoneKind.HOTLINE),)


def test_remarks_keep_their_lines_and_a_feed_of_several_fellowships_tells_whose_each_meeting_is() -> None:
    draft = draft_of(notes="Ring the bell.\r\n\r\nDoor at the back.", types=["CAN"], fellowship="na")

    assert draft.description == "Candlelight\nRing the bell.\nDoor at the back."
    assert codes(draft, "fellowship") == {"na"}
    assert codes(draft_of(fellowship="chess"), "fellowship") == {"aa"}


def test_types_that_nobody_knows_are_counted_and_dates_of_the_future_not_believed() -> None:
    (draft,), report = drafts_of(a_meeting(types=["QQ", "O"], updated="2999-01-01"))

    assert report.unknown_codes == {"QQ": 1}
    assert draft.verified_on is FACTS.as_of


def test_endless_types_that_nobody_knows_are_not_each_kept() -> None:
    _, report = drafts_of(*(a_meeting(types=[f"Q{row}-{number}" for number in range(30)]) for row in range(50)))

    assert report.unknown_codes.total() == 1_500
    assert len(report.unknown_codes) == 1_001


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(["1", "19:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(sorted(a_meeting(group="", location_notes=""))), _ANYTHING), max_size=4)
)
def test_whatever_stands_in_the_fields_every_row_is_accounted_for(changes: list[dict[str, Any]]) -> None:
    drafts, report = drafts_of(*(a_meeting() | change for change in changes))

    assert report.rows == len(changes)
    assert report.rows == len(drafts) + report.merged + sum(map(len, report.rejected.values()))
    assert report.meetings == sum(len(draft.schedules) for draft in drafts)
