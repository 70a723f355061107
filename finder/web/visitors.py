"""Telling visitors apart for a while without knowing them, and counting what they ask."""

import datetime as dt
import hmac
import math
import secrets
import threading

from finder.accounts.networks import of_one_customer

_SECONDS = 60
_MOST_KEYS = 100_000


class Visitors:
    """Gives each address a key that is good for one day and can't be led back; safe to share between threads.

    The key is made with random bits that are drawn anew each day (UTC) and stand in the memory of this process alone.
    """

    def __init__(self) -> None:
        self._drawing = threading.Lock()
        self._day, self._salt = dt.date.min, b""

    def key(self, address: str, today: dt.date) -> str:
        """The key of an address: the same all day, another tomorrow, and another in another process."""
        with self._drawing:
            if today != self._day:
                self._day, self._salt = today, secrets.token_bytes(32)
            salt = self._salt
        return hmac.digest(salt, of_one_customer(address).encode(), "sha256").hex()


class Counts:
    """Counts by key, each for the minute that begins with the first; safe to share between threads.

    They are in the memory of this process alone. Of more keys than there is room for, all are forgotten.
    """

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._counts: dict[str, tuple[int, float]] = {}  # how many, and until when (seconds since 1970) they count
        self._sweep_at = 0.0

    def wait(self, key: str, most: int, now: float) -> int:
        """Count one more; in how many seconds to go on where that is more than ``most`` in a minute, else 0."""
        with self._counting:
            self._sweep(now)
            count, until = self._counts.get(key, (0, 0.0))
            if not now < until <= now + _SECONDS:  # or a minute that began while the clock was ahead
                count, until = 0, now + _SECONDS
            self._counts[key] = count + 1, until
        return math.ceil(until - now) if count >= most else 0

    def __len__(self) -> int:
        """How many keys are counted."""
        return len(self._counts)

    def _sweep(self, now: float) -> None:
        if now >= self._sweep_at:
            self._sweep_at = now + _SECONDS
            self._counts = {key: kept for key, kept in self._counts.items() if kept[1] > now}
        if len(self._counts) >= _MOST_KEYS:
            self._counts.clear()
