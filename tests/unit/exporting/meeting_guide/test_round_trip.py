"""What the feed carries to another directory, and what it can't."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.listings import ListingDraft
from tests.samples.feeds import a_meeting, drafts_of
from tests.samples.meeting_guide import rows_told_of
from tests.strategies import texts

_LINK, _DIAL = "https://conference.example/j/", "+13125550142,,86752#"
_PLACES: tuple[dict[str, Any], ...] = (
    {"location": "Harbor Church, Room 2", "formatted_address": "100 North Example Street, Chicago, IL 60601, USA"},
    {"location": "Harbor Church", "formatted_address": "100 North Example Street, Suite 3, Chicago, IL 60601, USA"},
    {"location": None, "formatted_address": None, "address": "9 Hill Road", "city": "Evanston", "state": "IL"},
    {"location": "Library", "formatted_address": "Main Street, Springfield, IL 62701, USA", "latitude": None},
    {"formatted_address": "Chicago, IL, USA", "types": ["ONL"], "location": None, "approximate": "yes"},
)
_WAYS: tuple[dict[str, Any], ...] = (
    {},
    {"attendance_option": "in_person"},
    {"attendance_option": "online", "conference_url": f"{_LINK}1", "conference_url_notes": "Meeting ID 1. Password 2"},
    {"attendance_option": "online", "conference_url": f"{_LINK}2"},
    {"attendance_option": "hybrid", "conference_url": f"{_LINK}1", "conference_phone": _DIAL},
    {"conference_phone": _DIAL, "conference_phone_notes": "Press star six to speak"},
)
_TYPES = ("O", "C", "BE", "D", "SP", "ST", "B", "12x12", "11", "A", "W", "M", "Y", "L", "CF", "S", "POL", "X", "ASL")
_MORE_TYPES = ("BA", "SEN", "CAN", "FF", "H", "BRK", "XB", "POC")
_REMARKS = st.sampled_from(["", "", "Ring the bell.", "Women and men. Upstairs", "First line\nSecond line"]) | texts(60)


def _is_plain(types: list[str]) -> bool:
    return not {"O", "C"} <= set(types)


_rows = st.builds(
    lambda place, way, facts: a_meeting(**place | way | facts),
    st.sampled_from(_PLACES),
    st.sampled_from(_WAYS),
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Early Birds", "Harbor Nights", "Mujeres Valientes", "District 7"]),
            "group": st.sampled_from([None, "Harbor Group", "District 7"]),
            "day": st.integers(0, 6) | st.lists(st.integers(0, 6), min_size=1, max_size=3),
            "time": st.sampled_from(["07:00", "19:00", "19:30"]),
            "end_time": st.sampled_from([None, "20:00", "06:30"]),
            "types": st.lists(st.sampled_from(_TYPES + _MORE_TYPES), max_size=4, unique=True).filter(_is_plain),
            "notes": _REMARKS,
            "group_notes": _REMARKS,
            "timezone": st.sampled_from([None, "America/Chicago"]),
            "fellowship": st.sampled_from([None, "na", "al_anon"]),
            "updated": st.sampled_from([None, "2026-05-04 10:00:00", "2025-01-31 23:59:59"]),
            "website": st.sampled_from(["https://group.example/", "https://aa.example/meetings?id=1"]),
            "entity": st.sampled_from(["Lakeview Intergroup", "Area 7"]),
            "entity_phone": st.sampled_from([None, "+1-312-555-0150"]),
        }
    ),
)


def published(drafts: list[ListingDraft]) -> list[ListingDraft]:
    return [draft for draft in drafts if draft.status is Status.PUBLISHED]


def told(draft: ListingDraft) -> dict[str, Any]:
    """What the feed carries of a listing, source and its own name for the listing aside."""
    facts = draft.facts()
    if draft.address_1 and draft.precision not in {Precision.ADDRESS, Precision.STREET}:
        del facts["point"], facts["precision"]
    return facts


def differences(before: ListingDraft, after: ListingDraft) -> dict[str, Any]:
    """What the feed carries and isn't the same, before and after."""
    now = told(after)
    return {name: (fact, now.get(name)) for name, fact in told(before).items() if now.get(name) != fact}


@settings(max_examples=50)
@given(st.lists(_rows, max_size=6))
def test_listings_come_back_from_the_feed_as_they_were(rows: list[dict[str, Any]]) -> None:
    listings = published(drafts_of(*rows)[0])

    back, report = drafts_of(*rows_told_of(*listings))

    assert len(back) == len(listings)
    assert list(filter(None, map(differences, listings, back))) == []
    assert report.meetings == sum(len(draft.schedules) for draft in listings)
