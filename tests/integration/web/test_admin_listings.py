"""The pages about listings for those who look after them: the table, one listing, changes of many at once."""

import re
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.bulk import MOST_AT_ONCE, Deed
from finder.domain.listing import Status
from finder.domain.problem import Problem
from finder.domain.review import FieldGroup
from finder.listings import amend
from finder.listings.notes import notes_of
from finder.models import Account, Check, Provider, Revision
from tests.bulk import done
from tests.factories import A_CHANGE, a_provider
from tests.queues import a_pair, a_report, queries_of
from tests.saved import facts_of
from tests.staff import StaffClient, an_account, client_of

_OF_THE_TABLE, _OF_ONE = 8, 17


@pytest.fixture
def ada(session: Session, staff: StaffClient) -> Account:
    """An administrator, signed in."""
    account = an_account(session, email="ada@county.example")
    staff.sign_in(account)
    return account


def a_listing(session: Session, **facts: object) -> int:
    """The id of a committed listing."""
    listing = a_provider(session, **facts)
    session.commit()
    return listing.id


def status_of(session: Session, listing_id: int) -> Status:
    session.rollback()
    status: Status = facts_of(session, listing_id)["status"]
    return status


def as_form(page: str) -> dict[str, list[str]]:
    """The hidden fields of the form by which a change of many is done."""
    [form] = re.findall(r'<form class="admin-form" action="/admin/listings/bulk" method="post">.*?</form>', page, re.S)
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        fields.setdefault(name, []).append(value)
    return fields


def seen_by(staff: StaffClient, session: Session, role: Role, *scopes: Scope) -> StaffClient:
    """The browser of somebody else, signed in."""
    browser = client_of(staff.application)
    browser.sign_in(an_account(session, role, *scopes))
    return browser


@pytest.mark.usefixtures("ada")
def test_the_address_of_the_table_says_all_that_was_asked(staff: StaffClient, session: Session) -> None:
    a_provider(session, name="Harbor House", state="IL")
    hidden = a_provider(session, name="Harbor Clinic", state="WI")
    amend(session, {hidden.id: {"status": Status.HIDDEN, "review_reason": "Flooded"}}, A_CHANGE)
    session.commit()

    page = staff.get("/admin/listings?words=harbor&status=hidden&state=WI&order=updated&mine=").text

    assert "1 listing<" in page
    assert "Harbor Clinic" in page
    assert "Flooded" in page
    assert "Harbor House" not in page
    assert 'value="harbor"' in page
    assert '<option value="WI" selected>' in page


@pytest.mark.usefixtures("ada")
def test_what_makes_no_sense_in_the_address_asks_for_nothing(staff: StaffClient, session: Session) -> None:
    a_listing(session, name="Harbor House")

    nonsense = "status=x&state=ZZ&source=x&flag=x&order=x&page=x&words=%00"
    assert "Harbor House" in staff.get(f"/admin/listings?{nonsense}").text
    assert "1 listing<" in staff.get("/admin/listings?page=99").text
    staff.get("/admin/listings?page=99999999999999999999")


def test_a_representative_sees_the_listings_of_their_organization_and_none_of_our_notes(
    staff: StaffClient, session: Session
) -> None:
    theirs = a_provider(session, name="Lakeview One", organization="Lakeview Health")
    other = a_listing(session, name="Harbor House", organization="Harbor")
    a_report(session, theirs, Problem.BROKERING)
    session.commit()
    browser = seen_by(staff, session, Role.REPRESENTATIVE, Scope(organization_id=theirs.organization_id))

    table = browser.get("/admin/listings").text
    page = browser.get(f"/admin/listings/{theirs.id}").text

    assert "Lakeview One" in table
    assert "Harbor House" not in table
    assert "Do something to many" not in table
    assert "Internal notes" not in page
    assert "problem report" not in page
    browser.get(f"/admin/listings/{other}", expect=404)
    browser.get(f"/admin/listings/{other}/history", expect=404)


