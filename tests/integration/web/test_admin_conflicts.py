"""A source contradicts what a person found out, and somebody decides who is right."""

import datetime as dt
import re

import pytest
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.importing import ConflictState
from finder.domain.phone import Phone
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings import Change, amend, record_checks
from finder.listings.history import as_json
from finder.models import Account, ImportConflict, Provider
from tests.factories import a_provider
from tests.import_jobs import a_conflict
from tests.queues import queries_of
from tests.saved import facts_of
from tests.staff import START, StaffClient, an_account

OURS, THEIRS = Phone("+13125550101"), Phone("+13125550102")


@pytest.fixture(autouse=True)
def eve(session: Session, staff: StaffClient) -> Account:
    """A reviewer of Illinois, signed in."""
    account = an_account(session, Role.REVIEWER, Scope(state="IL"))
    staff.sign_in(account)
    return account


@pytest.fixture
def house(session: Session) -> Provider:
    """A listing whose number somebody called."""
    made = a_provider(session, name="Harbor House", phones=(OURS,))
    on = dt.date(2026, 10, 20)
    called = Finding(group=FieldGroup.PHONE, method=CheckMethod.CALL, result=CheckResult.CONFIRMED, on=on)
    record_checks(session, made.id, [called], Change(by="bob@county.example", at=START))
    session.commit()
    return made


@pytest.fixture
def conflict(session: Session, house: Provider) -> int:
    """The number of what the source says against it."""
    facts = {"phones": [as_json((OURS,)), as_json((THEIRS,))]}
    made = a_conflict(session, house, field_group=FieldGroup.PHONE, facts=facts, as_of=dt.date(2026, 9, 1))
    session.commit()
    return made.id


def decide(staff: StaffClient, conflict: int, how: str, *, expect: int = 303, **fields: str) -> str:
    """Press a button of the page as it stands; gives what is told afterwards."""
    page = staff.get("/admin/conflicts").text
    seen = dict(re.findall(r'conflicts/(\d+)/keep".*?name="seen" value="(\w+)"', page, re.DOTALL))
    fields = {"seen": seen.get(str(conflict), ""), **fields}
    staff.send(f"/admin/conflicts/{conflict}/{how}", form_on="/admin/conflicts", expect=expect, **fields)
    return staff.get("/admin/conflicts").text if expect == 303 else ""


def numbers_now(session: Session, listing: Provider) -> object:
    """The listing's phone numbers, as they are saved."""
    session.rollback()
    return facts_of(session, listing.id)["phones"]


@pytest.mark.usefixtures("conflict")
def test_both_sides_are_told_with_who_checked_when_and_as_of_when_the_source_speaks(staff: StaffClient) -> None:
    page = staff.get("/admin/conflicts").text

    for words in (
        "Harbor House</a>: Phone",
        "We: checked by phone on October 20, 2026 by bob@county.example.",
        "as of September 1, 2026.",
        "We have: 312-555-0101 (main)",
        "The source says: 312-555-0102 (main)",
    ):
        assert words in page


def test_what_we_have_stays(staff: StaffClient, session: Session, house: Provider, conflict: int) -> None:
    page = decide(staff, conflict, "keep")

    assert "Harbor House: What we have stays" in page
    assert "No source contradicts" in page
    assert numbers_now(session, house) == (OURS,)
    assert session.get_one(ImportConflict, conflict).state is ConflictState.KEPT


def test_the_sources_fact_is_taken_in_the_name_of_who_decided(
    staff: StaffClient, session: Session, eve: Account, house: Provider, conflict: int
) -> None:
    decide(staff, conflict, "take")

    assert numbers_now(session, house) == (THEIRS,)
    assert session.get_one(ImportConflict, conflict).decided_by == eve.email
    assert "decided this already" in decide(staff, conflict, "keep")


def test_nobody_decides_what_they_did_not_see(
    staff: StaffClient, session: Session, house: Provider, conflict: int
) -> None:
    assert "the source says something else by now" in decide(staff, conflict, "take", seen="0123456789abcdef")
    amend(session, {house.id: {"phones": (Phone("+13125550103"),)}}, Change(by="bob@county.example", at=START))
    session.commit()
    assert "somebody changed the listing since" in decide(staff, conflict, "take")

    assert numbers_now(session, house) == (Phone("+13125550103"),)


def test_only_conflicts_of_my_listings_are_mine_to_decide(staff: StaffClient, session: Session) -> None:
    abroad = a_conflict(session, a_provider(session, name="Maple House", state="WI", fees="Free"))
    session.commit()

    assert "Maple House" not in staff.get("/admin/conflicts").text
    decide(staff, abroad.id, "keep", expect=403)


def test_how_many_wait_stands_on_every_page_and_on_the_dashboard(
    staff: StaffClient, session: Session, conflict: int
) -> None:
    a_conflict(session, a_provider(session, state="WI", fees="Free"))
    session.commit()

    assert re.search(r"Conflicts\s*\(1\)", staff.get("/admin/reviews").text)
    assert re.search(r"Conflicts with sources</dt><dd>2<", staff.get("/admin/dashboard").text)
    decide(staff, conflict, "keep")
    assert not re.search(r"Conflicts\s*\(", staff.get("/admin/reviews").text)


@pytest.mark.usefixtures("conflict")
def test_the_queue_takes_as_many_queries_for_one_conflict_as_for_many(staff: StaffClient, session: Session) -> None:
    before = queries_of(staff, "/admin/conflicts")
    for _ in range(3):
        a_conflict(session, a_provider(session, fees="Free"))
    session.commit()

    assert queries_of(staff, "/admin/conflicts") == before
