"""Time zones."""

from functools import cache
from zoneinfo import available_timezones


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def clean_time_zone(text: str) -> str:
    """A time zone that the database of time zones has ("America/Chicago"); else empty."""
    return text if text in _zones() and len(text) <= 40 else ""
