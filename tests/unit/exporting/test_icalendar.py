"""Meetings in a visitor's own calendar."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from finder.domain.schedule import Schedule
from finder.exporting.icalendar import Meeting, meetings_calendar
from tests.calendars import Component, first_times, read_calendar, utc_offset
from tests.groups import MONDAY, SATURDAY, weekly

CHICAGO = "America/Chicago"
ID = uuid.UUID("6f0b7a52-5f57-4b5c-9d0a-0d8f3c9b2a11")
CHANGED = dt.datetime(2026, 10, 5, 9, 30, 15, tzinfo=dt.UTC)
A_MONDAY = dt.datetime(2026, 11, 2, 15, 30, tzinfo=ZoneInfo(CHICAGO))


def a_meeting(
    weekday: int = MONDAY, starts: str = "19:00", ends: str | None = "20:00", *, zone: str = CHICAGO, **texts: str
) -> Meeting:
    return of_span(weekly(weekday, starts, ends), zone=zone, **texts)


def of_span(span: Schedule, *, zone: str = CHICAGO, **words: str) -> Meeting:
    texts = {"summary": "Evening group", "description": "", "location": "", "url": "https://finder.example/g"} | words
    return Meeting(id=ID, span=span, time_zone=zone, changed_at=CHANGED, **texts)


def calendar_of(*meetings: Meeting, now: dt.datetime = A_MONDAY) -> Component:
    return read_calendar(meetings_calendar("Evenings; all of them", meetings, now).encode())


def event_of(meeting: Meeting, now: dt.datetime = A_MONDAY) -> Component:
    (event,) = calendar_of(meeting, now=now).of("VEVENT")
    return event


def test_a_meeting_of_today_begins_today_and_comes_each_week() -> None:
    mondays = [dt.datetime(2026, 11, day, 19) for day in (2, 9)]  # noqa: DTZ001 (by the clock there)
    assert first_times(event_of(a_meeting()), 2) == mondays


def test_the_hour_stays_the_same_when_the_clocks_change() -> None:
    before = dt.datetime(2026, 10, 26, 12, tzinfo=ZoneInfo(CHICAGO))
    calendar = calendar_of(a_meeting(), now=before)
    (zone,), (event,) = calendar.of("VTIMEZONE"), calendar.of("VEVENT")
    assert event.parameters["DTSTART"] == f"TZID={CHICAGO}"
    assert zone.properties["TZID"] == CHICAGO
    moments = [(local - utc_offset(zone, local)).time() for local in first_times(event, 2)]
    assert moments == [dt.time(0), dt.time(1)], "7 PM in Chicago, in UTC"


def test_a_meeting_past_midnight_lasts_as_long_as_it_says() -> None:
    assert event_of(a_meeting(SATURDAY, "23:00", "00:30")).properties["DURATION"] == "PT90M"


def test_an_end_that_nobody_told_is_not_made_up() -> None:
    event = event_of(a_meeting(ends=None))
    assert not {"DURATION", "DTEND"} & event.properties.keys()


def test_a_calendar_is_the_same_all_day_so_that_programs_see_that_nothing_changed() -> None:
    morning, night = A_MONDAY.replace(hour=1), A_MONDAY.replace(hour=23)
    assert calendar_of(a_meeting(), now=morning) == calendar_of(a_meeting(), now=night)
    event = event_of(a_meeting())
    assert event.properties["DTSTAMP"] == event.properties["LAST-MODIFIED"] == "20261005T093015Z"


def test_meetings_of_two_time_zones_each_keep_their_clock() -> None:
    calendar = calendar_of(a_meeting(), a_meeting(zone="America/Denver"))
    assert [zone.properties["TZID"] for zone in calendar.of("VTIMEZONE")] == [CHICAGO, "America/Denver"]
    assert [event.parameters["DTSTART"] for event in calendar.of("VEVENT")] == [
        f"TZID={CHICAGO}",
        "TZID=America/Denver",
    ]


def test_a_calendar_has_a_name_and_says_how_often_to_ask_for_it() -> None:
    calendar = calendar_of(a_meeting())
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == "Evenings; all of them"
    assert calendar.properties["REFRESH-INTERVAL"] == "P1D"


def test_whoever_subscribed_to_what_is_no_more_gets_a_calendar_without_meetings() -> None:
    assert calendar_of().of("VEVENT") == []


def test_a_meeting_tells_where_to_join_from_elsewhere() -> None:
    span = weekly(MONDAY, join_url="https://conference.example/j/1?p=a b", join_phone="312-555-0142, code 123#")
    assert event_of(of_span(span)).conferences == {
        "VIDEO": "https://conference.example/j/1?p=a%20b",
        "PHONE": "tel:+13125550142",
    }
    assert event_of(a_meeting()).conferences == {}


def test_whatever_a_text_holds_it_stays_one_text() -> None:
    words = "Room 5; bring a mug, or two\\three\nBEGIN:VEVENT\r\nEntrée " + "🫶" * 40
    event = event_of(a_meeting(summary=words, description=words))
    assert event.text("SUMMARY") == words.replace("\r", "")
    assert event.parts == []
