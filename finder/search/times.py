"""When places are open and groups meet, as columns.

Most weeks of a directory are alike: nine to five from Monday to Friday, eight on Tuesday evening. So each row has the
number of its week, and only the weeks that differ are asked what time it is. What is true now stays true for the rest
of the minute and is kept as long.

**Opening hours** are what the sign on the door says: a place is open while the clock of its time zone shows a time
within them, in the night when clocks change too. **A meeting** starts at one moment and lasts as long as its span says:
where its hour comes twice it starts in the first, and where the clocks leave its hour out it starts as long after the
change as it would have after the hour before, as calendars have it (RFC 5545, 3.3.5). A span whose end nobody told
counts as `UNTOLD_LENGTH`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from finder.domain.schedule import Schedule, ScheduleKind
from finder.search.bits import Mask
from finder.search.criteria import MeetingTime
from finder.search.strings import Strings
from finder.search.zones import DAY, WEEK, minute_of_week, starts_around, zone_called

UNTOLD_LENGTH = 60
"""Minutes that a span without an end counts as."""

NEVER = np.iinfo(np.int16).max
"""Minutes until the next meeting where there is none."""

_Value = TypeVar("_Value")


class Span(NamedTuple):
    """One weekly span: minutes since Monday 0:00 by the clock of the place, and how many minutes long."""

    start: int
    length: int
    meeting: bool


def week_text(zone: str, spans: str) -> str:
    """A row's week in one text, empty where it has no spans; ``spans`` as `spans_of` reads them."""
    return f"{spans}@{zone}" if spans else ""


@dataclass(frozen=True)
class WeekColumn:
    """Each row's time zone and weekly spans; each week that differs is kept once.

    ``of_row`` has the number of each row's week. The others have one entry for each span of the different weeks; the
    spans of ``zones[i]`` end at ``zone_ends[i]``, where those of the next zone begin.
    """

    of_row: NDArray[np.int32]
    week: NDArray[np.int32]
    start: NDArray[np.int16]
    length: NDArray[np.int16]
    meeting: Mask
    zone_ends: NDArray[np.int32]
    zones: Strings

    @classmethod
    def arrays(cls, weeks: Sequence[str]) -> tuple[dict[str, NDArray[Any]], Strings]:
        """All but ``of_row``, and the zones, from the different weeks as `week_text` has them."""
        of_zone: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
        for number, text in enumerate(weeks):
            spans, _, zone = text.partition("@")
            of_zone[zone] += ((number, span) for span in spans_of(spans))
        zones = Strings.of(of_zone)
        spans_in_order = [numbered for zone in zones.tolist() for numbered in of_zone[zone]]
        return {
            "week": np.array([number for number, _ in spans_in_order], dtype=np.int32),
            "start": np.array([span.start for _, span in spans_in_order], dtype=np.int16),
            "length": np.array([span.length for _, span in spans_in_order], dtype=np.int16),
            "meeting": np.array([span.meeting for _, span in spans_in_order], dtype=np.bool_),
            "zone_ends": np.cumsum([len(of_zone[zone]) for zone in zones.tolist()], dtype=np.int32),
        }, zones

    def meeting_at(self, wanted: MeetingTime) -> Mask:
        """The rows with a meeting that starts then; by their own clocks, even if we don't know which those are."""
        return self._rows_with(self.meeting & _wanted_starts(wanted)[self.start])

    def open_at(self, now: dt.datetime) -> Mask:
        """The rows that are open or have a meeting going on; none whose time zone isn't known."""
        return self._open.at(now)

    def minutes_to_meeting(self, now: dt.datetime) -> NDArray[np.int16]:
        """Real minutes until each row's next meeting starts, `NEVER` where it has none or no known time zone."""
        return self._next.at(now)

    def _open_now(self, now: dt.datetime) -> Mask:
        open_spans = np.zeros(self.start.size, dtype=np.bool_)
        for zone, spans in self._spans_by_zone():
            starts = self.start[spans]
            by_the_clock = (minute_of_week(zone, now) - starts) % WEEK
            since_start = np.where(self.meeting[spans], starts_around(zone, starts, now)[0], by_the_clock)
            open_spans[spans] = since_start < self.length[spans]
        return self._rows_with(open_spans)

    def _next_from(self, now: dt.datetime) -> NDArray[np.int16]:
        soonest = np.full(self._weeks, NEVER, dtype=np.int16)
        for zone, spans in self._spans_by_zone():
            meeting = self.meeting[spans]
            until = starts_around(zone, self.start[spans][meeting], now)[1]
            np.minimum.at(soonest, self.week[spans][meeting], until.astype(np.int16))
        return soonest[self.of_row]

    def _spans_by_zone(self) -> Iterator[tuple[ZoneInfo, slice]]:
        start = 0
        for name, end in zip(self.zones.tolist(), self.zone_ends.tolist(), strict=True):
            if zone := zone_called(name):
                yield zone, slice(start, end)
            start = end

    def _rows_with(self, spans: Mask) -> Mask:
        """The rows in whose week at least one of these spans stands."""
        weeks = np.zeros(self._weeks, dtype=np.bool_)
        weeks[self.week[spans]] = True
        return weeks[self.of_row]

    @cached_property
    def _weeks(self) -> int:
        return int(self.of_row.max(initial=-1)) + 1

    @cached_property
    def _open(self) -> "_KeptForAMinute[Mask]":
        return _KeptForAMinute(self._open_now)

    @cached_property
    def _next(self) -> "_KeptForAMinute[NDArray[np.int16]]":
        return _KeptForAMinute(self._next_from)


