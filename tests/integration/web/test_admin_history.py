"""The history of a listing: what changed, and taking it back."""

import pytest
from sqlalchemy.orm import Session

from finder.domain.account import Role
from finder.domain.phone import Phone
from finder.listings import Change, amend
from tests.factories import NOW, a_draft, a_provider
from tests.queues import queries_of
from tests.saved import bytes_of, facts_of, imported
from tests.staff import StaffClient, an_account, client_of

BY_BEN = Change(by="ben@county.example", at=NOW, reason="They called")
_QUERIES = 6


@pytest.fixture
def here(session: Session, staff: StaffClient) -> int:
    """A listing whose e-mail address, then phone, then e-mail address changed; an administrator is signed in."""
    staff.sign_in(an_account(session))
    listing_id = a_provider(session, email="old@lakeview.example").id
    amend(session, {listing_id: {"email": "new@lakeview.example", "alert": "Moved"}}, BY_BEN)
    amend(session, {listing_id: {"phones": (Phone("+13125550199"),)}}, BY_BEN)
    amend(session, {listing_id: {"email": "newest@lakeview.example"}}, BY_BEN)
    session.commit()
    return listing_id


def test_every_change_is_told_with_who_when_why_and_from_what_to_what(staff: StaffClient, here: int) -> None:
    page = staff.get(f"/admin/listings/{here}/history").text

    assert "by ben@county.example" in page
    assert "They called" in page
    assert "old@lakeview.example" in page
    assert "312-555-0199 (main)" in page
    assert "Take back change 1" not in page
    assert "Back to version 4" not in page


def test_the_history_of_one_fact_has_its_changes_alone(staff: StaffClient, here: int) -> None:
    page = staff.get(f"/admin/listings/{here}/history?fact=email").text

    assert [f"Version {version}<" in page for version in (4, 3, 2, 1)] == [True, False, True, True]
    assert "Moved" not in page
    assert "Nothing of this ever changed" in staff.get(f"/admin/listings/{here}/history?fact=fees").text
    assert "Version 3<" in staff.get(f"/admin/listings/{here}/history?fact=nonsense").text


def test_an_import_is_named_as_the_source(staff: StaffClient, session: Session) -> None:
    staff.sign_in(an_account(session))
    draft = a_draft()
    imported(session, draft)
    session.commit()

    page = staff.get("/admin/listings/1/history").text

    assert "The county&#39;s list, list.xlsx" in page


def test_one_change_is_taken_back_but_for_what_changed_again(staff: StaffClient, session: Session, here: int) -> None:
    step = f"/admin/listings/{here}/history/2/undo"

    looked = staff.get(step).text
    assert "E-mail address</strong>" in looked
    assert "Moved" in looked
    staff.send(step, seen=4)

    facts = facts_of(session, here)
    assert (facts["alert"], facts["email"]) == ("", "newest@lakeview.example")
    assert "Taken back, but for: E-mail address" in staff.get(f"/admin/listings/{here}/history").text


def test_going_back_to_a_point_is_exact(staff: StaffClient, session: Session, here: int) -> None:
    newest = bytes_of(session, here)
    session.rollback()

    assert "old@lakeview.example" in staff.get(f"/admin/listings/{here}/history/1/restore").text
    staff.send(f"/admin/listings/{here}/history/1/restore", seen=4)
    session.rollback()
    first = facts_of(session, here)
    session.rollback()
    staff.send(f"/admin/listings/{here}/history/4/restore", seen=5, reason="It was right after all")

    assert first["email"] == "old@lakeview.example"
    session.rollback()
    assert bytes_of(session, here) == newest
    assert "It was right after all" in staff.get(f"/admin/listings/{here}/history").text


@pytest.mark.parametrize("step", ["2/undo", "1/restore"])
def test_nothing_is_taken_back_from_a_listing_that_changed_since_it_was_looked_at(
    staff: StaffClient, session: Session, here: int, step: str
) -> None:
    before = bytes_of(session, here)
    session.rollback()

    page = staff.send(f"/admin/listings/{here}/history/{step}", seen=3, expect=409).text

    assert "Nothing was done" in page
    assert bytes_of(session, here) == before


def test_there_is_no_way_to_what_never_was(staff: StaffClient, here: int) -> None:
    for step in ("1/undo", "0/restore", "9/restore", "9/undo"):
        staff.get(f"/admin/listings/{here}/history/{step}", expect=404)
        form = {"csrf_token": staff.token("/admin/users/invite"), "seen": 4}
        staff.post(f"/admin/listings/{here}/history/{step}", data=form, expect=404)


def test_who_may_only_look_is_offered_no_way_back(staff: StaffClient, session: Session, here: int) -> None:
    browser = client_of(staff.application)
    browser.sign_in(an_account(session, Role.REVIEWER))

    assert "Take back" not in browser.get(f"/admin/listings/{here}/history").text
    browser.get(f"/admin/listings/{here}/history/2/undo", expect=403)


def test_a_long_history_is_read_page_by_page_in_as_many_queries(
    staff: StaffClient, session: Session, here: int
) -> None:
    few = queries_of(staff, f"/admin/listings/{here}/history")
    for number in range(60):
        amend(session, {here: {"alert": f"Note {number}"}}, BY_BEN)
    session.commit()

    assert few == queries_of(staff, f"/admin/listings/{here}/history") == _QUERIES
    page = staff.get(f"/admin/listings/{here}/history").text
    assert "Version 64<" in page
    assert "Version 14<" not in page
    assert "Version 14<" in staff.get(f"/admin/listings/{here}/history?before=15").text
