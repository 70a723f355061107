"""What search knows of one listing, before it becomes part of columns."""

import datetime as dt
from typing import NamedTuple

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class SnapshotRow(NamedTuple):
    """What search knows of one listing; field for field what `finder.search.reading` reads.

    ``latitude`` and ``longitude`` are in degrees, both ``None`` where the position isn't known. ``tags`` is
    "facet:code facet:code ...", ``schedules`` as `finder.search.times` reads it, ``None`` where there are none.
    """

    id: int
    name: str
    organization: str | None
    description: str
    city: str
    county: str
    state: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    verified_on: dt.date | None
    review_due_on: dt.date | None
    tags: str | None
    time_zone: str
    schedules: str | None
    accepting: bool | None
    availability_expires: dt.datetime | None

    @property
    def text(self) -> str:
        """All that words are searched in."""
        return " ".join((self.name, self.organization or "", self.city, self.postal_code, self.description))

    @property
    def available_until(self) -> int:
        """The end of its accepting new people, as `moment_number` has it, 0 where it doesn't say that it does."""
        expires = self.availability_expires
        return moment_number(expires) if self.accepting and expires else 0


def moment_number(moment: dt.datetime) -> int:
    """Microseconds since 1970."""
    return (moment - _EPOCH) // dt.timedelta(microseconds=1)
