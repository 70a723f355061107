"""Opening hours in words."""

import datetime as dt

import pytest

from finder.domain.schedule import Schedule
from finder.importing.clean.hours import read_hours

_NINE, _FIVE = dt.time(9), dt.time(17)
_WORKDAYS = tuple(Schedule(day, _NINE, _FIVE) for day in range(5))


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 9am-5pm",
        "Monday - Friday: 9:00 AM - 5:00 PM",
        "M-F 9 a.m. to 5 p.m.",
        "Mon, Tue, Wed, Thu & Fri 9:00-17:00",
        "Weekdays 9am\u20135pm",
        "Lunes a viernes 9:00 am a 5:00 pm",
        "Lun-Vie 9:00-17:00",
        "Mon-Wed 9am-5pm; Thu and Fri 9am-5pm",
        "Mon-Thu 9am-5pm\nFri 9am-5pm",
    ],
)
def test_the_ways_to_write_a_week_of_work_mean_the_same(text: str) -> None:
    assert read_hours(text) == _WORKDAYS


@pytest.mark.parametrize("text", ["24/7", "24 hours a day, 7 days a week", "Open 24 hours", "24 horas"])
def test_always_open_is_every_day_from_midnight_to_midnight(text: str) -> None:
    assert read_hours(text) == tuple(Schedule(day, dt.time(0), dt.time(0)) for day in range(7))


def test_a_night_ends_on_the_next_day_and_a_week_may_go_over_sunday() -> None:
    assert read_hours("Sat-Mon 10pm-6am") == tuple(Schedule(day, dt.time(22), dt.time(6)) for day in (0, 5, 6))


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 9-5",  # nine to five of which half?
        "Mon-Fri 9am-5",
        "1:00-4:00 Mon",
        "Mon 1:00 to 4:00",  # perhaps at night
        "Mon-Fri 9am-5pm, by appointment on Saturday",
        "Call for hours",
        "Mon-Foo 9am-5pm",
        "Mon 13am-5pm",
        "Mon 9am-9am",
        "9am-5pm",  # on which days?
        "Mon 99:99-25:00",
        "x" * 10_000,
        "Mon " + "1" * 250,
        "",
    ],
)
def test_what_could_be_meant_in_two_ways_is_left_as_text(text: str) -> None:
    assert read_hours(text) is None
