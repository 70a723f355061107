"""When a place is open and when a group meets."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ScheduleKind(StrEnum):
    """Opening hours of a place, or one weekly meeting of a group."""

    HOURS = "hours"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, order=True)
class Schedule:
    """One weekly span in the place's own time zone.

    ``weekday`` counts from 0 = Monday as Python does. ``closes_at`` is ``None`` where the end isn't known; one that is
    not after ``opens_at`` lies on the next day.
    """

    weekday: int
    opens_at: dt.time
    closes_at: dt.time | None = None
    kind: ScheduleKind = ScheduleKind.HOURS
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday {self.weekday} is not 0 (Monday) to 6 (Sunday)")
