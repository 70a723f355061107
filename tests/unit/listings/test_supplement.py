"""What other sources add to a listing."""

import datetime as dt
from typing import Any

import orjson
from hypothesis import given

from finder.domain.geo import Point, Precision
from finder.domain.phone import Phone
from finder.domain.schedule import Schedule
from finder.listings import ListingDraft
from finder.listings.supplement import additions, read_additions, supplemented
from tests.factories import a_draft, tags
from tests.strategies import drafts

_UNITED = {"phones", "tags", "confidential", "point", "precision"}
_EMPTY: tuple[Any, ...] = (None, "", ())


@given(drafts(), drafts())
def test_nothing_that_its_own_source_tells_is_lost_or_replaced(one: ListingDraft, other: ListingDraft) -> None:
    ours = one.facts()

    both = supplemented(ours, [other.facts()])

    assert {name: both[name] for name in ours if ours[name] not in _EMPTY and name not in _UNITED} == {
        name: ours[name] for name in ours if ours[name] not in _EMPTY and name not in _UNITED
    }
    assert both["phones"][: len(ours["phones"])] == ours["phones"]
    assert both["tags"] == ours["tags"] | other.tags
    assert (both["status"], both["verified_on"]) == (ours["status"], ours["verified_on"])


@given(drafts(), drafts())
def test_what_is_kept_adds_the_same_and_adds_it_once(one: ListingDraft, other: ListingDraft) -> None:
    both = supplemented(one.facts(), [other.facts()])

    kept = orjson.loads(orjson.dumps(additions(other.facts())))

    assert supplemented(one.facts(), [read_additions(kept)]) == both
    assert supplemented(both, [read_additions(kept)]) == both


def test_hours_are_added_only_where_there_are_none() -> None:
    theirs = a_draft(schedules=(Schedule(3, dt.time(8)),)).facts()

    assert supplemented(a_draft(schedules=()).facts(), [theirs])["schedules"] == theirs["schedules"]
    ours = a_draft().facts()
    assert supplemented(ours, [theirs])["schedules"] == ours["schedules"]


def test_a_number_is_added_once_whatever_kind_it_is_called() -> None:
    ours = a_draft(phones=(Phone("+13125550123"),)).facts()
    theirs = a_draft(phones=(Phone("+13125550123"), Phone("+13125550123", extension="7"))).facts()

    assert supplemented(ours, [theirs])["phones"] == (Phone("+13125550123"), Phone("+13125550123", extension="7"))


def test_a_finer_position_is_taken_and_a_coarser_one_is_not() -> None:
    door = Point(41.8901, -87.6301)
    exact = a_draft(point=door, precision=Precision.ADDRESS).facts()

    assert supplemented(a_draft().facts(), [exact])["point"] == door
    assert supplemented(exact, [a_draft().facts()])["point"] == door


def test_a_place_that_one_source_calls_confidential_is_so_and_its_position_is_coarse() -> None:
    exact = a_draft(point=Point(41.8901, -87.6301), precision=Precision.ADDRESS, tags=tags()).facts()

    both = supplemented(exact, [a_draft(confidential=True).facts()])

    assert both["confidential"]
    assert both["precision"] is Precision.ZIP