@pytest.mark.usefixtures("ada")
def test_many_are_hidden_and_shown_again_from_the_link_of_the_message(staff: StaffClient, session: Session) -> None:
    ids = [a_listing(session), a_listing(session)]
    chosen = "&".join(f"chosen={id_}" for id_ in ids)

    first = staff.get(f"/admin/listings/bulk?deed=hide&which=ticked&{chosen}").text
    assert "2 listings will change" not in first
    staff.get(f"/admin/listings/bulk?deed=hide&which=ticked&{chosen}&told=y", expect=422)
    looked = staff.get(f"/admin/listings/bulk?deed=hide&which=ticked&{chosen}&told=y&reason=Flooded").text
    assert "2 listings will change" in looked
    assert {status_of(session, id_) for id_ in ids} == {Status.PUBLISHED}
    back = staff.post("/admin/listings/bulk", data={**as_form(looked), "csrf_token": staff.token()}, expect=303)

    assert {status_of(session, id_) for id_ in ids} == {Status.HIDDEN}
    [link] = re.findall(r'href="(/admin/bulk-changes/\d+)"', staff.get(back.location).text)
    assert "Flooded" in staff.get(link).text
    staff.send(f"{link}/undo", form_on=link)
    assert {status_of(session, id_) for id_ in ids} == {Status.PUBLISHED}
    assert "Taken back on" in staff.get(link).text
    assert "Hidden: 2 listings" in staff.get("/admin/bulk-changes").text


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("deed", "needs"),
    [
        ("verify", "groups=phone&groups=services&method=website"),
        ("publish", ""),
        ("retire", "reason=Closed"),
        ("add_tag", "tag=payment:medicare"),
        ("remove_tag", "tag=payment:medicaid"),
        ("assign", "account={ada}"),
    ],
)
def test_everything_that_can_be_done_to_many_is_shown_first_and_then_done(
    staff: StaffClient, session: Session, ada: Account, deed: str, needs: str
) -> None:
    here = a_listing(session, name="Harbor House")
    amend(session, {here: {"status": Status.HIDDEN}}, A_CHANGE)
    a_listing(session, name="Elsewhere")

    address = f"/admin/listings/bulk?words=harbor&which=all&told=y&deed={deed}&{needs}".format(ada=ada.id)
    looked = staff.get(address).text
    assert "1 listing will change" in looked
    back = staff.post("/admin/listings/bulk", data={**as_form(looked), "csrf_token": staff.token()}, expect=303)

    assert back.location == "/admin/listings?words=harbor"
    assert ": 1 listing. <a" in staff.get(back.location).text


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ("deed=verify&method=call", "Choose at least one group"),
        ("deed=verify&groups=phone", "Choose one"),
        ("deed=verify&groups=phone&method=import", "Choose one"),
        ("deed=add_tag&tag=payment:beads", "Choose a tag"),
        ("deed=assign&account=99999", "Choose one"),
        ("deed=hide&reason=%20", "Say why"),
    ],
)
def test_what_lacks_is_told_beside_the_field(staff: StaffClient, session: Session, needs: str, told: str) -> None:
    here = a_listing(session)

    page = staff.get(f"/admin/listings/bulk?which=ticked&chosen={here}&told=y&{needs}", expect=422).text

    assert told in page
    form = {"csrf_token": staff.token(), "chosen": here, **dict(parse_qsl(needs))}
    staff.post("/admin/listings/bulk", data=form, expect=422)


@pytest.mark.usefixtures("ada")
def test_nothing_is_done_to_other_listings_than_those_that_were_shown(staff: StaffClient, session: Session) -> None:
    here = a_listing(session, name="Harbor House")
    looked = staff.get("/admin/listings/bulk?deed=retire&words=harbor&which=all&told=y&reason=Closed").text
    there = a_listing(session, name="Harbor Clinic")

    page = staff.post("/admin/listings/bulk", data={**as_form(looked), "csrf_token": staff.token()}, expect=409).text

    assert "Nothing was done" in page
    assert "2 listings will change" in page
    assert {status_of(session, id_) for id_ in (here, there)} == {Status.PUBLISHED}


