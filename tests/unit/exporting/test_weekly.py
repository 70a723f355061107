"""What is true of each of a group's meetings."""

import uuid

import pytest

from finder.domain.schedule import Schedule
from finder.exporting.weekly import WeeklyMeeting, weekly_meetings
from tests.factories import tags
from tests.groups import FRIDAY, MONDAY, weekly

GROUP = uuid.UUID("6f0b7a52-5f57-4b5c-9d0a-0d8f3c9b2a11")


def meetings(*spans: Schedule, said: tuple[str, ...] = ()) -> list[WeeklyMeeting]:
    return weekly_meetings(GROUP, spans, tags(*said))


def test_what_the_note_of_one_meeting_says_is_not_said_of_the_others() -> None:
    women, all_ = meetings(
        weekly(MONDAY, note="Women, Speaker. Bring a mug"),
        weekly(FRIDAY, note="Bring a mug"),
        said=("meeting_type:women", "meeting_type:speaker", "meeting_type:open", "accessibility:wheelchair"),
    )

    assert women.tags == tags(
        "meeting_type:women", "meeting_type:speaker", "meeting_type:open", "accessibility:wheelchair"
    )
    assert all_.tags == tags("meeting_type:open", "accessibility:wheelchair")
    assert (women.note, all_.note) == ("Bring a mug", "Bring a mug")


@pytest.mark.parametrize("note", ["For women and men", "Dr. Bob's room, upstairs.", ""])
def test_a_note_of_people_s_own_words_stays_as_it_is(note: str) -> None:
    (meeting,) = meetings(weekly(MONDAY, note=note), said=("meeting_type:women",))

    assert (meeting.note, meeting.tags) == (note, tags("meeting_type:women"))


def test_a_note_does_not_say_what_the_listing_does_not() -> None:
    (meeting,) = meetings(weekly(MONDAY, note="Women"))

    assert (meeting.note, meeting.tags) == ("Women", frozenset())


def test_a_mended_note_and_a_further_meeting_leave_a_meeting_its_id() -> None:
    (before,) = meetings(weekly(MONDAY, note="Bring a mug"))
    (after, later, other) = meetings(weekly(FRIDAY), weekly(MONDAY, "20:00", None), weekly(MONDAY, note="Bring two"))

    assert before.id == after.id
    assert len({after.id, later.id, other.id}) == 3


def test_two_meetings_at_one_time_are_two_even_if_nobody_told_when_one_ends() -> None:
    found = meetings(weekly(MONDAY, note="Upstairs"), weekly(MONDAY, ends=None))

    assert len({meeting.id for meeting in found}) == 2


def test_opening_hours_are_no_meetings() -> None:
    assert meetings(Schedule(MONDAY, weekly(MONDAY).opens_at)) == []
