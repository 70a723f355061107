"""What we know better than a source, when it says something again."""

import datetime as dt

import pytest

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.listings.planning import reconciled
from tests.factories import a_draft

AT_THE_DOOR = {"point": Point(41.8901, -87.6301), "precision": Precision.ADDRESS}
IN_THE_ZIP_CODE = {"point": Point(41.8858, -87.6229), "precision": Precision.ZIP}


def test_a_finer_position_stays_while_the_address_does() -> None:
    stored = a_draft(address_1="1 Example Street", **AT_THE_DOOR).facts()

    facts = reconciled(stored, stored | IN_THE_ZIP_CODE)

    assert (facts["point"], facts["precision"]) == (AT_THE_DOOR["point"], Precision.ADDRESS)


@pytest.mark.parametrize(
    "moved", [{"address_1": "2 Example Street"}, {"city": "Evanston"}, {"state": "WI"}, {"postal_code": "60602"}]
)
def test_a_place_that_moved_is_where_the_source_says(moved: dict[str, str]) -> None:
    stored = a_draft(address_1="1 Example Street", **AT_THE_DOOR).facts()

    facts = reconciled(stored, stored | moved | IN_THE_ZIP_CODE)

    assert (facts["point"], facts["precision"]) == (IN_THE_ZIP_CODE["point"], Precision.ZIP)


def test_a_finer_position_than_ours_is_taken() -> None:
    stored = a_draft(**IN_THE_ZIP_CODE).facts()

    assert reconciled(stored, stored | AT_THE_DOOR)["point"] == AT_THE_DOOR["point"]


def test_a_position_as_fine_as_ours_is_taken_as_the_source_corrects_it() -> None:
    stored = a_draft(**IN_THE_ZIP_CODE).facts()
    corrected = Point(41.8860, -87.6230)

    assert reconciled(stored, stored | {"point": corrected})["point"] == corrected


@pytest.mark.parametrize("ours", [Status.HIDDEN, Status.RETIRED])
def test_what_we_hid_or_retired_stays_so(ours: Status) -> None:
    stored = a_draft().facts() | {"status": ours}

    assert reconciled(stored, a_draft().facts())["status"] is ours


def test_what_a_person_published_after_a_review_stays_published() -> None:
    said = a_draft(status=Status.DRAFT, review_reason="No level of care").facts()

    assert reconciled(said | {"status": Status.PUBLISHED}, said)["status"] is Status.PUBLISHED


def test_a_new_reason_for_a_review_takes_a_listing_back_to_it() -> None:
    published = a_draft(status=Status.DRAFT, review_reason="No level of care").facts() | {"status": Status.PUBLISHED}
    said = a_draft(status=Status.DRAFT, review_reason="No address").facts()

    assert reconciled(published, said)["status"] is Status.DRAFT


def test_a_listing_whose_reason_for_a_review_is_gone_is_published() -> None:
    waiting = a_draft(status=Status.DRAFT, review_reason="No level of care").facts()

    assert reconciled(waiting, a_draft().facts())["status"] is Status.PUBLISHED


def availability(day: int | None) -> dict[str, object]:
    """That a place takes people, as told on a day of November, or that nothing is said of it."""
    as_of = dt.datetime(2026, 11, day, tzinfo=dt.UTC) if day else None
    expires = as_of + dt.timedelta(days=3) if as_of else None
    return {
        "accepting": day is not None or None,
        "beds": day,
        "availability_as_of": as_of,
        "availability_expires": expires,
    }


@pytest.mark.parametrize(("stored", "said", "kept"), [(5, None, 5), (5, 4, 5), (5, 6, 6), (None, 4, 4)])
def test_free_places_are_those_told_last(stored: int | None, said: int | None, kept: int) -> None:
    facts = reconciled(a_draft(**availability(stored)).facts(), a_draft(**availability(said)).facts())

    assert {name: facts[name] for name in availability(kept)} == availability(kept)
