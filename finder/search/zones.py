"""The clocks of time zones: what time it is there, and when a weekly start comes, in weeks when clocks change too."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

DAY = 24 * 60
WEEK = 7 * DAY

Minutes = NDArray[np.int64]

_EPOCH = dt.datetime(1970, 1, 5)  # noqa: DTZ001 (a Monday, by the clock of whichever zone)
_UTC_EPOCH = _EPOCH.replace(tzinfo=dt.UTC)
_MINUTE = dt.timedelta(minutes=1)


@lru_cache(maxsize=1024)
def zone_called(name: str) -> ZoneInfo | None:
    """The time zone with this name, ``None`` where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown, no possible name, the name of a folder
        return None


def minute_of_week(zone: ZoneInfo, now: dt.datetime) -> int:
    """Minutes since Monday 0:00 by the clocks there."""
    local = now.astimezone(zone)
    return local.weekday() * DAY + local.hour * 60 + local.minute


def starts_around(zone: ZoneInfo, starts: NDArray[np.int16], now: dt.datetime) -> tuple[Minutes, Minutes]:
    """How many minutes ago each weekly start came last, and in how many it comes next: 0 and 0 where it comes now.

    ``starts`` are minutes since Monday 0:00 by the clocks there; the answers are real minutes.
    """
    this_minute = (now - _UTC_EPOCH) // _MINUTE
    monday = (now.astimezone(zone).replace(tzinfo=None) - _EPOCH) // _MINUTE // WEEK * WEEK
    changes, offsets = _offsets(zone, monday - WEEK, monday + 2 * WEEK)
    on_clocks = monday + WEEK * np.array([[-1], [0], [1]]) + starts
    away = on_clocks - offsets[np.searchsorted(changes, on_clocks, side="right")] - this_minute
    since = np.where(away <= 0, -away, 2 * WEEK).min(axis=0)
    until = np.where(away >= 0, away, 2 * WEEK).min(axis=0)
    return since, until


def _offsets(zone: ZoneInfo, first: int, last: int) -> tuple[Minutes, Minutes]:
    """The minutes on the clocks, from ``first`` to ``last``, at which the offset from UTC changes, and all offsets.

    There is one offset more than there are changes. An offset changes at most once a day.
    """
    days = range(first, last + 1, DAY)
    daily = [_offset(zone, day) for day in days]
    changed = [day for day, before, after in zip(days, daily, daily[1:], strict=False) if before != after]
    changes = [_change(zone, day, day + DAY) for day in changed]
    return np.array(changes, dtype=np.int64), np.array([daily[0], *(_offset(zone, at) for at in changes)])


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first minute on the clocks with the offset of ``after``, by halving."""
    new = _offset(zone, after)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if _offset(zone, middle) == new else (middle, after)
    return after


def _offset(zone: ZoneInfo, on_clock: int) -> int:
    """Minutes by which the clocks are ahead of UTC when they show this for the first time.

    A time that they leave out has the offset of the hour before.
    """
    offset = (_EPOCH + on_clock * _MINUTE).replace(tzinfo=zone).utcoffset()
    assert offset is not None  # noqa: S101 (narrows the declared type; a ZoneInfo has one at every time of a date)
    return offset // _MINUTE
