"""What a draft may say."""

from typing import Any

import pytest

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from tests.factories import NOW, a_draft


def test_a_position_says_how_exact_it_is() -> None:
    with pytest.raises(ValueError, match="a point needs a precision"):
        a_draft(point=Point(41.9, -87.6), precision=Precision.NONE)


def test_nothing_is_exact_about_a_position_that_is_not_known() -> None:
    with pytest.raises(ValueError, match="a precision a point"):
        a_draft(point=None, precision=Precision.ZIP)


def test_a_listing_that_waits_for_a_review_says_why() -> None:
    with pytest.raises(ValueError, match="needs a reason for its review"):
        a_draft(status=Status.DRAFT, review_reason="")


def test_a_listing_that_the_public_sees_waits_for_no_review() -> None:
    with pytest.raises(ValueError, match="only a draft has one"):
        a_draft(status=Status.PUBLISHED, review_reason="No level of care")


@pytest.mark.parametrize(
    "half_said", [{"accepting": True}, {"beds": 0}, {"availability_as_of": NOW}, {"availability_expires": NOW}]
)
def test_room_for_new_people_is_told_with_the_time_from_when_and_until_when(half_said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="availability needs the time"):
        a_draft(**half_said)


def test_what_is_said_of_room_for_new_people_makes_sense() -> None:
    with pytest.raises(ValueError, match="can't expire"):
        a_draft(accepting=True, availability_as_of=NOW, availability_expires=NOW)


def test_facts_are_all_that_is_said_but_what_the_listing_is_called_within_its_source() -> None:
    facts = a_draft(source_ref="place-7", name="Lakeview").facts()

    assert facts["name"] == "Lakeview"
    assert "source_ref" not in facts
    assert "source" not in facts
