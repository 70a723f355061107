"""What becomes of meetings from a BMLT server."""

import datetime as dt
from typing import Any

import pytest

from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.importing.bounds import UnreadableFile
from finder.importing.formats.bmlt import NOT_PUBLISHED, Bmlt
from finder.importing.meetings.feed import PAUSED
from finder.importing.meetings.meeting import NOT_A_ROW, UNREADABLE_TIME
from finder.importing.report import ImportReport
from finder.listings import ListingDraft
from tests.factories import tags
from tests.samples.feeds import FORMATS, NA_FACTS, SERVICE_BODIES, a_bmlt_meeting, a_feed, bmlt, drafts_of, json_file


def draft_of(**changes: Any) -> ListingDraft:
    (draft,), _ = drafts_of(a_bmlt_meeting(**changes), file_format=bmlt())
    return draft


def test_a_meeting_becomes_a_listing_of_its_service_body() -> None:
    draft = draft_of()

    assert (draft.name, draft.organization, draft.website) == ("Just One Day", "Lakeview Area", "https://na.example/")
    assert (draft.address_1, draft.address_2, draft.city) == ("100 North Example Street", "Harbor Church", "Chicago")
    assert draft.phones == (Phone("+13125550150", PhoneKind.HOTLINE),)
    assert draft.schedules == (Schedule(0, dt.time(19, 30), dt.time(21), ScheduleKind.MEETING),)
    assert tags("fellowship:na", "attendance:in_person", "meeting_type:open", "meeting_type:beginners") <= draft.tags
    assert draft.description == "Ring the bell"


@pytest.mark.parametrize(("weekday", "expected"), [("1", 6), ("2", 0), ("7", 5)])
def test_weeks_begin_on_sunday_with_1(weekday: str, expected: int) -> None:
    assert [span.weekday for span in draft_of(weekday_tinyint=weekday).schedules] == [expected]


@pytest.mark.parametrize(
    ("start", "lasts", "ends"),
    [("23:30:00", "01:00:00", dt.time(0, 30)), ("19:00:00", "00:00:00", None), ("19:00:00", "", None)],
)
def test_a_duration_becomes_an_end(start: str, lasts: str, ends: dt.time | None) -> None:
    assert [span.closes_at for span in draft_of(start_time=start, duration_time=lasts).schedules] == [ends]


@pytest.mark.parametrize(
    ("changes", "attendance"),
    [
        ({"venue_type": "2"}, {"online"}),
        ({"venue_type": "3"}, {"hybrid"}),
        ({"venue_type": None, "formats": "VM,O"}, {"online"}),
        ({"venue_type": "2", "phone_meeting_number": "+13125550142"}, {"online", "phone"}),
    ],
)
def test_how_people_attend_follows_the_venue(changes: dict[str, Any], attendance: set[str]) -> None:
    assert {tag.code for tag in draft_of(**changes).tags if tag.facet == "attendance"} == attendance


def test_an_online_meeting_tells_how_to_join_and_no_street() -> None:
    draft = draft_of(venue_type="2", virtual_meeting_link="https://conference.example/1", location_info=None)

    (span,) = draft.schedules
    assert (draft.address_1, draft.description) == ("", "")
    assert (span.join_url, span.join_phone) == ("https://conference.example/1", "")


def test_a_borough_is_the_city_where_the_postal_service_has_it() -> None:
    new_york = {"location_municipality": "New York", "location_province": "NY", "latitude": None}
    brooklyn = draft_of(location_city_subsection="Brooklyn", location_postal_code_1="11206", **new_york)
    manhattan = draft_of(location_city_subsection="Manhattan", location_postal_code_1="10001", **new_york)

    assert (brooklyn.city, manhattan.city) == ("Brooklyn", "New York")


def test_a_meeting_at_a_closed_place_waits_for_a_person() -> None:
    draft = draft_of(formats="O,TC")

    assert (draft.status, draft.review_reason) == (Status.DRAFT, PAUSED)


def test_no_person_s_name_or_contact_is_taken() -> None:
    said = repr(draft_of(comments="Ask Pat at pat@person.example or 312-555-0199"))

    assert "person.example" not in said
    assert "0199" not in said
    assert "Pat Person" not in said


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (a_bmlt_meeting(published="0"), NOT_PUBLISHED),
        (a_bmlt_meeting(weekday_tinyint="8"), UNREADABLE_TIME),
        (a_bmlt_meeting(start_time=None), UNREADABLE_TIME),
        (["no row"], NOT_A_ROW),
    ],
)
def test_a_row_that_can_t_be_listed_is_left_out_with_its_reason(row: Any, reason: str) -> None:
    drafts, report = drafts_of(a_bmlt_meeting(), row, file_format=bmlt())

    assert (len(drafts), report.rejected) == (1, {reason: [2]})


def test_formats_that_nobody_knows_are_counted() -> None:
    _, report = drafts_of(a_bmlt_meeting(formats="O,Zz"), file_format=bmlt())

    assert report.unknown_codes == {"Zz": 1}


def test_files_given_in_the_wrong_places_are_noticed() -> None:
    swapped = Bmlt(facts=NA_FACTS, formats=json_file(SERVICE_BODIES), service_bodies=json_file(FORMATS))

    with pytest.raises(UnreadableFile, match="GetFormats"):
        swapped.read(a_feed(a_bmlt_meeting()), ImportReport())
