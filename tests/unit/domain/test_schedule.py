"""Weekly hours and meetings."""

import datetime as dt

import pytest

from finder.domain.schedule import Schedule, ScheduleKind

NINE = dt.time(9)


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_week_has_seven_days(weekday: int) -> None:
    with pytest.raises(ValueError, match=r"not 0 \(Monday\) to 6 \(Sunday\)"):
        Schedule(weekday, NINE)


def test_spans_are_in_the_order_of_the_week_and_the_day() -> None:
    monday_noon, monday_nine, sunday = Schedule(0, dt.time(12)), Schedule(0, NINE), Schedule(6, NINE)
    until_ten = Schedule(0, NINE, dt.time(10))

    assert sorted([sunday, monday_noon, monday_nine, until_ten]) == [until_ten, monday_nine, monday_noon, sunday]


def test_a_span_says_opening_hours_unless_it_says_a_meeting() -> None:
    assert Schedule(0, NINE).kind is ScheduleKind.HOURS
