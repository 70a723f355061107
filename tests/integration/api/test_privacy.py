"""What isn't for the public stays inside, whatever a program asks."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.exporting.hsds.ids import service_at_location_id
from finder.listings import Change, ListingDraft, save_all
from finder.models import ListingNote, Organization, Provider
from tests.factories import A_CHANGE, NOW, a_draft, a_provider, a_source
from tests.hsds import ApiClient

EVERYTHING = (
    "/services?format=ndjson&full=true",
    "/services?format=ndjson&minimal=true",
    "/service_at_locations?format=ndjson&full=true",
    "/service_at_locations?format=ndjson",
    "/organizations?format=ndjson&full=true",
)


def everything(api: ApiClient) -> str:
    told = "".join(api.get(f"/hsds{address}").get_data(as_text=True) for address in EVERYTHING)
    return told + "".join(api.tables().values())


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HIDDEN, Status.RETIRED])
def test_only_published_listings_are_told_of(api: ApiClient, session: Session, status: Status) -> None:
    reason = "is it open?" if status is Status.DRAFT else ""
    hidden = a_provider(session, name="Canary House", organization="Canary", status=status, review_reason=reason)
    a_provider(session, name="Open House", organization="Open")
    organization = session.scalars(select(Organization).where(Organization.name == "Canary")).one()
    session.commit()

    told = everything(api)

    assert "Open House" in told
    assert "Canary" not in told
    api.data(f"/services/{hidden.public_id}", expect=404)
    api.data(f"/service_at_locations/{service_at_location_id(hidden.public_id)}", expect=404)
    api.data(f"/organizations/{organization.public_id}", expect=404)
    assert api.ids(f"/services?organization_id={organization.public_id}") == []


def test_a_confidential_address_is_told_nowhere_even_if_it_was_public_once(api: ApiClient, session: Session) -> None:
    draft = a_draft(
        address_1="7 Canary Street", address_2="Canary Unit", point=Point(41.9, -87.65), precision=Precision.ADDRESS
    )
    saved = _saved(session, draft, replace(draft, address_1="8 Canary Street"), replace(draft, confidential=True))
    session.commit()

    told = everything(api)
    location = api.data(f"/service_at_locations/{service_at_location_id(saved.public_id)}")["location"]

    assert "Canary" not in told
    assert location["addresses"][0]["address_1"] == ""
    assert (location["addresses"][0]["city"], location["description"]) == (
        "Chicago",
        "The address is confidential. Call first.",
    )
    assert [location["latitude"], location["longitude"]] != [41.9, -87.65]


def test_who_works_on_a_listing_and_what_they_note_is_told_nowhere(api: ApiClient, session: Session) -> None:
    draft = a_draft(name="Harbor House")
    saved = _saved(session, draft, replace(draft, name="Harbor Home"), by="canary@county.example", reason="canary call")
    session.add(ListingNote(provider_id=saved.id, at=NOW, by="canary@county.example", text="canary note"))
    session.commit()

    (record,) = api.data(f"/services/{saved.public_id}")["metadata"]

    assert (record["field_name"], record["previous_value"], record["replacement_value"]) == (
        "name",
        "Harbor House",
        "Harbor Home",
    )
    assert record["updated_by"] == "An administrator"
    assert "canary" not in everything(api)


def test_no_request_is_logged_with_what_it_asked(api: ApiClient, capfd: pytest.CaptureFixture[str]) -> None:
    api.data("/services?search=canary")
    api.data("/services?page=canary", expect=422)

    out, err = capfd.readouterr()
    assert "canary" not in out + err


def _saved(session: Session, *drafts: ListingDraft, by: str = "test", reason: str = "") -> Provider:
    """The listing after it was saved in each of these states."""
    a_source(session)
    for draft in drafts:
        save_all(session, [draft], Change(by=by, at=A_CHANGE.at, reason=reason))
    found: Any = session.scalars(select(Provider).where(Provider.source_ref == drafts[-1].source_ref)).one()
    return found
