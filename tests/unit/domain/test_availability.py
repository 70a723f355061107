"""What a place says of its room for new people."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from finder.domain.availability import Availability

MORNING = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 2, 21, tzinfo=dt.UTC)


def availability(**changes: Any) -> Availability:
    said: dict[str, Any] = {"accepting": True, "beds": 3, "as_of": MORNING, "expires": EVENING}
    return Availability(**said | changes)


def test_it_counts_until_the_moment_at_which_it_expires() -> None:
    assert availability().counts_at(EVENING - dt.timedelta(microseconds=1))
    assert not availability().counts_at(EVENING)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"beds": -1},
        {"expires": MORNING},
        {"expires": MORNING - dt.timedelta(days=1)},
        {"as_of": MORNING.replace(tzinfo=None)},
        {"expires": EVENING.replace(tzinfo=None)},
        {"expires": EVENING.astimezone(ZoneInfo("America/Chicago"))},
    ],
)
def test_what_makes_no_sense_cannot_be_said(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"free beds|expire|in UTC"):
        availability(**nonsense)
