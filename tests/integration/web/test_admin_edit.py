"""Editing a listing, and adding one, in a browser without JavaScript."""

from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.review import CheckMethod, FieldGroup
from finder.extensions import db
from finder.listings import Change, save_all
from finder.listings.own import OWN_SOURCE
from finder.listings.timeline import timeline
from finder.models import Provider
from tests.databases import counted_queries
from tests.editing import edit, editor_of_illinois, facts_now, form_at, harbor_house, send, version_now
from tests.factories import NOW, a_draft
from tests.forms import form_on
from tests.saved import imported, standing
from tests.staff import StaffClient, client_of

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
# who asks (2), open conflicts, the listing, its facts (4), organizations of its city, the directory's version
_QUERIES = 10


@pytest.fixture
def editor(session: Session, staff: StaffClient) -> StaffClient:
    """An editor of Illinois, signed in."""
    return editor_of_illinois(session, staff)


@pytest.fixture
def listing(session: Session) -> Provider:
    """A published listing in Chicago."""
    return harbor_house(session)


def test_a_form_that_is_sent_back_as_it_was_changes_nothing(
    editor: StaffClient, session: Session, listing: Provider
) -> None:
    before = facts_now(session, listing)

    send(editor, edit(listing), form_at(editor, edit(listing)))

    assert (facts_now(session, listing), version_now(session, listing)) == (before, 1)
    assert "Nothing was changed." in editor.get(f"/admin/listings/{listing.id}").text


def test_a_change_is_saved_with_who_made_it_and_why(editor: StaffClient, session: Session, listing: Provider) -> None:
    before, form = facts_now(session, listing), form_at(editor, edit(listing))

    send(editor, edit(listing), form, name="Harbor Home", why="They have a new name", phones__0__extension="5")

    after = facts_now(session, listing)
    assert {name: fact for name, fact in after.items() if fact != before[name]} == {
        "name": "Harbor Home",
        "phones": (Phone("+13125550123", PhoneKind.MAIN, "5"), Phone("+13125550124", PhoneKind.INTAKE, "7")),
    }
    newest = timeline(session, listing.id)[0]
    assert (newest.version, newest.by, newest.reason) == (2, "ed@county.example", "They have a new name")


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    editor: StaffClient, session: Session, listing: Provider
) -> None:
    form = form_at(editor, edit(listing))

    typed = {"name": "", "website": "not a site", "description": "New words", "phones__0__number": "12", "tags": []}
    page = send(editor, edit(listing), form, **typed, expect=UNPROCESSABLE).text

    for words in ('href="#name"', 'href="#website"', 'href="#phones-0-number"', 'id="phones-0-number-error"'):
        assert words in page
    again = form_on(page, with_field="version")
    assert (again["name"], again["website"], again["description"]) == ("", "not a site", "New words")
    assert (again["phones-0-number"], again.getlist("tags"), again["version"]) == ("12", [], "1")
    assert version_now(session, listing) == 1


@pytest.mark.parametrize(("button", "rows"), [("more_phones", "phones"), ("more_times", "schedules")])
def test_more_rows_keep_what_was_typed(editor: StaffClient, listing: Provider, button: str, rows: str) -> None:
    form = form_at(editor, edit(listing))

    page = send(editor, edit(listing), form, press=button, name="Half typed", expect=200).text

    again = form_on(page, with_field="version")
    assert again["name"] == "Half typed"
    count = {name.split("-")[1] for name in again if name.startswith(rows)}
    assert len(count) == len({name.split("-")[1] for name in form if name.startswith(rows)}) + 3


