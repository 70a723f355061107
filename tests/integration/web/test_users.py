"""The administrators' pages about people."""

import email
import re
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from finder.accounts import factors, people
from finder.domain.account import EVERYWHERE, Role, Scope
from finder.models import Account, Organization
from tests.staff import PASSWORD, Clock, StaffClient, an_account, client_of


@pytest.fixture
def ada(session: Session, staff: StaffClient) -> Account:
    """An administrator, signed in."""
    account = an_account(session, email="ada@county.example")
    staff.sign_in(account)
    return account


def found(session: Session, address: str) -> Account:
    """The account with an address, as it is now, with its scopes."""
    session.rollback()
    account = people.with_email(session, address)
    assert account
    with_scopes = people.with_id(session, account.id)
    assert with_scopes
    return with_scopes


@pytest.mark.usefixtures("ada")
def test_an_invitation_leads_to_an_account_with_a_second_factor(
    staff: StaffClient, session: Session, tmp_path: Path, clock: Clock
) -> None:
    facts = {"email": "Bob@County.example", "name": "Bob", "role": "editor", "places": "Cook County, IL\nWisconsin"}
    page = staff.send("/admin/users/invite", **facts, expect=200)
    [link] = re.findall(r"http://127\.0\.0\.1:8000(/account/choose-password/[\w-]+)", page.text)
    [letter] = tmp_path.glob("letters/*.eml")
    message = email.message_from_bytes(letter.read_bytes(), policy=default)
    assert message["To"] == "bob@county.example"
    assert link in message.get_content()
    assert letter.stat().st_mode & 0o777 == 0o600

    bob, common = client_of(staff.application), "password1234"
    bob.send(link, name="Robert", password=common, expect=422)
    bob.send(link, name="Robert", password=PASSWORD)
    key = bob.page_key()
    bob.send("/account/second-factor/set-up", code=factors.code_at(key, clock()), expect=200)

    assert "Good to see you, Robert" in bob.get("/admin/").text
    assert found(session, "bob@county.example").actor.scopes == (
        Scope(state="IL", county="Cook County"),
        Scope(state="WI"),
    )


@pytest.mark.usefixtures("ada")
def test_an_invitation_is_good_for_a_week(staff: StaffClient, clock: Clock) -> None:
    page = staff.send("/admin/users/invite", email="bob@county.example", name="Bob", role="viewer", expect=200)
    [link] = re.findall(r"http://127\.0\.0\.1:8000(/account/choose-password/[\w-]+)", page.text)
    clock.forward(days=6, hours=23)
    bob = client_of(staff.application)
    bob.get(link)
    clock.forward(hours=2)

    assert "work any more" in bob.get(link, expect=404).text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"email": "not an address"}, "such as name@example.org"),
        ({"email": "ada@county.example"}, "already"),
        ({"email": "bob@county.example\r\nBcc: eve@county.example"}, "such as name@example.org"),
        ({"name": ""}, "Enter a name"),
        ({"role": ""}, "Choose a role"),
        ({"role": "emperor"}, "Not a valid choice"),
        ({"role": "editor"}, "in charge of"),
        ({"role": "editor", "places": "Atlantis\nIllinois"}, "Not known: Atlantis"),
        ({"role": "editor", "places": "Cook County"}, "Not known: Cook County"),
        ({"role": "representative", "organizations": "Nobody Inc"}, "Not known: Nobody Inc"),
    ],
)
@pytest.mark.usefixtures("ada")
def test_what_is_wrong_with_an_invitation_is_told_beside_the_field(
    staff: StaffClient, change: dict[str, str], told: str
) -> None:
    facts = {"email": "bob@county.example", "name": "Bob", "role": "viewer"} | change

    assert told in staff.send("/admin/users/invite", **facts, expect=422).text


@pytest.mark.usefixtures("ada")
def test_a_representative_is_in_charge_of_an_organization(staff: StaffClient, session: Session) -> None:
    session.add(Organization(name="Lakeview Health"))
    session.commit()
    facts = {"email": "rep@lakeview.example", "name": "Rae", "role": "representative"}
    staff.send("/admin/users/invite", **facts, organizations="Lakeview Health", expect=200)

    account = found(session, "rep@lakeview.example")
    assert [scope.organization_id is not None for scope in account.actor.scopes] == [True]
    assert "Lakeview Health</textarea>" in staff.get(f"/admin/users/{account.id}").text


