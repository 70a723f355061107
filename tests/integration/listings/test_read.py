"""What the public may read."""

import pytest
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.listings import amend, fictional_are_shown, published_by_slug
from tests.factories import A_CHANGE, a_provider, a_source


def test_a_published_listing_is_read_whole_at_its_address(session: Session) -> None:
    saved = a_provider(session, organization="Lakeview Health")

    found = published_by_slug(session, saved.slug)

    assert found is not None
    assert found.organization is not None
    assert found.organization.name == "Lakeview Health"
    assert [phone.value.label for phone in found.phones] == ["312-555-0123", "312-555-0124 ext. 7"]
    assert {tag.code for tag in found.tags} == {"outpatient", "medicaid"}
    assert found.schedules[0].value.weekday == 0
    assert found.source.name == "The county's list"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HIDDEN, Status.RETIRED])
def test_what_is_not_published_is_not_there_for_the_public(session: Session, status: Status) -> None:
    saved = a_provider(session)
    amend(session, {saved.id: {"status": status}}, A_CHANGE)

    assert published_by_slug(session, saved.slug) is None


def test_an_address_that_no_listing_has_is_not_there(session: Session) -> None:
    assert published_by_slug(session, "nowhere") is None


def test_a_directory_of_real_listings_shows_nothing_fictional(session: Session) -> None:
    a_provider(session)

    assert not fictional_are_shown(session)


def test_a_directory_with_a_demonstration_says_so(session: Session) -> None:
    a_source(session, "demonstration", fictional=True)
    a_provider(session, source="demonstration")

    assert fictional_are_shown(session)
