"""The rows of a group, field by field."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from finder.domain.geo import Point, Precision
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.exporting.meeting_guide.types import BY_TAG, BY_WORDS
from finder.importing.formats.meeting_guide_types import TYPES as IMPORTED
from finder.listings import ListingDraft
from tests.factories import a_draft, tags
from tests.samples.meeting_guide import TYPES, rows_told_of, values

MONDAY, LINK, DIAL = 0, "https://conference.example/j/1", "+13125550142,,86752#"
SEVEN = Schedule(MONDAY, dt.time(19), dt.time(20), ScheduleKind.MEETING)
TUESDAY = dataclasses.replace(SEVEN, weekday=1)


def a_group(*names: str, **facts: Any) -> ListingDraft:
    """A group of AA that meets on Monday at 7 PM, with these tags besides."""
    told = tags("fellowship:aa", *names)
    usual = {"schedules": (SEVEN,), "description": "", "precision": Precision.ADDRESS, "point": Point(41.9, -87.6)}
    return a_draft(name="Harbor Group", tags=told, **usual | facts)


def row_of(*names: str, **facts: Any) -> dict[str, Any]:
    (row,) = rows_told_of(a_group(*names, **facts))
    return row


def test_a_meeting_is_told_with_its_place_its_source_and_its_page() -> None:
    row = row_of(
        "meeting_type:open",
        address_1="100 North Example Street",
        address_2="Harbor Church",
        organization="",
        verified_on=dt.date(2026, 5, 4),
        phones=(Phone("+13125550199"), Phone("+13125550150", PhoneKind.HOTLINE)),
        website="https://group.example/",
    )

    assert row.pop("listing_id")
    assert row.pop("slug").startswith("listing-0-")
    assert row == {
        "name": "Harbor Group",
        "group": "Harbor Group",
        "day": 1,
        "time": "19:00",
        "end_time": "20:00",
        "timezone": "America/Chicago",
        "types": ["O"],
        "formatted_address": "100 North Example Street, Chicago, IL 60601, USA",
        "address": "100 North Example Street",
        "city": "Chicago",
        "state": "IL",
        "postal_code": "60601",
        "country": "US",
        "approximate": "no",
        "latitude": 41.9,
        "longitude": -87.6,
        "location": "Harbor Church",
        "regions": ["Illinois", "Cook County", "Chicago"],
        "url": "https://finder.example/providers/listing-0",
        "website": "https://group.example/",
        "updated": "2026-05-04 00:00:00",
        "entity": "Lakeview Intergroup",
        "entity_phone": "+1-312-555-0150",
        "entity_url": "https://aa.example/",
        "entity_website_url": "https://aa.example/",
        "attribution": "Kept by Lakeview Intergroup",
        "fellowship": "aa",
    }


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"point": None, "precision": Precision.NONE}, ("no", None)),
        ({"precision": Precision.ZIP}, ("no", None)),  # a program would show it as the street's
        ({"precision": Precision.ZIP, "address_1": ""}, ("yes", 41.9)),
        ({"confidential": True}, ("yes", None)),
    ],
)
def test_a_rough_position_is_never_taken_for_an_exact_one(facts: dict[str, Any], told: tuple[str, float]) -> None:
    row = row_of(**facts)

    assert (row["approximate"], row.get("latitude")) == told


def test_a_confidential_place_is_told_by_its_zip_code_alone() -> None:
    row = row_of(confidential=True, address_1="7 Secret Street", address_2="Secret House")

    assert "Secret" not in str(row)
    assert row["formatted_address"] == "Chicago, IL 60601, USA"
    assert row["location_notes"] == "The address is confidential. Call first."


@pytest.mark.parametrize(
    ("attendance", "spans", "options", "types"),
    [
        (["in_person"], [SEVEN], ["in_person"], [None]),
        (["hybrid"], [dataclasses.replace(SEVEN, join_url=LINK)], ["hybrid"], [None]),
        # The group's place is told, but nobody is to go there for the meeting that is online only.
        (["in_person", "online"],
         [dataclasses.replace(SEVEN, note="In person"), dataclasses.replace(TUESDAY, note="Online", join_url=LINK)],
         ["in_person", "online"], [None, ["TC"]]),
        (["in_person", "online"], [SEVEN, dataclasses.replace(TUESDAY, join_url=LINK)],
         ["in_person", "hybrid"], [None, None]),
        (["phone"], [dataclasses.replace(SEVEN, join_phone=DIAL)], [None], [["TC"]]),
        ([], [SEVEN], [None], [None]),
    ],
)  # fmt: skip
def test_how_people_attend_is_told_of_each_meeting(
    attendance: list[str], spans: list[Schedule], options: list[str | None], types: list[list[str] | None]
) -> None:
    rows = rows_told_of(a_group(*(f"attendance:{code}" for code in attendance), schedules=tuple(spans)))

    assert (values(rows, "attendance_option"), values(rows, "types")) == (options, types)
    assert not any("note" in field for row in rows for field in row)


@pytest.mark.parametrize(
    ("dial", "number", "notes"),
    [
        (DIAL, DIAL, None),
        ("312-555-0142", "+13125550142", None),
        ("(312) 555-0142, code 86752", "+13125550142", "code 86752"),
        ("meeting 86752", None, "Join by phone: meeting 86752"),
    ],
)
def test_what_one_dials_is_a_number_that_a_phone_can_call(dial: str, number: str | None, notes: str | None) -> None:
    row = row_of("attendance:phone", schedules=(dataclasses.replace(SEVEN, join_phone=dial),))

    assert (row.get("conference_phone"), row.get("conference_phone_notes")) == (number, notes)


def test_no_program_leads_people_to_what_is_no_page() -> None:
    hostile = "javascript:alert(1)"

    row = row_of(website=hostile, schedules=(dataclasses.replace(SEVEN, join_url=hostile),))

    assert hostile not in str(row)


def test_a_tag_that_notes_tell_of_one_meeting_is_no_type_of_the_others() -> None:
    spans = (
        dataclasses.replace(SEVEN, note="Women, Candlelight. Bring a mug, please"),
        dataclasses.replace(TUESDAY, note="Upstairs"),
    )

    women, everybody = rows_told_of(
        a_group("meeting_type:women", "meeting_type:open", schedules=spans, description="Outdoor\nBy the lake.")
    )

    assert (women["types"], women["notes"]) == (["O", "W", "OUT", "CAN"], "Bring a mug, please")
    assert (everybody["types"], everybody["notes"]) == (["O", "OUT"], "Upstairs")
    assert women["group_notes"] == everybody["group_notes"] == "By the lake."


def test_what_is_said_of_all_meetings_is_in_the_notes_that_every_app_shows() -> None:
    rows = rows_told_of(a_group(schedules=(SEVEN, TUESDAY), description="Ring the bell.\nUpstairs.", alert="No heat."))

    assert values(rows, "notes") == ["No heat.\nRing the bell.\nUpstairs."] * 2
    assert values(rows, "group_notes") == [None, None]


def test_a_meeting_is_never_both_open_and_closed() -> None:
    assert "types" not in row_of("meeting_type:open", "meeting_type:closed")


def test_two_meetings_at_one_time_have_names_of_their_own() -> None:
    spans = (dataclasses.replace(SEVEN, note="Big Book. Room 2"), dataclasses.replace(SEVEN, note="Beginners. Room 3"))

    rows = rows_told_of(a_group(schedules=spans))

    assert sorted(values(rows, "name")) == ["Beginners", "Big Book"]
    assert len(set(values(rows, "slug"))) == 2


def test_a_slug_is_short_and_stays_while_the_day_and_time_do() -> None:
    draft = a_group(schedules=(SEVEN, TUESDAY))
    again = dataclasses.replace(draft, description="Other words", schedules=(TUESDAY,))

    first, second = values(rows_told_of(draft), "slug")

    assert values(rows_told_of(again), "slug") == [second] != [first]


def test_the_types_are_the_specification_s_and_mean_what_they_mean_in_an_import() -> None:
    assert {*BY_TAG.values(), *BY_WORDS.values()} <= TYPES
    assert all(tag in IMPORTED[code].tags for tag, code in BY_TAG.items())
    assert {code: kind.name.casefold() for code, kind in IMPORTED.items() if kind.told} == {
        code: words for words, code in BY_WORDS.items()
    }
