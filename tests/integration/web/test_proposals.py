"""Representatives propose changes of their own listings, and claim organizations; others decide."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from finder.domain.account import Role, Scope
from finder.domain.proposal import ProposalState
from finder.domain.review import CheckMethod, FieldGroup
from finder.listings import Change, amend
from finder.listings.timeline import timeline
from finder.models import Account, Check, Claim, Proposal, Provider
from tests.factories import a_provider
from tests.people import a_proposal, an_organization
from tests.queues import queries_of
from tests.staff import START, StaffClient, an_account, client_of

_FIELD = re.compile(r'<input[^>]* name="([^"]+)"[^>]*>|<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>')
_SELECT = re.compile(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


@pytest.fixture
def house(session: Session) -> Provider:
    """A listing of an organization."""
    listing = a_provider(session, name="Harbor House", organization="Harbor Health")
    session.commit()
    return listing


@pytest.fixture
def pat(staff: StaffClient, session: Session, house: Provider) -> Account:
    """A representative of that organization, signed in."""
    scope = Scope(organization_id=house.organization_id)
    session.rollback()
    account = an_account(session, Role.REPRESENTATIVE, scope, email="pat@harbor.example")
    staff.sign_in(account)
    return account


@pytest.fixture
def editor(staff_app: Flask, session: Session) -> StaffClient:
    """The browser of an editor of Illinois."""
    made = client_of(staff_app)
    made.sign_in(an_account(session, Role.EDITOR, Scope(state="IL"), email="ed@county.example"))
    return made


def form_of(browser: StaffClient, listing: int) -> dict[str, str]:
    """The form of a proposal as the page fills it in."""
    page = browser.get(f"/admin/listings/{listing}/propose").text
    page = page[page.index('<form class="listing-form"') :]
    fields = {}
    for found in _FIELD.finditer(page):
        value = re.search(r' value="([^"]*)"', found.group(0))
        if found.group(1) and 'type="checkbox"' not in found.group(0):
            fields[found.group(1)] = value.group(1) if value else ""
        elif found.group(2):
            fields[found.group(2)] = found.group(3)
    for name, options in _SELECT.findall(page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen.group(1) if chosen else ""
    return fields


def propose(browser: StaffClient, listing: int, *, expect: int = 303, **changed: str) -> str:
    """Change some fields of the form and send it."""
    sent = {**form_of(browser, listing), "why": "We know, we work there.", **changed}
    return browser.post(f"/admin/listings/{listing}/propose", data=sent, expect=expect).text


def the_proposal(session: Session) -> Proposal:
    session.rollback()
    return session.scalars(select(Proposal)).one()


def decide(browser: StaffClient, proposal: int, how: str, *, expect: int = 303, **fields: Any) -> str:
    """Accept or reject."""
    address = f"/admin/proposals/{proposal}"
    return browser.send(f"{address}/{how}", form_on=address, expect=expect, **fields).text


@pytest.mark.usefixtures("pat")
def test_what_is_proposed_and_approved_is_in_the_listing_and_its_history_names_both(
    staff: StaffClient, session: Session, house: Provider, editor: StaffClient
) -> None:
    number = house.id
    changed = {"website": "https://harbor.example/", "phones-0-number": "312-555-0199", "minimum_age": "18"}
    propose(staff, number, **changed)
    proposal = the_proposal(session)
    assert set(proposal.changes) == {"website", "phones", "minimum_age"}
    assert session.get_one(Provider, number).website == "https://lakeview.example/"

    assert "Harbor House" in editor.get("/admin/proposals").text
    page = editor.get(f"/admin/proposals/{proposal.id}").text
    assert "We know, we work there." in page
    assert "312-555-0199" in page
    decide(editor, proposal.id, "accept", take=["website", "phones"])

    session.rollback()
    listing = session.get_one(Provider, number, options=[selectinload(Provider.phones)], populate_existing=True)
    assert listing.website == "https://harbor.example/"
    assert listing.phones[0].number == "+13125550199"
    assert listing.minimum_age is None
    newest = next(entry for entry in timeline(session, number) if any(each.name == "website" for each in entry.fields))
    assert newest.by == "ed@county.example"
    assert newest.reason == "Proposed by pat@harbor.example: We know, we work there."
    told = session.scalars(select(Check).where(Check.method == CheckMethod.REPRESENTATIVE))
    assert {check.field_group for check in told} == {FieldGroup.PHONE, FieldGroup.WEBSITE}
    assert "Approved" in staff.get("/admin/own").text


@pytest.mark.usefixtures("pat")
def test_a_form_that_changes_nothing_or_gives_no_reason_is_told_so(
    staff: StaffClient, session: Session, house: Provider
) -> None:
    number = house.id
    assert "Nothing is different" in propose(staff, number, expect=422)
    page = propose(staff, number, why=" ", website="https://kept.example/", expect=422)
    assert "Say why" in page
    assert "https://kept.example/" in page
    assert "can be dialed" in propose(staff, number, expect=422, **{"phones-0-number": "555"})
    assert session.scalars(select(Proposal)).all() == []


@pytest.mark.usefixtures("pat")
def test_a_new_address_takes_the_position_along(
    staff: StaffClient, session: Session, house: Provider, editor: StaffClient
) -> None:
    number = house.id
    propose(staff, number, address_1="9 Elm Street", city="Evanston", postal_code="60201", county="")
    decide(editor, the_proposal(session).id, "accept", take=["address_1"])

    session.rollback()
    listing = session.get_one(Provider, number, populate_existing=True)
    assert (listing.city, listing.county) == ("Evanston", "Cook County")
    assert listing.latitude == pytest.approx(42.05, abs=0.05)


def test_what_changed_since_is_shown_and_taken_only_if_chosen(session: Session, editor: StaffClient) -> None:
    proposal = a_proposal(session, website="https://new.example/", fees="No cost.")
    number, listing = proposal.id, proposal.provider_id
    amend(session, {listing: {"website": "https://other.example/"}}, Change(by="test", at=START))
    session.commit()

    page = editor.get(f"/admin/proposals/{number}").text
    assert "This changed since it was proposed." in page
    assert "https://other.example/" in page
    assert re.findall(r'value="(\w+)" aria-describedby="told-\w+" checked', page) == ["fees"]
    decide(editor, number, "accept", take=["fees"])

    session.rollback()
    found = session.get_one(Provider, listing, populate_existing=True)
    assert (found.website, found.fees) == ("https://other.example/", "No cost.")


def test_what_is_rejected_needs_a_reason_and_is_decided_once(
    session: Session, staff_app: Flask, editor: StaffClient
) -> None:
    proposal = a_proposal(session)
    session.commit()
    number = proposal.id
    assert "Say why" in decide(editor, number, "reject", answer=" ", expect=422)
    assert "Choose what to take" in decide(editor, number, "accept", answer="Kept words", expect=422)
    other = client_of(staff_app)
    other.sign_in(an_account(session))
    token = other.token()
    decide(editor, number, "reject", answer="We called: the old one works.")

    again = {"csrf_token": token, "take": "website"}
    other.post(f"/admin/proposals/{number}/accept", data=again, expect=303)
    page = other.get(f"/admin/proposals/{number}").text
    assert "Somebody else was faster" in page
    assert "the old one works" in page
    assert the_proposal(session).state is ProposalState.REJECTED


@pytest.mark.usefixtures("pat")
def test_a_representative_sees_and_changes_their_own_listings_alone(staff: StaffClient, session: Session) -> None:
    other = a_provider(session, name="Far House", organization="Somebody else")
    session.commit()

    page = staff.get("/admin/own").text
    assert "Harbor House" in page
    assert "Far House" not in page
    staff.get(f"/admin/listings/{other.id}/propose", expect=404)


@pytest.mark.usefixtures("pat")
def test_the_pages_ask_the_database_as_often_for_many_as_for_one(
    staff: StaffClient, session: Session, editor: StaffClient
) -> None:
    asked = []
    for browser, address in ((staff, "/admin/own"), (editor, "/admin/proposals")):
        browser.get(address)
        before = queries_of(browser, address)
        for _ in range(3):
            a_proposal(session)
            a_provider(session, organization="Harbor Health")
        session.commit()
        asked.append((before, queries_of(browser, address)))

    assert [few for few, _ in asked] == [many for _, many in asked]


def test_who_was_invited_without_a_charge_claims_an_organization(
    staff: StaffClient, staff_app: Flask, session: Session
) -> None:
    organization = an_organization(session, "Harbor Health")
    listing = a_provider(session, name="Harbor House", organization="Harbor Health")
    session.commit()
    staff.sign_in(an_account(session, email="ada@county.example"))
    staff.send("/admin/users/invite", email="kim@harbor.example", name="Kim", role="representative", expect=200)
    kim = session.scalars(select(Account).where(Account.email == "kim@harbor.example")).one()
    template = an_account(session)
    kim.password_hash, kim.totp_secret = template.password_hash, template.totp_secret
    session.commit()
    session.refresh(kim)
    session.expunge(kim)
    session.rollback()

    theirs = client_of(staff_app)
    theirs.sign_in(kim)
    assert "/admin/claims" in theirs.get("/admin/").text
    theirs.get("/admin/own", expect=403)
    assert "No listing names" in theirs.send("/admin/claims", organization="Harbr", words="x", expect=422).text
    theirs.send("/admin/claims", organization="harbor health", words="I run the front desk.")
    again = theirs.send("/admin/claims", organization="Harbor Health", words="x", expect=422)
    assert "have asked for it" in again.text

    claim = session.scalars(select(Claim)).one()
    assert "I run the front desk." in staff.get("/admin/claims").text
    staff.send(f"/admin/claims/{claim.id}/approve", form_on="/admin/claims")
    assert (
        "Somebody else has decided"
        in staff.post(
            f"/admin/claims/{claim.id}/decline", data={"csrf_token": staff.token()}, follow_redirects=True
        ).text
    )
    assert "Harbor House" in theirs.get("/admin/own").text
    theirs.get(f"/admin/listings/{listing.id}/propose")
    assert organization.id