@pytest.mark.usefixtures("ada")
def test_none_ticked_and_too_many_found_are_told_in_words(
    staff: StaffClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        a_listing(session)
    back = staff.get("/admin/listings/bulk?deed=publish&which=ticked", expect=303)
    assert "Tick the listings first" in staff.get(back.location).text

    monkeypatch.setattr("finder.web.admin.bulk.MOST_AT_ONCE", 2)
    back = staff.get("/admin/listings/bulk?deed=publish&which=all", expect=303)
    assert "more than 2 listings" in staff.get(back.location).text
    assert MOST_AT_ONCE == 5000


def test_who_is_in_charge_of_a_part_is_told_what_stays_and_takes_back_nothing_of_others(
    staff: StaffClient, session: Session
) -> None:
    here, there = a_listing(session, state="IL"), a_listing(session, state="WI")
    browser = seen_by(staff, session, Role.EDITOR, Scope(state="IL"))
    chosen = f"which=ticked&chosen={here}&chosen={there}&told=y"

    looked = browser.get(f"/admin/listings/bulk?deed=retire&reason=Closed&{chosen}").text
    assert "1 is not yours to change" in looked
    browser.post("/admin/listings/bulk", data={**as_form(looked), "csrf_token": browser.token()}, expect=303)
    assert (status_of(session, here), status_of(session, there)) == (Status.RETIRED, Status.PUBLISHED)

    made = done(session, [there], Deed.HIDE, reason="Flooded").id
    session.commit()
    assert "You are not in charge of 1" in browser.get(f"/admin/bulk-changes/{made}").text
    browser.post(f"/admin/bulk-changes/{made}/undo", data={"csrf_token": browser.token()}, expect=403)


def test_a_reviewer_verifies_many_and_retires_none(staff: StaffClient, session: Session) -> None:
    here = a_listing(session)
    browser = seen_by(staff, session, Role.REVIEWER)

    assert 'value="retire"' not in browser.get("/admin/listings").text
    browser.get(f"/admin/listings/bulk?deed=retire&chosen={here}", expect=403)
    form = {"csrf_token": browser.token(), "deed": "retire", "chosen": here, "reason": "Closed"}
    browser.post("/admin/listings/bulk", data=form, expect=403)
    assert status_of(session, here) is Status.PUBLISHED


@pytest.mark.usefixtures("ada")
def test_one_page_tells_all_of_a_listing(staff: StaffClient, session: Session) -> None:
    listing = a_provider(session, name="Harbor House")
    a_report(session, listing, Problem.MOVED, text="They moved to <b>Elm</b> Street")
    a_pair(session, listing, a_provider(session, name="Harbor House Inc"))
    session.commit()

    page = staff.get(f"/admin/listings/{listing.id}").text

    assert "Has moved" in page
    assert "They moved to &lt;b&gt;Elm" in page
    assert "Harbor House Inc" in page
    assert "312-555-0124 ext. 7 (to start treatment)" in page
    assert "Ways to pay" in page
    assert "Checked on October 1, 2026, by an import." in page
    for part in ("edit", "call", "preview", "history"):
        assert f'href="/admin/listings/{listing.id}/{part}"' in page


@pytest.mark.usefixtures("ada")
def test_a_listing_is_taken_off_for_a_reason_and_brought_back(staff: StaffClient, session: Session) -> None:
    here = a_listing(session)
    page = f"/admin/listings/{here}"

    assert "Say why" in staff.send(f"{page}/status", form_on=page, status="retired", version=1, expect=422).text
    staff.send(f"{page}/status", form_on=page, status="retired", reason="Closed for good", version=1)
    assert status_of(session, here) is Status.RETIRED
    assert "Closed for good" in staff.get(page).text
    staff.send(f"{page}/status", form_on=page, status="published", version=2)

    assert status_of(session, here) is Status.PUBLISHED
    assert facts_of(session, here)["review_reason"] == ""


@pytest.mark.usefixtures("ada")
def test_who_saw_an_older_listing_is_told_what_is_new_and_changes_nothing(staff: StaffClient, session: Session) -> None:
    here = a_listing(session)
    amend(session, {here: {"email": "new@lakeview.example"}}, A_CHANGE)
    session.commit()
    page = f"/admin/listings/{here}"

    told = staff.send(f"{page}/status", form_on=page, status="hidden", reason="x", version=1, expect=409).text

    assert "Somebody changed this listing" in told
    assert "new@lakeview.example" in told
    assert status_of(session, here) is Status.PUBLISHED


@pytest.mark.usefixtures("ada")
def test_notes_and_who_looks_after_a_listing_are_no_facts_of_it(
    staff: StaffClient, session: Session, ada: Account
) -> None:
    here = a_listing(session)
    page = f"/admin/listings/{here}"

    staff.send(f"{page}/notes", form_on=page, text="Ask for <Ms. Ray>\nafter 2 PM")
    staff.send(f"{page}/notes", form_on=page, text=" ", expect=422)
    staff.send(f"{page}/notes", form_on=page, text="x" * 2001, expect=422)
    staff.send(f"{page}/assign", form_on=page, account=ada.id)
    staff.send(f"{page}/assign", form_on=page, account=99_999, expect=422)

    told = staff.get(page).text
    assert "Ask for &lt;Ms. Ray&gt;" in told
    assert f'<option value="{ada.id}" selected>' in told
    assert "Ms. Ray" not in staff.get(f"{page}/preview").text
    session.rollback()
    assert len(notes_of(session, here)) == 1
    assert session.scalar(select(func.count()).select_from(Revision)) == 1
    staff.send(f"{page}/assign", form_on=page, account="nobody")
    assert f'<option value="{ada.id}" selected>' not in staff.get(page).text


@pytest.mark.usefixtures("ada")
def test_the_pages_take_as_many_queries_for_many_as_for_few(staff: StaffClient, session: Session) -> None:
    listing = a_provider(session, name="Harbor House")
    session.commit()
    few = queries_of(staff, "/admin/listings"), queries_of(staff, f"/admin/listings/{listing.id}")
    for _ in range(3):
        a_report(session, listing)
        a_pair(session, listing)
        done(session, [listing.id], Deed.VERIFY, groups=frozenset(FieldGroup))
    session.commit()

    many = queries_of(staff, "/admin/listings"), queries_of(staff, f"/admin/listings/{listing.id}")

    assert few[0] == many[0] == _OF_THE_TABLE
    assert many[1] == _OF_ONE
    assert session.scalar(select(func.count()).select_from(Check)) > 0
    assert session.get(Provider, listing.id)
