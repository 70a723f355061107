"""When a place is open and when a group meets."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ScheduleKind(StrEnum):
    """Opening hours of a place, or one weekly meeting of a group."""

    HOURS = "hours"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One weekly span in the place's own time zone; spans are in the order of the week, those without an end last.

    ``weekday`` counts from 0 = Monday as Python does. ``closes_at`` is ``None`` where the end isn't known; one that
    is not after ``opens_at`` lies on the next day. What people can join from elsewhere has ``join_url``, an address of
    http or https, or ``join_phone``, what one dials, with the code to enter ("+13125550142,,123#").
    """

    weekday: int
    opens_at: dt.time
    closes_at: dt.time | None = None
    kind: ScheduleKind = ScheduleKind.HOURS
    note: str = ""
    join_url: str = ""
    join_phone: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday {self.weekday} is not 0 (Monday) to 6 (Sunday)")

    def __lt__(self, other: "Schedule") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[Any, ...]:
        ends = (self.closes_at is None, self.closes_at or self.opens_at)
        return self.weekday, self.opens_at, *ends, self.kind, self.note, self.join_url, self.join_phone
