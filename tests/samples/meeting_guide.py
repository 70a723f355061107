"""Meetings for tests of the Meeting Guide feed, and what the specification says of its fields."""

import uuid
from collections.abc import Iterable
from typing import Any

from finder.exporting.meeting_guide import Group, rows_of
from finder.listings import ListingDraft

_CODES = (
    "11 12x12 A ABSI AF AL AL-AN AM AR ASL B BA BE BG BI BRK C CAN CF D DA DB DD DE DR EL EN FA FF FI FR G GR H HE HI"
    " HR HU IS ITA JA KA KOR L LGBTQ LIT LS LT M MED ML MT N NB NDG NE NL NO O OUT P POA POC POL POR PUN RUS S SEN SK"
    " SL SM SP ST SV T TC TH TL TR TUR UK W X XB XT Y"
)
TYPES = frozenset(_CODES.split())
"""The codes of https://github.com/code4recovery/spec (MIT)."""


def rows_told_of(*drafts: ListingDraft) -> list[dict[str, Any]]:
    """The rows of listings with these facts."""
    return [row for number, draft in enumerate(drafts) for row in rows_of(a_group(draft, number))]


def a_group(draft: ListingDraft, number: int = 0) -> Group:
    """A listing with these facts, as it is read for the feed."""
    return Group(
        public_id=uuid.uuid5(uuid.NAMESPACE_URL, f"{draft.source_ref} {number}"),
        slug=f"listing-{number}",
        page=f"https://finder.example/providers/listing-{number}",
        facts=draft.facts(),
        source_name="Lakeview Intergroup",
        source_url="https://aa.example/",
        attribution="Kept by Lakeview Intergroup",
    )


def values(rows: Iterable[dict[str, Any]], field: str) -> list[Any]:
    """What each row has in a field."""
    return [row.get(field) for row in rows]
