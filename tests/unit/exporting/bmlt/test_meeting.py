"""A listing's weekly meetings as the rows of a BMLT server."""

import uuid
from typing import Any

import pytest

from finder.domain.schedule import Schedule
from finder.exporting.bmlt.formats import FORMATS
from finder.exporting.bmlt.meeting import FIELDS, Group, Meeting, bodies_of, meetings_of
from tests.factories import tags
from tests.groups import MONDAY, SATURDAY, SUNDAY, weekly


def a_group(*spans: Schedule, said: tuple[str, ...] = ("attendance:in_person",), **changes: Any) -> Group:
    facts: dict[str, Any] = {
        "id": 7,
        "public_id": uuid.UUID("6f0b7a52-5f57-4b5c-9d0a-0d8f3c9b2a11"),
        "name": "Just One Day",
        "description": "Ring the bell",
        "alert": "",
        "address_1": "100 North Example Street",
        "address_2": "Harbor Church",
        "city": "Chicago",
        "county": "Cook County",
        "state": "IL",
        "postal_code": "60601",
        "country": "US",
        "confidential": False,
        "latitude": 41.8858,
        "longitude": -87.6229,
        "time_zone": "America/Chicago",
        "website": "https://na.example/",
        "source_key": "na-lakeview",
        "source_name": "Lakeview NA",
        "attribution": "",
        "organization_id": None,
        "organization": "",
        "helpline": "",
        "tags": tags("fellowship:na", *said),
        "spans": spans or (weekly(MONDAY),),
    }
    return Group(**facts | changes)


def of(group: Group) -> list[Meeting]:
    return list(meetings_of(group, bodies_of(group)[0]))


def row(meeting: Meeting) -> dict[str, str]:
    return dict(zip(FIELDS, meeting.row, strict=True))


def row_of(*spans: Schedule, **changes: Any) -> dict[str, str]:
    (meeting,) = of(a_group(*spans, **changes))
    return row(meeting)


def test_a_row_tells_when_and_where_people_meet_in_texts_alone() -> None:
    said = ("attendance:in_person", "meeting_type:open", "meeting_type:women", "accessibility:wheelchair")
    told = row_of(weekly(MONDAY, "19:30", "21:00", "Bring a mug"), said=said)

    assert {name: value for name, value in told.items() if value and not name.endswith("bigint")} == {
        "service_body_name": "Lakeview NA",
        "weekday_tinyint": "2",
        "venue_type": "1",
        "start_time": "19:30:00",
        "duration_time": "01:30:00",
        "time_zone": "America/Chicago",
        "formats": "O,W,WC",
        "format_shared_id_list": "1,10,20",
        "lang_enum": "en",
        "longitude": "-87.6229",
        "latitude": "41.8858",
        "published": "1",
        "meeting_name": "Just One Day",
        "location_text": "Harbor Church",
        "location_info": "Ring the bell",
        "location_street": "100 North Example Street",
        "location_municipality": "Chicago",
        "location_sub_province": "Cook County",
        "location_province": "IL",
        "location_postal_code_1": "60601",
        "location_nation": "USA",
        "comments": "Bring a mug",
    }


@pytest.mark.parametrize(("weekday", "told"), [(MONDAY, "2"), (SATURDAY, "7"), (SUNDAY, "1")])
def test_weeks_begin_on_sunday_with_1(weekday: int, told: str) -> None:
    assert row_of(weekly(weekday))["weekday_tinyint"] == told


@pytest.mark.parametrize(
    ("starts", "ends", "lasts"),
    [
        ("19:00", "20:15", "01:15:00"),
        ("23:00", "00:30", "01:30:00"),
        ("00:00", "00:00", "24:00:00"),
        ("19:00", None, "00:00:00"),
    ],
)
def test_an_end_becomes_a_length_and_one_that_nobody_told_is_not_made_up(
    starts: str, ends: str | None, lasts: str
) -> None:
    assert row_of(weekly(MONDAY, starts, ends))["duration_time"] == lasts


@pytest.mark.parametrize(
    ("said", "venue", "formats"),
    [
        (("in_person",), "1", ""),
        ((), "1", ""),
        (("online",), "2", "VM"),
        (("phone",), "2", ""),
        (("hybrid",), "3", "HY"),
        (("in_person", "online"), "3", "HY"),
        (("in_person", "phone"), "3", ""),
        (("hybrid", "online", "in_person"), "3", "HY"),
    ],
)
def test_how_people_attend_becomes_the_venue(said: tuple[str, ...], venue: str, formats: str) -> None:
    told = row_of(said=tuple(f"attendance:{code}" for code in said))

    assert (told["venue_type"], told["formats"]) == (venue, formats)


def test_of_a_group_that_also_meets_online_the_meetings_that_nobody_can_join_are_in_person() -> None:
    both = ("attendance:in_person", "attendance:online")
    joined = weekly(SATURDAY, join_url="https://conference.example/1", join_phone="+13125550142")
    here, there = of(a_group(weekly(MONDAY), joined, said=both))

    assert (here.venue, there.venue) == (1, 3)
    assert row(there)["virtual_meeting_link"] == "https://conference.example/1"
    assert row(there)["phone_meeting_number"] == "+13125550142"


def test_the_meetings_that_their_notes_call_online_are() -> None:
    both = ("attendance:in_person", "attendance:online")
    found = of(a_group(weekly(MONDAY, note="In person"), weekly(SATURDAY, note="Online"), said=both))

    assert [(each.venue, row(each)["comments"]) for each in found] == [(1, ""), (2, "")]


def test_nobody_is_sent_to_the_place_of_an_online_meeting_or_to_a_confidential_one() -> None:
    online = row_of(said=("attendance:online",))
    hidden = row_of(confidential=True)

    assert (online["location_street"], online["location_text"]) == ("", "")
    assert (hidden["location_street"], hidden["location_text"]) == ("", "The address is confidential. Call first.")
    assert "Harbor" not in "".join([*online.values(), *hidden.values()])


def test_a_warning_comes_before_the_note() -> None:
    told = row_of(weekly(MONDAY, note="Bring a mug"), alert="No meeting on December 25.")

    assert told["comments"] == "No meeting on December 25. Bring a mug"


def test_an_id_is_a_number_that_every_client_holds_and_no_row_number_of_ours() -> None:
    here, elsewhere = (of(a_group(id=number))[0] for number in (7, 8))

    assert here.id == elsewhere.id
    assert 0 < here.id < 2**53


def test_a_format_has_a_number_and_a_key_of_its_own() -> None:
    assert len({each.id for each in FORMATS}) == len({each.key for each in FORMATS}) == len(FORMATS)
    assert len({each.tag for each in FORMATS}) == len(FORMATS)