@pytest.mark.usefixtures("ada")
def test_a_change_is_saved_and_written_down_with_who_made_it(staff: StaffClient, session: Session) -> None:
    bob = an_account(session, Role.EDITOR)
    page = f"/admin/users/{bob.id}"

    staff.send(page, name="Bob", role="reviewer", everywhere="y")

    changed = found(session, bob.email)
    assert (changed.name, changed.role, changed.actor.scopes) == ("Bob", Role.REVIEWER, (EVERYWHERE,))
    told = staff.get(page).text
    assert "Saved." in told
    assert "Changed (reviewer: everywhere), by ada@county.example" in told


def test_nobody_changes_or_disables_themselves(staff: StaffClient, ada: Account) -> None:
    page = f"/admin/users/{ada.id}"

    assert "This is you" in staff.get(page).text
    form = {"csrf_token": staff.token("/admin/users/invite"), "name": "Ada", "role": "viewer"}
    for address in (page, f"{page}/disable", f"{page}/remove-second-factor"):
        staff.post(address, data=form, expect=403)
    staff.get("/admin/users")


@pytest.mark.usefixtures("ada")
def test_who_lost_their_telephone_sets_up_another_app(staff: StaffClient, session: Session) -> None:
    bob = an_account(session)
    theirs = client_of(staff.application)
    theirs.sign_in(bob)

    staff.send(f"/admin/users/{bob.id}/remove-second-factor", form_on=f"/admin/users/{bob.id}")

    theirs.get("/admin/", expect=303)
    theirs.give_password(bob)
    assert theirs.get("/account/second-factor", expect=303).location == "/account/second-factor/set-up"


def test_everybody_is_signed_out_at_once_but_who_sees_to_it(staff: StaffClient, session: Session, ada: Account) -> None:
    bob = an_account(session, Role.VIEWER)
    theirs, elsewhere = client_of(staff.application), client_of(staff.application)
    theirs.sign_in(bob)
    elsewhere.sign_in(ada)

    staff.send("/admin/users/sign-out-everybody", form_on="/admin/users")

    for browser in (theirs, elsewhere):
        assert browser.get("/admin/", expect=303).location == "/account/sign-in"
    assert "People who were signed in: 2." in staff.get("/admin/users").text
    assert "Browsers were signed out, by ada@county.example" in staff.get(f"/admin/users/{bob.id}").text
    theirs.sign_in(bob)


@pytest.mark.usefixtures("ada")
def test_who_was_disabled_can_be_let_in_again(staff: StaffClient, session: Session) -> None:
    bob = an_account(session)
    page = f"/admin/users/{bob.id}"
    staff.send(f"{page}/disable", form_on=page)
    assert "Disabled" in staff.get("/admin/users").text

    staff.send(f"{page}/enable", form_on=page)

    client_of(staff.application).give_password(bob)


@pytest.mark.usefixtures("ada")
def test_who_did_not_come_is_invited_again_and_who_came_is_not(staff: StaffClient, session: Session) -> None:
    late = an_account(session, password=False, second_factor=False)
    there = an_account(session)

    assert (
        "choose-password"
        in staff.send(f"/admin/users/{late.id}/invite", form_on=f"/admin/users/{late.id}", expect=200).text
    )
    staff.send(f"/admin/users/{there.id}/invite", form_on=f"/admin/users/{there.id}", expect=409)


@pytest.mark.usefixtures("ada")
def test_the_list_tells_everybody_s_role_and_charge(staff: StaffClient, session: Session) -> None:
    an_account(session, Role.EDITOR, Scope(state="IL", county="Cook County"))

    page = staff.get("/admin/users").text

    assert "Cook County, IL" in page
    assert "Editor" in page


@pytest.mark.usefixtures("ada")
def test_names_are_shown_as_they_are_written(staff: StaffClient, session: Session) -> None:
    bob = an_account(session)

    staff.send(f"/admin/users/{bob.id}", name="<script>alert(1)</script>", role="viewer")

    assert "&lt;script&gt;alert(1)" in staff.get("/admin/users").text


def test_a_password_is_in_no_page(staff: StaffClient) -> None:
    assert PASSWORD not in staff.give_password("nobody@county.example", expect=422).text
