"""What is on at one place at this moment, and what comes next, by the rules of `finder.search.times`."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from finder.domain.schedule import Schedule, ScheduleKind
from finder.search.times import Span, spans_of
from finder.search.zones import WEEK, minute_of_week, starts_around, zone_called


@dataclass(frozen=True, slots=True, kw_only=True)
class Presently:
    """A place's present; all times are in its own time zone.

    ``is_open`` is ``None`` for a place without opening hours. Of one that is open, ``closes`` is ``None`` where it
    never closes (``day_and_night``) or an end wasn't told; of one that is closed, ``opens`` is the next opening.
    ``meeting_on`` is whether a meeting is going on, ``next_meeting`` when the next one starts, this minute included.
    """

    now: dt.datetime
    is_open: bool | None
    day_and_night: bool
    closes: dt.datetime | None
    opens: dt.datetime | None
    meeting_on: bool
    next_meeting: dt.datetime | None


def presently(schedules: Sequence[Schedule], time_zone: str, now: dt.datetime) -> Presently | None:
    """What is on at ``now``, to the minute; ``None`` where the place's clock isn't known or it has no times."""
    zone = zone_called(time_zone)
    if zone is None or not schedules:
        return None
    week = _Week(schedules, zone, now)
    is_open = week.minutes_open > 0 if week.hours else None
    return Presently(
        now=week.local,
        is_open=is_open,
        day_and_night=week.minutes_open >= WEEK,
        closes=week.closes if is_open else None,
        opens=None if is_open else week.next_start(week.hours),
        meeting_on=week.meeting_on,
        next_meeting=week.next_start(week.meetings),
    )


class _Week:
    """The spans of one place, and the present minute by its clock."""

    def __init__(self, schedules: Sequence[Schedule], zone: ZoneInfo, now: dt.datetime) -> None:
        spans = spans_of(";".join(_as_text(schedule) for schedule in schedules))
        self.hours = [span for span in spans if not span.meeting]
        self.meetings = [span for span in spans if span.meeting]
        self.minute = now.astimezone(dt.UTC).replace(second=0, microsecond=0)
        self.local = self.minute.astimezone(zone)
        self._zone = zone
        self._ends_are_told = all(schedule.closes_at for schedule in schedules if schedule.kind is ScheduleKind.HOURS)

    @cached_property
    def minutes_open(self) -> int:
        """For how long the clock shows opening hours from now on: spans that follow each other count as one."""
        left, this_minute = 0, minute_of_week(self._zone, self.minute)
        while left < WEEK:
            further = max((span.length - (this_minute + left - span.start) % WEEK for span in self.hours), default=0)
            if further <= 0:
                break
            left += further
        return left

    @property
    def closes(self) -> dt.datetime | None:
        if self.minutes_open >= WEEK or not self._ends_are_told:
            return None
        return self.local + dt.timedelta(minutes=self.minutes_open)  # by the clock, as opening hours are

    @property
    def meeting_on(self) -> bool:
        since = starts_around(self._zone, _starts(self.meetings), self.minute)[0]
        return any(int(passed) < span.length for passed, span in zip(since, self.meetings, strict=True))

    def next_start(self, spans: list[Span]) -> dt.datetime | None:
        """When the next of the spans begins; these are real minutes from now."""
        if not spans:
            return None
        until = starts_around(self._zone, _starts(spans), self.minute)[1]
        return (self.minute + dt.timedelta(minutes=int(until.min()))).astimezone(self._zone)


def _starts(spans: list[Span]) -> NDArray[np.int16]:
    return np.array([span.start for span in spans], dtype=np.int16)


def _as_text(schedule: Schedule) -> str:
    closes = schedule.closes_at.isoformat() if schedule.closes_at else ""
    return f"{schedule.weekday},{schedule.opens_at.isoformat()},{closes},{schedule.kind.value}"
