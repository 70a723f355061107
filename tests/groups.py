"""Groups with weekly meetings, for tests of the formats that tell them."""

import datetime as dt
from typing import Any

from finder.domain.schedule import Schedule, ScheduleKind
from finder.listings import ListingDraft
from tests.factories import a_draft, tags

MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 4, 5, 6


def weekly(weekday: int, starts: str = "19:00", ends: str | None = "20:00", note: str = "", **joining: str) -> Schedule:
    """A weekly meeting; ``joining`` is ``join_url`` or ``join_phone``."""
    opens, closes = dt.time.fromisoformat(starts), dt.time.fromisoformat(ends) if ends else None
    return Schedule(weekday, opens, closes, ScheduleKind.MEETING, note, **joining)


def a_group(*meetings: Schedule, said: tuple[str, ...] = ("attendance:in_person",), **changes: Any) -> ListingDraft:
    """A group of Narcotics Anonymous that meets then, on Mondays if no time is given.

    ``said`` are further tags, ``changes`` fields of the draft; a ``fellowship`` among them is another one.
    """
    fellowship = changes.pop("fellowship", "na")
    of_all = ("level_of_care:support_group", "kind_of_care:mutual_help_meeting", f"fellowship:{fellowship}")
    facts: dict[str, Any] = {
        "organization": "Lakeview Area",
        "description": "",
        "tags": tags(*of_all, *said),
        "schedules": meetings or (weekly(MONDAY),),
    }
    return a_draft(**facts | changes)
