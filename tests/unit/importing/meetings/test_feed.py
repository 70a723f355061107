"""No weekly meeting of a feed is lost on the way to listings, whichever dialect tells of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.samples.feeds import a_bmlt_meeting, a_meeting, bmlt, drafts_of

_NAMES = ("Early Birds", "Early birds!", "Harbor Nights", "Mujeres")  # the first two are one
_STREETS = ("1 Main St", "2 Hill Road", "")
_Meeting = tuple[int, int, int, int]

_meetings = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 6), st.integers(0, 23)), max_size=25
)
_dialects = st.lists(st.integers(0, 3), min_size=25, max_size=25)


def different(meetings: list[_Meeting]) -> set[_Meeting]:
    return {(max(name, 1), street, day, hour) for name, street, day, hour in meetings}


def as_meeting_guide(meeting: _Meeting, dialect: int) -> dict[str, Any]:
    name, street, day, hour = meeting
    sunday_first = (day + 1) % 7
    place = f"{_STREETS[street]}, Chicago, IL 60601, USA".removeprefix(", ")
    parts = {"formatted_address": None, "address": _STREETS[street], "city": "Chicago", "state": "IL"}
    return a_meeting(
        name=_NAMES[name],
        day=(sunday_first, str(sunday_first), [sunday_first], [str(sunday_first)])[dialect],
        time=f"{hour:02}:00" if dialect % 2 else f"{hour}:00",
        end_time=None if dialect == 2 else "23:30",
        types=(["O"], "O,M", "[closed]", None)[dialect],
        notes="" if dialect else "Ring the bell. " * 20,
        **(parts | {"postal_code": "60601"} if dialect == 3 else {"formatted_address": place}),
    )


def as_bmlt(meeting: _Meeting, dialect: int) -> dict[str, Any]:
    name, street, day, hour = meeting
    return a_bmlt_meeting(
        meeting_name=_NAMES[name],
        location_street=_STREETS[street],
        weekday_tinyint=str((day + 1) % 7 + 1),
        start_time=f"{hour:02}:00:00",
        duration_time="01:00:00" if dialect else "",
        formats=("O", "Bt", "", "Zz")[dialect],
    )


@given(_meetings, _dialects)
def test_no_weekly_meeting_of_meeting_guide_is_lost(meetings: list[_Meeting], dialects: list[int]) -> None:
    rows = [as_meeting_guide(meeting, dialect) for meeting, dialect in zip(meetings, dialects, strict=False)]

    drafts, report = drafts_of(*rows)

    expected = different(meetings)
    kept = [(draft.name, draft.address_1, span.weekday, span.opens_at) for draft in drafts for span in draft.schedules]
    assert len(kept) == len(set(kept)) == len(expected) == report.meetings
    assert sorted((day, hour) for _, _, day, hour in expected) == sorted((day, time.hour) for _, _, day, time in kept)
    assert len(drafts) == len({(name, street) for name, street, _, _ in expected})


@given(_meetings, _dialects)
def test_no_weekly_meeting_of_bmlt_is_lost(meetings: list[_Meeting], dialects: list[int]) -> None:
    rows = [as_bmlt(meeting, dialect) for meeting, dialect in zip(meetings, dialects, strict=False)]

    drafts, report = drafts_of(*rows, file_format=bmlt())

    expected = different(meetings)
    assert sum(len(draft.schedules) for draft in drafts) == len(expected) == report.meetings
    assert report.rows == len(drafts) + report.merged
