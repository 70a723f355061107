"""What is on at one place now: the same answer as search has, and what comes next."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from finder.domain.schedule import Schedule, ScheduleKind
from finder.search.presently import Presently, presently
from finder.search.times import NEVER
from tests.unit.search.samples import weeks_of

MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 4, 5, 6
NEW_YORK, CHICAGO = "America/New_York", "America/Chicago"


def hours(weekday: int, opens: str, closes: str | None = None) -> Schedule:
    return Schedule(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes) if closes else None)


def meeting(weekday: int, starts: str, ends: str | None = None) -> Schedule:
    span = hours(weekday, starts, ends)
    return Schedule(weekday, span.opens_at, span.closes_at, ScheduleKind.MEETING)


def at(local: str, zone: str = CHICAGO) -> dt.datetime:
    return dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))


def on(spans: list[Schedule], local: str, zone: str = CHICAGO) -> Presently:
    present = presently(spans, zone, at(local, zone).astimezone(dt.UTC))
    assert present
    return present


def test_a_place_tells_when_it_closes() -> None:
    present = on([hours(MONDAY, "09:00", "17:00")], "2026-11-02T09:00")
    assert (present.is_open, present.closes, present.opens) == (True, at("2026-11-02T17:00"), None)


def test_a_place_that_is_closed_tells_when_it_opens() -> None:
    present = on([hours(MONDAY, "09:00", "17:00")], "2026-11-02T17:00")
    assert (present.is_open, present.closes, present.opens) == (False, None, at("2026-11-09T09:00"))


def test_hours_that_follow_each_other_are_one() -> None:
    split = [hours(MONDAY, "09:00", "12:00"), hours(MONDAY, "12:00", "00:00"), hours(TUESDAY, "00:00", "02:00")]
    assert on(split, "2026-11-02T10:00").closes == at("2026-11-03T02:00")


def test_a_lunch_break_is_not_passed_over() -> None:
    split = [hours(MONDAY, "09:00", "12:00"), hours(MONDAY, "13:00", "17:00")]
    assert on(split, "2026-11-02T10:00").closes == at("2026-11-02T12:00")
    assert on(split, "2026-11-02T12:30").opens == at("2026-11-02T13:00")


def test_a_place_that_never_closes_says_so() -> None:
    present = on([hours(weekday, "00:00", "00:00") for weekday in range(7)], "2026-11-02T10:00")
    assert (present.is_open, present.day_and_night, present.closes) == (True, True, None)


def test_an_end_that_nobody_told_is_not_made_up() -> None:
    present = on([hours(MONDAY, "09:00")], "2026-11-02T09:30")
    assert (present.is_open, present.closes) == (True, None)


def test_opening_hours_follow_the_clock_when_it_changes() -> None:
    night = [hours(SATURDAY, "20:00", "08:00")]
    assert on(night, "2026-10-31T23:00", NEW_YORK).closes == at("2026-11-01T08:00", NEW_YORK)


def test_the_next_meeting_is_the_first_that_has_not_begun() -> None:
    spans = [meeting(FRIDAY, "18:00"), meeting(MONDAY, "20:00"), meeting(MONDAY, "19:00", "20:00")]
    assert on(spans, "2026-11-02T18:20").next_meeting == at("2026-11-02T19:00")
    going_on = on(spans, "2026-11-02T19:01")
    assert (going_on.meeting_on, going_on.next_meeting) == (True, at("2026-11-02T20:00"))


def test_a_meeting_keeps_its_hour_when_the_clock_changes() -> None:
    present = on([meeting(SUNDAY, "12:00")], "2026-10-31T12:00", NEW_YORK)
    assert present.next_meeting == at("2026-11-01T12:00", NEW_YORK)
    assert present.is_open is None


def test_a_meeting_whose_hour_is_left_out_is_after_the_change() -> None:
    present = on([meeting(SUNDAY, "02:30")], "2026-03-08T01:00", NEW_YORK)
    assert present.next_meeting == at("2026-03-08T03:30", NEW_YORK)


def test_nothing_is_said_of_a_place_whose_clock_or_times_are_not_known() -> None:
    assert presently([hours(MONDAY, "09:00")], "", at("2026-11-02T09:00")) is None
    assert presently([], CHICAGO, at("2026-11-02T09:00")) is None


times = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
spans_of_any_kind = st.builds(Schedule, st.integers(0, 6), times, st.none() | times, st.sampled_from(ScheduleKind))


@given(
    spans=st.lists(spans_of_any_kind, min_size=1, max_size=5),
    zone=st.sampled_from([NEW_YORK, "America/Phoenix", "Australia/Lord_Howe"]),
    now=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC)),  # noqa: DTZ001
)
def test_the_page_of_a_place_says_what_a_search_says(spans: list[Schedule], zone: str, now: dt.datetime) -> None:
    present, searched = presently(spans, zone, now), weeks_of([(zone, spans)])
    assert present
    assert bool(present.is_open or present.meeting_on) == bool(searched.open_at(now)[0])
    minutes = int(searched.minutes_to_meeting(now)[0])
    if present.next_meeting is None:
        assert minutes == NEVER
    else:
        left = present.next_meeting.astimezone(dt.UTC) - now.replace(second=0, microsecond=0)
        assert left == dt.timedelta(minutes=minutes)
