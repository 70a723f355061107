"""A place's times in people's words, in both languages."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import vocabulary
from finder.search.presently import presently
from finder.web.public.questions import questions
from finder.web.public.week import now_sentences, span_words, week, zone_words

CHICAGO = "America/Chicago"
MEETING = ScheduleKind.MEETING


@pytest.fixture
def in_spanish() -> Iterator[None]:
    """While a Spanish page is asked for."""
    with Flask("test").test_request_context("/es/providers/somewhere"):
        yield


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Schedule(0, dt.time(9), dt.time(17, 30)), "9 AM to 5:30 PM"),
        (Schedule(0, dt.time(0), dt.time(0)), "Day and night"),
        (Schedule(0, dt.time(19), None, MEETING, "newcomers welcome"), "7 PM: newcomers welcome"),
    ],
)
def test_a_span_is_told_as_people_say_it(span: Schedule, words: str) -> None:
    assert span_words(span) == words


def open_on(*days: tuple[int, int]) -> list[Schedule]:
    """Opening hours on these (weekday, hour) pairs until 5 PM."""
    return [Schedule(weekday, dt.time(hour), dt.time(17)) for weekday, hour in days]


def test_days_in_a_row_that_are_alike_are_told_together() -> None:
    assert [days.words for days in week(open_on((0, 9), (1, 9), (2, 9), (4, 9), (5, 10)))] == [
        "Monday to Wednesday: 9 AM to 5 PM",
        "Friday: 9 AM to 5 PM",
        "Saturday: 10 AM to 5 PM",
    ]


def test_days_that_one_joins_at_other_addresses_are_told_apart() -> None:
    link = "https://conference.example/j/"
    spans = [Schedule(day, dt.time(19), None, MEETING, join_url=f"{link}{max(day, 1)}") for day in range(3)]

    assert [days.told for days in week(spans)] == [f"Monday to Tuesday: 7 PM ({link}1)", f"Wednesday: 7 PM ({link}2)"]


def test_a_number_to_join_is_told_as_people_write_it_with_what_to_enter_then() -> None:
    (days,) = week([Schedule(0, dt.time(19), None, MEETING, join_phone="+13125550142,,86752#")])

    assert days.told == "Monday: 7 PM (312-555-0142, 86752#)"


def test_an_address_that_no_browser_should_follow_is_not_shown() -> None:
    (days,) = week([Schedule(0, dt.time(19), None, MEETING, join_url="javascript:alert(1)")])

    assert days.told == "Monday: 7 PM"


def test_of_two_meetings_at_one_hour_the_end_of_one_may_be_unknown() -> None:
    (days,) = week([Schedule(0, dt.time(19), end, MEETING) for end in (None, dt.time(20))])

    assert days.words == "Monday: 7 PM to 8 PM, 7 PM"


def test_a_week_without_a_break_is_every_day() -> None:
    assert [days.name for days in week(open_on(*((weekday, 9) for weekday in range(7))))] == ["Every day"]


@pytest.mark.usefixtures("in_spanish")
def test_days_and_clocks_are_told_in_spanish_on_a_spanish_page() -> None:
    (days,) = week([Schedule(5, dt.time(19, 30), None, MEETING)])
    assert days.words == "Sábado: 7:30 p.\u202fm."
    assert zone_words(CHICAGO) == "hora central"


def told(spans: list[Schedule], local: str, zone: str = CHICAGO) -> list[str]:
    present = presently(spans, zone, dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)))
    assert present
    return list(now_sentences(present))


@pytest.mark.parametrize(
    ("local", "words"),
    [
        ("2026-11-02T18:20", "Next meeting: today 7 PM, in 40 minutes."),
        ("2026-11-02T18:59", "Next meeting: today 7 PM, in 1 minute."),
        ("2026-11-02T16:20", "Next meeting: today 7 PM, in about 3 hours."),
        ("2026-11-01T20:00", "Next meeting: tomorrow 7 PM, in about 23 hours."),
        ("2026-10-30T12:00", "Next meeting: Monday 7 PM."),
    ],
)
def test_the_next_meeting_is_told_by_day_and_by_how_soon(local: str, words: str) -> None:
    assert told([Schedule(0, dt.time(19), dt.time(20), MEETING)], local) == [words]


def test_how_soon_is_real_time_on_the_night_when_clocks_change() -> None:
    sunday_noon = [Schedule(6, dt.time(12), None, MEETING)]
    assert told(sunday_noon, "2026-10-31T23:00") == ["Next meeting: tomorrow 12 PM, in about 14 hours."]


def test_a_meeting_that_is_going_on_comes_before_the_next() -> None:
    assert told([Schedule(0, dt.time(19), dt.time(20), MEETING)], "2026-11-02T19:00") == ["A meeting is going on now."]
    assert told([Schedule(0, dt.time(19), dt.time(20), MEETING)], "2026-11-02T19:30") == [
        "A meeting is going on now.",
        "Next meeting: November 9, 2026 7 PM.",
    ]


@pytest.mark.parametrize(
    ("spans", "local", "words"),
    [
        (open_on((0, 9)), "2026-11-02T10:00", "Open now, until 5 PM."),
        (open_on((0, 9)), "2026-11-02T08:00", "Closed now. Opens today 9 AM."),
        (open_on((0, 9)), "2026-11-01T08:00", "Closed now. Opens tomorrow 9 AM."),
        ([Schedule(day, dt.time(0), dt.time(0)) for day in range(7)], "2026-11-02T10:00", "Open now, day and night."),
        ([Schedule(0, dt.time(9))], "2026-11-02T09:30", "Open now."),
        (
            [Schedule(day, dt.time(0), dt.time(0)) for day in range(3)],
            "2026-11-02T10:00",
            "Open now, until Thursday 12 AM.",
        ),
    ],
)
def test_whether_it_is_open_is_told(spans: list[Schedule], local: str, words: str) -> None:
    assert told(spans, local) == [words]


@pytest.mark.usefixtures("in_spanish")
def test_a_spanish_sentence_that_ends_with_a_time_ends_once() -> None:
    (sentence,) = told([Schedule(0, dt.time(19), None, MEETING)], "2026-10-30T12:00")
    assert sentence.endswith("7 p.\u202fm.")
    assert not sentence.endswith("..")


def asked(*levels: str) -> tuple[str, ...]:
    return questions([vocabulary().term("level_of_care", level) for level in levels])


def test_what_to_ask_fits_the_help_that_a_place_gives() -> None:
    assert any("Is a nurse there at night?" in question for question in asked("detox"))
    assert any("Which therapies" in question for question in asked("outpatient"))
    assert asked("support_group")[0] == "Do you still meet at this day and time?"
    assert not set(asked("support_group")) & set(asked("outpatient"))


def test_a_place_that_does_several_things_is_asked_nothing_twice() -> None:
    both = asked("detox", "outpatient", "support_group")
    assert len(both) == len(set(both))
    assert set(both) == set(asked("detox")) | set(asked("outpatient"))


def test_a_place_of_which_we_know_no_kind_of_help_is_asked_the_most_pressing_questions() -> None:
    assert asked()