def test_a_new_listing_is_a_draft_then_published_and_seen_at_once(
    editor: StaffClient, session: Session, staff_app: Flask
) -> None:
    form = form_at(editor, "/admin/listings/new")
    typed = {
        "name": "Lantern Home",
        "organization": "Lantern",
        "state": "IL",
        "city": "chicago",
        "postal_code": "60614",
    }
    send(editor, "/admin/listings/new", form, **typed, expect=UNPROCESSABLE)
    saved = send(editor, "/admin/listings/new", form, **typed, review_reason="No phone yet")

    draft = session.scalars(select(Provider).where(Provider.name == "Lantern Home")).one()
    assert (draft.status, draft.review_reason, draft.source_key) == (Status.DRAFT, "No phone yet", OWN_SOURCE)
    assert (draft.city, draft.county, draft.precision, draft.time_zone) == (
        "chicago", "Cook County", Precision.ZIP, "America/Chicago",
    )  # fmt: skip
    visitor = client_of(staff_app)
    visitor.get(f"/providers/{draft.slug}", expect=404)

    assert "No phone yet" in editor.get(saved.location).text
    send(editor, edit(draft), form_at(editor, edit(draft)), phones__0__number="312-555-0177", press="publish")

    assert "312-555-0177" in visitor.get(f"/providers/{draft.slug}").text
    assert "Lantern Home" in visitor.get("/search?near=60614").text


def test_what_was_checked_is_believed_and_outlives_the_next_import(
    editor: StaffClient, session: Session, listing: Provider
) -> None:
    form = form_at(editor, edit(listing))

    send(
        editor, edit(listing), form, phones__0__number="312-555-0199", checked=["phone", "website"], checked_by="visit"
    )

    session.rollback()
    assert {group for group, stands in standing(session, listing).items() if stands.method is CheckMethod.VISIT} == {
        FieldGroup.PHONE,
        FieldGroup.WEBSITE,
    }
    imported(session, a_draft(source_ref=listing.source_ref, phones=(Phone("+13125550123"),), fees="Free"))
    session.commit()
    after = facts_now(session, listing)
    assert (after["phones"][0].number, after["fees"]) == ("+13125550199", "Free")


def test_an_edit_that_changes_nothing_may_confirm(editor: StaffClient, session: Session, listing: Provider) -> None:
    send(editor, edit(listing), form_at(editor, edit(listing)), checked=["phone"], checked_by="call")

    session.rollback()
    assert standing(session, listing)[FieldGroup.PHONE].method is CheckMethod.CALL
    assert "Saved." in editor.get(f"/admin/listings/{listing.id}").text


def test_nobody_moves_a_listing_out_of_their_reach_or_adds_one_beyond_it(
    editor: StaffClient, session: Session, listing: Provider
) -> None:
    elsewhere = {"city": "Omaha", "state": "NE", "postal_code": "68102", "county": ""}
    form = form_at(editor, edit(listing))
    assert "not in charge" in send(editor, edit(listing), form, **elsewhere, expect=UNPROCESSABLE).text
    new = form_at(editor, "/admin/listings/new")
    typed = {"name": "Beyond", "press": "publish", **elsewhere}
    assert "not in charge" in send(editor, "/admin/listings/new", new, **typed, expect=UNPROCESSABLE).text

    assert version_now(session, listing) == 1
    assert session.scalars(select(Provider.id)).all() == [listing.id]


def test_fields_that_the_form_does_not_have_change_nothing(
    editor: StaffClient, session: Session, listing: Provider
) -> None:
    before = facts_now(session, listing)
    extra = {"status": "retired", "verified_on": "2030-01-01", "source_key": "x", "slug": "x", "country": "MX"}

    send(editor, edit(listing), form_at(editor, edit(listing)), **extra)

    assert facts_now(session, listing) == before


def test_the_form_asks_a_fixed_number_of_questions(
    editor: StaffClient, session: Session, staff_app: Flask, listing: Provider
) -> None:
    save_all(session, [a_draft(organization=f"House {number}") for number in range(150)], Change(by="test", at=NOW))
    session.commit()
    with staff_app.app_context():
        engine: Engine = db.engine
    editor.get("/admin/")  # after a change of the directory, what all pages share is read once
    with counted_queries(engine) as statements:
        page = editor.get(edit(listing)).text

    assert len(statements) <= _QUERIES, statements
    assert page.count('<option value="House') == 100, "no more are suggested, however many there are"
