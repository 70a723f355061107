"""Facts of a listing, told so that a person understands what changed."""

from typing import Any

import pytest

from finder.listings.draft import FACTS
from finder.listings.history import as_json
from finder.web.admin.facts import fact_label, fact_words
from tests.factories import a_draft


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("name", "Harbor House", "Harbor House"),
        ("organization", "", "nothing"),
        ("status", "hidden", "Hidden"),
        ("confidential", True, "yes"),
        ("confidential", False, "no"),
        ("beds", 0, "0"),
        ("beds", None, "nothing"),
        ("point", [41.8858, -87.6229], "41.88580, -87.62290"),
        ("precision", "zip", "the ZIP Code"),
        ("verified_on", "2026-10-01", "October 1, 2026"),
        ("availability_as_of", "2026-11-02T15:30:00+00:00", "November 2, 2026, 15:30 UTC"),
        ("phones", [["+13125550124", "intake", "7"]], "312-555-0124 ext. 7 (to start treatment)"),
        ("tags", ["payment:medicaid", "level_of_care:detox"], "Kind of help: Detox; Ways to pay: Medicaid"),
        ("tags", ["payment:gone"], "payment:gone"),
        (
            "schedules",
            [[0, "09:00:00", "17:00:00", "hours", ""], [2, "19:00:00", None, "meeting", "newcomers"]],
            "Open: Monday 9 AM to 5 PM; Meetings: Wednesday 7 PM: newcomers",
        ),
        (
            "schedules",
            [[0, "19:00:00", None, "meeting", "", "https://conference.example/j/1", "+13125550142,,123#"]],
            "Meetings: Monday 7 PM (https://conference.example/j/1, 312-555-0142, 123#)",
        ),
    ],
)
def test_a_fact_is_told_in_words(name: str, value: Any, told: str) -> None:
    assert fact_words(name, value) == told


def test_every_fact_of_a_listing_has_a_name_and_words_of_its_own() -> None:
    facts = a_draft().facts()

    assert all(fact_words(name, as_json(value)) for name, value in facts.items())
    assert len({fact_label(name) for name in FACTS}) == len(FACTS)
