"""Whoever knew a listing that was made part of another is led there, to the same of its pages."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.exporting.hsds import service_at_location_id
from finder.listings import amend, merge, undo_merge
from finder.models import Provider
from tests.factories import A_CHANGE, a_provider

PAGES = ["", ".jsonld", "/calendar.ics", "/report", "/report/sent"]


@pytest.fixture
def kept(session: Session) -> Provider:
    """The listing that is still there."""
    return a_provider(session, name="Harbor House", address_1="1 Main Street")


@pytest.fixture
def other(session: Session, kept: Provider) -> Provider:
    """The one that was made part of it."""
    other = a_provider(session, name="Harbor House Inc")
    merge(session, kept.id, other.id, {}, A_CHANGE)
    session.commit()
    return other


@pytest.mark.parametrize("start", ["", "/es"])
def test_every_page_of_it_leads_to_that_of_the_kept_one(
    client: FlaskClient, kept: Provider, other: Provider, start: str
) -> None:
    for page in PAGES:
        answer = client.get(f"{start}/providers/{other.slug}{page}", expect=308)
        assert answer.location == f"{start}/providers/{kept.slug}{page}"
    assert "Harbor House" in client.get(f"{start}/providers/{kept.slug}").text


def test_a_program_that_kept_its_id_is_led_on_too(client: FlaskClient, kept: Provider, other: Provider) -> None:
    answer = client.get(f"/hsds/services/{other.public_id}", expect=308)
    assert answer.location == f"/hsds/services/{kept.public_id}"
    answer = client.get(f"/hsds/service_at_locations/{service_at_location_id(other.public_id)}", expect=308)
    assert answer.location == f"/hsds/service_at_locations/{service_at_location_id(kept.public_id)}"


def test_nobody_is_led_on_once_the_merge_is_taken_back(client: FlaskClient, session: Session, other: Provider) -> None:
    undo_merge(session, other.id, A_CHANGE)
    session.commit()

    assert "Harbor House Inc" in client.get(f"/providers/{other.slug}").text


def test_nobody_is_led_to_a_listing_that_is_not_public(
    client: FlaskClient, session: Session, kept: Provider, other: Provider
) -> None:
    amend(session, {kept.id: {"status": Status.HIDDEN}}, A_CHANGE)
    session.commit()

    client.get(f"/providers/{other.slug}", expect=404)
