"""When fictional places are open and fictional groups meet."""

import datetime as dt
from random import Random

from finder.domain.schedule import Schedule, ScheduleKind
from finder.importing.formats.demonstration.chance import happens
from finder.importing.formats.demonstration.ingredients import Ingredients, Meetings, Program


def draw_schedules(program: Program, ingredients: Ingredients, random: Random) -> tuple[Schedule, ...]:
    """Weekly meetings of a group, opening hours of any other place that has some; in the order of the week."""
    if program.meeting:
        return _meetings(ingredients.meetings, random)
    if not program.hours:
        return ()
    pattern = random.choice(ingredients.hours[program.hours])
    spans = (Schedule(day, opening.opens, opening.closes) for opening in pattern for day in opening.days)
    return tuple(sorted(spans, key=lambda span: (span.weekday, span.opens_at)))


def _meetings(meetings: Meetings, random: Random) -> tuple[Schedule, ...]:
    """One group meets at one time of the day, on one or several days."""
    often = random.choices(meetings.times_a_week, meetings.times_a_week_weights)[0]
    starts = random.choices(meetings.starts, meetings.start_weights)[0]
    ends = None if happens(random, meetings.no_end_percent) else _later(starts, random.choice(meetings.minutes))
    note = random.choice(meetings.notes) if happens(random, meetings.note_percent) else ""
    days = sorted(random.sample(range(7), often))
    return tuple(Schedule(day, starts, ends, ScheduleKind.MEETING, note) for day in days)


def _later(time: dt.time, minutes: int) -> dt.time:
    """The time of day that many minutes on, past midnight too."""
    minute_of_day = (time.hour * 60 + time.minute + minutes) % (24 * 60)
    return dt.time(minute_of_day // 60, minute_of_day % 60)
