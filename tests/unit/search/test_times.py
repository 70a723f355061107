"""When places are open and groups meet, in every time zone and on the days when clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finder.domain.schedule import Schedule, ScheduleKind
from finder.search import MeetingTime
from finder.search.times import NEVER
from tests.unit.search import oracle
from tests.unit.search.samples import weeks_of

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6
NEW_YORK, CHICAGO, SANTIAGO = "America/New_York", "America/Chicago", "America/Santiago"
CLOCKS_CHANGE = {
    NEW_YORK: ["2026-03-08T07:00", "2026-11-01T06:00"],
    SANTIAGO: ["2026-04-05T03:00", "2026-09-06T04:00"],
    "Australia/Lord_Howe": ["2026-04-04T15:00", "2026-10-03T15:30"],
    "Africa/Casablanca": ["2026-02-15T02:00", "2026-03-22T02:00"],
    "Pacific/Apia": ["2011-12-30T10:00"],
    "Asia/Kathmandu": ["1985-12-31T18:30"],
    "America/Phoenix": ["2026-03-08T09:00"],
}
NO_ZONES = ["", "Nowhere/Town", "America", "../UTC", "\x00"]


def hours(weekday: int, opens: str, closes: str | None = None) -> Schedule:
    return Schedule(weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes) if closes else None)


def meeting(weekday: int, starts: str, ends: str | None = None) -> Schedule:
    span = hours(weekday, starts, ends)
    return Schedule(weekday, span.opens_at, span.closes_at, ScheduleKind.MEETING)


def at(zone: str, local: str, *, again: bool = False) -> dt.datetime:
    """The moment at which clocks there show this, for the second time if ``again``."""
    return dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=int(again))


def is_open(zone: str, span: Schedule, now: dt.datetime) -> bool:
    return bool(weeks_of([(zone, [span])]).open_at(now)[0])


def until_meeting(zone: str, span: Schedule, now: dt.datetime) -> int:
    return int(weeks_of([(zone, [span])]).minutes_to_meeting(now)[0])


class TestOpen:
    def test_from_the_minute_it_opens_until_the_minute_it_closes(self) -> None:
        nine_to_five = hours(MONDAY, "09:00", "17:00")
        times = ("08:59", "09:00", "16:59", "17:00")
        opened = [is_open(CHICAGO, nine_to_five, at(CHICAGO, f"2026-11-02T{time}")) for time in times]
        assert opened == [False, True, True, False]

    def test_a_night_goes_on_after_the_week_ended(self) -> None:
        night = hours(SUNDAY, "22:00", "06:00")
        assert is_open(CHICAGO, night, at(CHICAGO, "2026-11-02T05:59"))
        assert not is_open(CHICAGO, night, at(CHICAGO, "2026-11-01T05:59"))

    def test_equal_times_are_a_whole_day(self) -> None:
        day = hours(SATURDAY, "00:00", "00:00")
        assert is_open(CHICAGO, day, at(CHICAGO, "2026-11-07T23:59"))
        assert not is_open(CHICAGO, day, at(CHICAGO, "2026-11-08T00:00"))

    @pytest.mark.parametrize("span", [hours(MONDAY, "09:00"), meeting(MONDAY, "09:00")])
    def test_without_an_end_it_is_an_hour(self, span: Schedule) -> None:
        assert is_open(CHICAGO, span, at(CHICAGO, "2026-11-02T09:59"))
        assert not is_open(CHICAGO, span, at(CHICAGO, "2026-11-02T10:00"))

    def test_a_place_follows_its_own_clock(self) -> None:
        noon_in_chicago = at(CHICAGO, "2026-11-02T12:00")
        assert is_open(CHICAGO, hours(MONDAY, "12:00", "13:00"), noon_in_chicago)
        assert is_open(NEW_YORK, hours(MONDAY, "13:00", "14:00"), noon_in_chicago)

    @pytest.mark.parametrize("zone", NO_ZONES)
    def test_a_place_whose_clock_is_not_known_is_never_open_now(self, zone: str) -> None:
        assert not is_open(zone, hours(MONDAY, "00:00", "00:00"), at(CHICAGO, "2026-11-02T12:00"))
        assert until_meeting(zone, meeting(MONDAY, "12:00"), at(CHICAGO, "2026-11-02T12:00")) == NEVER


class TestWhenClocksChange:
    def test_hours_are_those_on_the_door_both_times_that_the_clock_shows_them(self) -> None:
        until_two = hours(SATURDAY, "20:00", "02:00")
        assert is_open(NEW_YORK, until_two, at(NEW_YORK, "2026-11-01T01:30"))
        assert is_open(NEW_YORK, until_two, at(NEW_YORK, "2026-11-01T01:30", again=True))

    def test_a_meeting_is_held_once_though_its_hour_comes_twice(self) -> None:
        half_past_one = meeting(SUNDAY, "01:30", "02:00")
        assert is_open(NEW_YORK, half_past_one, at(NEW_YORK, "2026-11-01T01:45"))
        assert not is_open(NEW_YORK, half_past_one, at(NEW_YORK, "2026-11-01T01:45", again=True))

    def test_a_meeting_lasts_as_long_as_ever(self) -> None:
        over_the_change = meeting(SUNDAY, "00:30", "02:30")
        assert is_open(NEW_YORK, over_the_change, at(NEW_YORK, "2026-11-01T01:15", again=True))
        assert not is_open(NEW_YORK, over_the_change, at(NEW_YORK, "2026-11-01T01:30", again=True))

    def test_a_meeting_in_the_hour_left_out_is_after_the_change(self) -> None:
        half_past_two = meeting(SUNDAY, "02:30", "03:30")
        assert is_open(NEW_YORK, half_past_two, at(NEW_YORK, "2026-03-08T03:30"))
        assert until_meeting(NEW_YORK, half_past_two, at(NEW_YORK, "2026-03-08T01:59")) == 31

    def test_the_time_to_a_meeting_is_real_time(self) -> None:
        sunday_noon = meeting(SUNDAY, "12:00")
        assert until_meeting(NEW_YORK, sunday_noon, at(NEW_YORK, "2026-10-31T12:00")) == 25 * 60
        assert until_meeting(NEW_YORK, sunday_noon, at(NEW_YORK, "2026-03-07T12:00")) == 23 * 60


class TestNextMeeting:
    def test_a_meeting_that_starts_in_this_minute_is_the_next(self) -> None:
        now = at(CHICAGO, "2026-11-02T18:00") + dt.timedelta(seconds=59)
        assert until_meeting(CHICAGO, meeting(MONDAY, "18:00"), now) == 0

    def test_the_one_of_today_that_has_begun_comes_again_in_a_week(self) -> None:
        now = at(CHICAGO, "2026-11-09T18:01")
        assert until_meeting(CHICAGO, meeting(MONDAY, "18:00", "19:00"), now) == 7 * 24 * 60 - 1

    def test_the_first_of_several_counts(self) -> None:
        spans = [meeting(FRIDAY, "18:00"), meeting(MONDAY, "20:00"), meeting(MONDAY, "19:00")]
        column = weeks_of([(CHICAGO, spans)])
        assert column.minutes_to_meeting(at(CHICAGO, "2026-11-02T18:00")).tolist() == [60]

    def test_opening_hours_are_no_meeting(self) -> None:
        assert until_meeting(CHICAGO, hours(MONDAY, "18:00"), at(CHICAGO, "2026-11-02T17:00")) == NEVER


class TestMeetingTime:
    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            (MeetingTime(), True),
            (MeetingTime(weekdays=frozenset({SATURDAY})), True),
            (MeetingTime(weekdays=frozenset({FRIDAY, SUNDAY})), False),
            (MeetingTime(earliest=dt.time(1)), True),
            (MeetingTime(earliest=dt.time(1, 1)), False),
            (MeetingTime(latest=dt.time(1)), True),
            (MeetingTime(latest=dt.time(0, 59)), False),
            (MeetingTime(weekdays=frozenset({FRIDAY}), earliest=dt.time(22), latest=dt.time(2)), True),
            (MeetingTime(weekdays=frozenset({SATURDAY}), earliest=dt.time(22), latest=dt.time(2)), False),
        ],
    )
    def test_a_meeting_at_one_on_saturday_is_found_by(self, wanted: MeetingTime, found: bool) -> None:  # noqa: FBT001 (a column of the table)
        column = weeks_of([("", [meeting(SATURDAY, "01:00", "02:00")])])
        assert column.meeting_at(wanted).tolist() == [found]

    def test_opening_hours_are_no_meeting(self) -> None:
        assert not weeks_of([("", [hours(MONDAY, "18:00")])]).meeting_at(MeetingTime())[0]

    def test_the_night_of_sunday_ends_on_monday(self) -> None:
        column = weeks_of([("", [meeting(MONDAY, "01:00")])])
        sunday_night = MeetingTime(weekdays=frozenset({SUNDAY}), earliest=dt.time(22), latest=dt.time(1))
        assert column.meeting_at(sunday_night)[0]


some_times = st.sampled_from([dt.time(), dt.time(1, 30), dt.time(2), dt.time(2, 30), dt.time(23, 59)]) | st.times()
some_spans = st.lists(
    st.builds(Schedule, st.integers(0, 6), some_times, st.none() | some_times, st.sampled_from(ScheduleKind)),
    max_size=4,
)
some_zones = st.sampled_from([*CLOCKS_CHANGE, *NO_ZONES])
some_rows = st.lists(st.tuples(some_zones, some_spans), max_size=12)
some_wishes = st.builds(
    MeetingTime,
    weekdays=st.frozensets(st.integers(0, 6), max_size=3),
    earliest=st.none() | some_times,
    latest=st.none() | some_times,
)


@st.composite
def moments(draw: st.DrawFn) -> dt.datetime:
    """Any moment of a few years, most often one within days of a change of clocks somewhere."""
    changes = [dt.datetime.fromisoformat(text) for texts in CLOCKS_CHANGE.values() for text in texts]
    change = draw(st.sampled_from(changes)).replace(tzinfo=dt.UTC)
    near = draw(st.sampled_from([3 * 60, 3 * 24 * 60, 16 * 24 * 60, 500 * 24 * 60]))
    minutes = draw(st.integers(-near, near))
    return change + dt.timedelta(minutes=minutes, seconds=draw(st.sampled_from([0, 30])))


@settings(max_examples=300)
@given(rows=some_rows, now=moments())
@example(rows=[("Pacific/Apia", [meeting(FRIDAY, "12:00")])], now=dt.datetime(2011, 12, 30, 10, tzinfo=dt.UTC))
def test_columns_say_what_each_listing_would(rows: list[tuple[str, list[Schedule]]], now: dt.datetime) -> None:
    column = weeks_of(rows)
    untils = [oracle.minutes_to_meeting(zone, spans, now) for zone, spans in rows]
    assert column.open_at(now).tolist() == [oracle.is_open(zone, spans, now) for zone, spans in rows]
    assert column.minutes_to_meeting(now).tolist() == [NEVER if until is None else until for until in untils]


@settings(max_examples=200)
@given(rows=some_rows, wanted=some_wishes)
def test_meetings_are_found_by_their_start(rows: list[tuple[str, list[Schedule]]], wanted: MeetingTime) -> None:
    column = weeks_of(rows)
    assert column.meeting_at(wanted).tolist() == [oracle.meets_at(spans, wanted) for _, spans in rows]


def test_what_was_true_a_minute_ago_is_not_told_again() -> None:
    column = weeks_of([(CHICAGO, [hours(MONDAY, "09:00", "17:00")])])
    times = ("16:59", "17:00", "16:59")
    assert [bool(column.open_at(at(CHICAGO, f"2026-11-02T{time}"))[0]) for time in times] == [True, False, True]
