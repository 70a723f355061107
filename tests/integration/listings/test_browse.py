"""Finding listings of every status for those who look after them."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.domain.review import FieldGroup
from finder.listings import amend, record_checks
from finder.listings.assign import assign
from finder.listings.browse import PAGE, Flag, Order, Wanted, browse, matching_ids
from finder.listings.scope import within
from finder.models import Provider
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_provider, a_source, tags
from tests.queues import a_pair, a_report
from tests.saved import found
from tests.staff import an_account

TODAY = NOW.date()
_QUERIES = 4


@pytest.fixture
def here(session: Session) -> Provider:
    """The listing that is looked for."""
    return a_provider(
        session,
        name="Hôpital Saint-José",
        city="Evanston",
        state="IL",
        organization="Harbor Group",
        phones=(Phone("+13125550177"),),
    )


def names(session: Session, **wanted: Any) -> list[str]:
    """The names of the listings that are wanted."""
    return [each.name for each in browse(session, Wanted(**wanted), TODAY).listings]


@pytest.mark.parametrize(
    "words",
    [
        "saint",
        "SAINT evanston",
        "hopital jose",
        "harbor",
        "(312) 555-0177",
        "0177",
        "hôpital-saint-josé",
        "group 5550177",
    ],
)
def test_a_listing_is_found_by_words_of_its_name_place_organization_and_phone(
    session: Session, here: Provider, words: str
) -> None:
    a_provider(session, name="Elsewhere", city="Chicago", organization="Others", phones=(Phone("+12025550100"),))

    assert names(session, words=words) == [here.name]


def test_a_listing_is_found_by_its_id(session: Session, here: Provider) -> None:
    assert here.name in names(session, words=str(here.id))


@pytest.mark.parametrize("words", ["saint chicago", "%", "_", "'", "\\", "1" * 40, "日本"])
def test_what_stands_in_no_listing_finds_none(session: Session, here: Provider, words: str) -> None:
    assert here.name not in names(session, words=words)


def test_listings_of_every_status_are_shown_and_can_be_told_apart(session: Session) -> None:
    for status in Status:
        listing = a_provider(session, name=f"A {status} one")
        amend(session, {listing.id: {"status": status, "review_reason": "why"}}, A_CHANGE)

    assert len(names(session)) == len(Status)
    assert names(session, status=Status.RETIRED) == ["A retired one"]


def test_each_filter_finds_what_a_person_should_look_at(session: Session) -> None:
    usual = {"review_due_on": TODAY + dt.timedelta(days=30)}
    a_provider(session, name="Well", **usual)
    a_provider(session, name="Old", verified_on=dt.date(2024, 1, 1), review_due_on=TODAY - dt.timedelta(days=1))
    a_provider(session, name="Nowhere", point=None, precision=Precision.NONE, **usual)
    a_provider(session, name="Without", tags=tags("payment:medicaid"), **usual)
    a_pair(session, a_provider(session, name="One", **usual), a_provider(session, name="Two", **usual))
    a_report(session, a_provider(session, name="Wrong", **usual))

    found_by = {flag: names(session, flags=frozenset({flag})) for flag in Flag}

    assert found_by == {
        Flag.OVERDUE: ["Old"],
        Flag.NO_POSITION: ["Nowhere"],
        Flag.NO_LEVEL: ["Without"],
        Flag.DUPLICATE: ["One", "Two"],
        Flag.REPORTED: ["Wrong"],
    }


def test_what_nobody_ever_checked_is_overdue_until_somebody_does(session: Session) -> None:
    listing = a_provider(session, verified_on=None)
    tomorrow = TODAY + dt.timedelta(days=1)
    overdue = Wanted(flags=frozenset({Flag.OVERDUE}))

    [row] = browse(session, overdue, tomorrow).listings
    record_checks(session, listing.id, [found(group) for group in FieldGroup], A_CHANGE)

    assert row.overdue_since == TODAY
    assert browse(session, overdue, tomorrow).total == 0


def test_a_retired_listing_is_never_overdue(session: Session) -> None:
    listing = a_provider(session, verified_on=dt.date(2024, 1, 1))
    amend(session, {listing.id: {"status": Status.RETIRED}}, A_CHANGE)

    [row] = browse(session, Wanted(), TODAY).listings

    assert row.overdue_since is None
    assert names(session, flags=frozenset({Flag.OVERDUE})) == []


def test_state_source_and_person_narrow_the_list(session: Session) -> None:
    a_source(session, "state-list", name="The state's list")
    account = an_account(session, Role.REVIEWER)
    far = a_provider(session, name="Far", state="WI", source="state-list")
    a_provider(session, name="Near", state="IL")
    assign(session, [far.id], account.id, A_CHANGE)

    for wanted in ({"state": "WI"}, {"source": "state-list"}, {"assigned_to": account.id}):
        assert names(session, **wanted) == ["Far"]
    [row] = browse(session, Wanted(state="WI"), TODAY).listings
    assert (row.source, row.assigned_to) == ("The state's list", account.name)


def test_who_may_see_a_part_sees_only_that(session: Session) -> None:
    a_provider(session, state="IL")
    far = a_provider(session, state="WI")
    scope = within([Scope(state="WI")])

    assert [each.id for each in browse(session, Wanted(), TODAY, scope=scope).listings] == [far.id]
    assert matching_ids(session, Wanted(), TODAY, scope=scope, most=10) == [far.id]


def test_listings_are_sorted_as_asked(session: Session) -> None:
    for name, due in (("Beta", 3), ("Alpha", 9), ("Gamma", None)):
        a_provider(session, name=name, review_due_on=due and TODAY + dt.timedelta(days=due))

    assert names(session) == ["Alpha", "Beta", "Gamma"]
    assert names(session, order=Order.DUE) == ["Gamma", "Beta", "Alpha"]
    assert names(session, order=Order.UPDATED) == ["Gamma", "Alpha", "Beta"]


def test_each_page_takes_as_many_queries_as_another_and_no_listing_stands_on_two(
    engine: Engine, session: Session
) -> None:
    for _ in range(PAGE + 3):
        a_provider(session, name="All alike")
    session.flush()

    with counted_queries(engine) as queries:
        pages = [browse(session, Wanted(), TODAY, page=page) for page in (1, 2)]

    assert [len(page.listings) for page in pages] == [PAGE, 3]
    assert {page.total for page in pages} == {PAGE + 3}
    assert len({row.id for page in pages for row in page.listings}) == PAGE + 3
    assert len(queries) == 2 * _QUERIES
