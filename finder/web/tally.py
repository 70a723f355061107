"""What may be refused so often that a line in the log each would fill the disk."""

import datetime as dt
import threading

import structlog

log = structlog.get_logger()

_MINUTE = dt.timedelta(minutes=1)
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class Tally:
    """Counts by kind and view, and writes one line a minute of each with the count, and with nothing of who asked.

    The first of a kind is told at once, those within a minute after it with the next one that comes later. Safe to
    share between threads; each process has its own.
    """

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._untold: dict[
            tuple[str, str | None], tuple[int, dt.datetime]
        ] = {}  # how many, and when a line was written

    def note(self, kind: str, now: dt.datetime, *, view: str | None = None) -> None:
        """Count one more, and write the line if it is time."""
        if times := self._due((kind, view), now):
            log.warning(kind, times=times, **({"view": view} if view else {}))

    def _due(self, kind: tuple[str, str | None], now: dt.datetime) -> int:
        with self._counting:
            untold, told_at = self._untold.get(kind, (0, _NEVER))
            is_due = not told_at <= now < told_at + _MINUTE  # a line of the future was written by a wrong clock
            self._untold[kind] = (0, now) if is_due else (untold + 1, told_at)
        return untold + 1 if is_due else 0
