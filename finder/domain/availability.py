"""Whether a place takes people in now, and how long that may be believed."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What a place said at ``as_of``; from ``expires`` on it says nothing any more. Both are in UTC.

    ``accepting`` is whether it takes new people and ``beds`` how many beds are free, each ``None`` where that wasn't
    told. Raises ``ValueError`` for a time not in UTC, an end that isn't after the beginning, and fewer than 0 beds.
    """

    accepting: bool | None
    beds: int | None
    as_of: dt.datetime
    expires: dt.datetime

    def __post_init__(self) -> None:
        # Times in other zones don't compare as moments do where clocks change (PEP 495).
        if self.as_of.tzinfo is not dt.UTC or self.expires.tzinfo is not dt.UTC:
            raise ValueError("availability has times in UTC")
        if self.expires <= self.as_of:
            raise ValueError(f"availability of {self.as_of} can't expire at {self.expires}")
        if self.beds is not None and self.beds < 0:
            raise ValueError(f"{self.beds} free beds")

    def counts_at(self, now: dt.datetime) -> bool:
        """Whether it may still be believed."""
        return now < self.expires
