"""Meetings in a visitor's own calendar."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from finder.domain.schedule import Schedule, ScheduleKind
from finder.exporting.icalendar import Meeting, meetings_calendar
from tests.calendars import Component, read_calendar, utc_offset, weekly

CHICAGO = "America/Chicago"
GROUP = uuid.UUID("6f0b7a52-5f57-4b5c-9d0a-0d8f3c9b2a11")
A_MONDAY = dt.datetime(2026, 11, 2, 15, 30, tzinfo=ZoneInfo(CHICAGO))
MONDAY, SATURDAY = 0, 5


def a_meeting(weekday: int = MONDAY, starts: str = "19:00", ends: str | None = "20:00", **texts: str) -> Meeting:
    opens, closes = dt.time.fromisoformat(starts), dt.time.fromisoformat(ends) if ends else None
    words = {"summary": "Evening group", "description": "", "location": "", "url": "https://finder.example/g"} | texts
    return Meeting(group=GROUP, span=Schedule(weekday, opens, closes, ScheduleKind.MEETING), **words)


def calendar_of(*meetings: Meeting, now: dt.datetime = A_MONDAY) -> Component:
    text = meetings_calendar(meetings, CHICAGO, now)
    assert text
    return read_calendar(text.encode())


def event_of(meeting: Meeting, now: dt.datetime = A_MONDAY) -> Component:
    (event,) = calendar_of(meeting, now=now).of("VEVENT")
    return event


def test_a_meeting_of_today_begins_today_and_comes_each_week() -> None:
    assert weekly(event_of(a_meeting()), 2) == [dt.datetime(2026, 11, 2, 19), dt.datetime(2026, 11, 9, 19)]  # noqa: DTZ001


def test_the_hour_stays_the_same_when_the_clocks_change() -> None:
    before = dt.datetime(2026, 10, 26, 12, tzinfo=ZoneInfo(CHICAGO))
    calendar = calendar_of(a_meeting(), now=before)
    (zone,), (event,) = calendar.of("VTIMEZONE"), calendar.of("VEVENT")
    assert event.parameters["DTSTART"] == f"TZID={CHICAGO}"
    assert zone.properties["TZID"] == CHICAGO
    moments = [(local - utc_offset(zone, local)).time() for local in weekly(event, 2)]
    assert moments == [dt.time(0), dt.time(1)], "7 PM in Chicago, in UTC"


def test_a_meeting_past_midnight_lasts_as_long_as_it_says() -> None:
    assert event_of(a_meeting(SATURDAY, "23:00", "00:30")).properties["DURATION"] == "PT90M"


def test_an_end_that_nobody_told_is_not_made_up() -> None:
    event = event_of(a_meeting(ends=None))
    assert not {"DURATION", "DTEND"} & event.properties.keys()


def test_a_second_download_is_of_the_same_meetings() -> None:
    later = A_MONDAY + dt.timedelta(days=40)
    assert event_of(a_meeting()).properties["UID"] == event_of(a_meeting(), later).properties["UID"]


def test_each_meeting_of_a_group_is_one_of_its_own() -> None:
    events = calendar_of(a_meeting(), a_meeting(starts="20:00"), a_meeting(SATURDAY)).of("VEVENT")
    assert len({event.properties["UID"] for event in events}) == 3


def test_whatever_a_text_holds_it_stays_one_text() -> None:
    words = "Room 5; bring a mug, or two\\three\nBEGIN:VEVENT\r\nEntrée " + "🫶" * 40
    event = event_of(a_meeting(summary=words, description=words))
    assert event.text("SUMMARY") == words.replace("\r", "")
    assert event.parts == []


def test_a_calendar_without_rules_for_its_clock_is_not_made() -> None:
    assert meetings_calendar([a_meeting()], "Nowhere/Town", A_MONDAY) is None