class _KeptForAMinute(Generic[_Value]):
    """What was worked out for one minute; safe to share between threads, which at worst work it out twice."""

    def __init__(self, work_out: Callable[[dt.datetime], _Value]) -> None:
        self._work_out = work_out
        self._kept: tuple[dt.datetime, _Value] | None = None

    def at(self, now: dt.datetime) -> _Value:
        minute = now.astimezone(dt.UTC).replace(second=0, microsecond=0)
        kept = self._kept
        if kept is None or kept[0] != minute:
            kept = self._kept = (minute, self._work_out(minute))
        return kept[1]


def spans_of(text: str) -> list[Span]:
    """The spans in "weekday,opens,closes,kind;weekday,...", with nothing between the commas where no end was told."""
    return [_span(*row.split(",")) for row in text.split(";") if row]


def _span(weekday: str, opens: str, closes: str, kind: str) -> Span:
    opens_at, closes_at = dt.time.fromisoformat(opens), dt.time.fromisoformat(closes) if closes else None
    start = int(weekday) * DAY + _minute(opens_at)
    return Span(start, _length(opens_at, closes_at), kind == ScheduleKind.MEETING)


def _length(opens_at: dt.time, closes_at: dt.time | None) -> int:
    if closes_at is None:
        return UNTOLD_LENGTH
    length = _minute(closes_at) - _minute(opens_at)
    return length if closes_at > opens_at else length + DAY


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def starts_then(wanted: MeetingTime, span: Schedule) -> bool:
    """Whether a meeting is at a time that is wanted."""
    return bool(_wanted_starts(wanted)[span.weekday * DAY + _minute(span.opens_at)])


@lru_cache(maxsize=64)
def _wanted_starts(wanted: MeetingTime) -> Mask:
    """Of each minute of the week, whether a meeting may start then."""
    first = _minute(wanted.earliest or dt.time.min)
    last = _minute(wanted.latest or dt.time(23, 59))
    minutes = np.arange(first, last + 1 if last >= first else last + 1 + DAY)
    starts = np.zeros(WEEK, dtype=np.bool_)
    for weekday in wanted.weekdays or range(7):
        starts[(weekday * DAY + minutes) % WEEK] = True
    return starts
