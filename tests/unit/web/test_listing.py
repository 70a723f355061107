"""Times of a place in people's words."""

import datetime as dt

import pytest

from finder.domain.schedule import Schedule, ScheduleKind
from finder.models import Provider, ProviderSchedule
from finder.web.public.listing import listing_page, span_words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Schedule(0, dt.time(9), dt.time(17, 30)), "9 AM to 5:30 PM"),
        (Schedule(0, dt.time(0), dt.time(0)), "Day and night"),
        (Schedule(0, dt.time(19), None, ScheduleKind.MEETING, "newcomers welcome"), "7 PM: newcomers welcome"),
    ],
)
def test_a_span_is_told_as_people_say_it(span: Schedule, words: str) -> None:
    assert span_words(span) == words


def open_on(*days: tuple[int, int]) -> Provider:
    """A place that opens on these (weekday, hour) pairs until 5 PM."""
    spans = [
        ProviderSchedule(
            position=position,
            weekday=weekday,
            opens_at=dt.time(hour),
            closes_at=dt.time(17),
            kind=ScheduleKind.HOURS,
            note="",
        )
        for position, (weekday, hour) in enumerate(days)
    ]
    return Provider(
        schedules=spans, tags=[], confidential=False, address_1="", address_2="", city="", state="", postal_code=""
    )


def test_days_in_a_row_that_are_alike_are_told_together() -> None:
    week = listing_page(open_on((0, 9), (1, 9), (2, 9), (4, 9), (5, 10))).week
    assert [(days.name, days.times) for days in week] == [
        ("Monday to Wednesday", ("9 AM to 5 PM",)),
        ("Friday", ("9 AM to 5 PM",)),
        ("Saturday", ("10 AM to 5 PM",)),
    ]


def test_a_week_without_a_break_is_every_day() -> None:
    assert [days.name for days in listing_page(open_on(*((weekday, 9) for weekday in range(7)))).week] == ["Every day"]
