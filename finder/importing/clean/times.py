"""Days of the week and times of the day."""

import datetime as dt
import re
from functools import lru_cache

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:\s*([ap])\.?m\.?)?", re.IGNORECASE | re.ASCII)
_DAY_MINUTES = 24 * 60


@lru_cache(maxsize=1024)
def clean_time(text: str) -> dt.time | None:
    """A time of the day ("9:30", "19:00:00", "7:30 pm"), to the minute; ``None`` where it is none."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    if half := (found[3] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def later(start: dt.time, minutes: int) -> dt.time | None:
    """The time so many minutes on, past midnight too; ``None`` where they are none or a whole day and more."""
    if not 0 < minutes < _DAY_MINUTES:
        return None
    minute = (start.hour * 60 + start.minute + minutes) % _DAY_MINUTES
    return dt.time(minute // 60, minute % 60)


def clean_day(text: str) -> dt.date | None:
    """The day of a date or moment in ISO 8601 or as databases write it; ``None`` where it is none."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
