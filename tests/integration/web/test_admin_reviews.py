"""The queues of listings that a person should look at."""

import datetime as dt

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.listing import Status
from finder.domain.review import FieldGroup
from finder.models import Provider, Standing
from tests.factories import a_provider
from tests.queues import a_report, queries_of
from tests.staff import START, StaffClient, an_account

_FOR_WHO_ASKS = 2  # the session with its account, and what they are in charge of
_IN_THE_HEADER = 1  # how many conflicts wait
LONG_AGO = START.date() - dt.timedelta(400)


@pytest.fixture
def ed(session: Session, staff: StaffClient) -> None:
    """Somebody who looks after Illinois, signed in."""
    staff.sign_in(an_account(session, Role.REVIEWER, Scope(state="IL")))


def overdue(session: Session, days: int = 30, **changes: object) -> Provider:
    """A listing whose phone number alone is overdue for a check by so many days."""
    listing = a_provider(session, **changes)
    due_on = START.date() - dt.timedelta(days)
    of_listing = update(Standing).where(Standing.provider_id == listing.id)
    session.execute(of_listing.values(due_on=START.date() + dt.timedelta(100)))
    session.execute(of_listing.where(Standing.field_group == FieldGroup.PHONE).values(due_on=due_on))
    session.commit()
    return listing


@pytest.mark.usefixtures("ed")
def test_the_queue_says_why_each_listing_is_in_it_and_leads_to_the_call(staff: StaffClient, session: Session) -> None:
    later = overdue(session, 30, name="Harbor House")
    sooner = overdue(session, 20, name="Lakeview")
    a_report(session, sooner)
    session.commit()

    page = staff.get("/admin/reviews").text

    assert page.index("Lakeview") < page.index("Harbor House")
    assert "Phone: 20 days overdue, last checked October 1, 2026" in page
    assert "1 report</span>" in page
    assert f"/admin/listings/{later.id}/call?place=1" in page


@pytest.mark.usefixtures("ed")
def test_nobody_sees_the_work_of_others(staff: StaffClient, session: Session) -> None:
    overdue(session, name="Harbor House", state="IL")
    elsewhere = overdue(session, name="Elsewhere", state="VT")
    a_provider(session, name="Waiting elsewhere", state="VT", status=Status.DRAFT, review_reason="No level of care")
    a_provider(session, name="Waiting here", state="IL", status=Status.DRAFT, review_reason="No level of care")
    session.commit()

    for address in ("/admin/reviews", "/admin/reviews?state=VT", "/admin/reviews/waiting"):
        assert "lsewhere" not in staff.get(address).text
    assert "Waiting here" in staff.get("/admin/reviews/waiting").text
    staff.get(f"/admin/listings/{elsewhere.id}/call", expect=403)


def test_a_state_can_be_chosen(staff: StaffClient, session: Session) -> None:
    staff.sign_in(an_account(session, Role.REVIEWER))
    overdue(session, name="Harbor House", state="IL")
    overdue(session, name="Elsewhere", state="VT")

    page = staff.get("/admin/reviews?state=VT").text

    assert "Elsewhere" in page
    assert "Harbor House" not in page


@pytest.mark.usefixtures("ed")
def test_a_long_queue_has_pages(staff: StaffClient, session: Session) -> None:
    for number in range(52):
        a_provider(session, name=f"Place {number:02}.", verified_on=LONG_AGO)
    session.commit()

    first, second = staff.get("/admin/reviews").text, staff.get("/admin/reviews?page=2").text

    assert [f"Place {number:02}." in first for number in range(52)] == [True] * 50 + [False] * 2
    assert [f"Place {number:02}." in second for number in range(52)] == [False] * 50 + [True] * 2
    assert 'href="/admin/reviews?page=2"' in first
    for nonsense in ("0", "-1", "x", "99999999999999999999"):
        staff.get(f"/admin/reviews?page={nonsense}&state=XX")


@pytest.mark.usefixtures("ed")
def test_what_comes_next_is_never_what_was_just_done(staff: StaffClient, session: Session) -> None:
    first, second = overdue(session, 30), overdue(session, 20)

    def following(query: str) -> str | None:
        return staff.get(f"/admin/reviews/next?{query}", expect=303).location

    assert following("place=0") == f"/admin/listings/{first.id}/call?place=0"
    assert following(f"place=0&done={first.id}") == f"/admin/listings/{second.id}/call?place=0"
    assert following("place=2&state=IL") == "/admin/reviews?state=IL"
    assert "last listing that is overdue" in staff.get("/admin/reviews").text


@pytest.mark.usefixtures("ed")
def test_pages_take_as_many_queries_for_one_listing_as_for_many(staff: StaffClient, session: Session) -> None:
    asked = []
    for how_many in (1, 5):
        for _ in range(how_many):
            a_report(session, overdue(session))
            a_provider(session, status=Status.DRAFT, review_reason="No level of care")
        session.commit()
        pages = [queries_of(staff, address) for address in ("/admin/reviews", "/admin/reviews/waiting")]
        asked.append([*pages, queries_of(staff, "/admin/reviews/next", expect=303)])

    page = _FOR_WHO_ASKS + _IN_THE_HEADER
    assert asked == [[page + 2, page + 1, _FOR_WHO_ASKS + 2]] * 2
