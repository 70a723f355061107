"""Suspects are kept until a person decides, and decisions are remembered."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.domain.duplicates import Decision, Reason
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.listings import amend
from finder.listings.duplicates import Refreshed, decide, find_duplicates, keep_duplicates, suspects
from finder.models import Provider
from tests.databases import counted_queries
from tests.factories import A_CHANGE, a_provider


def the_same(session: Session, **changes: object) -> tuple[Provider, Provider]:
    """Two listings that say the same of one place; ``changes`` are of both."""
    place: dict[str, object] = {
        "name": "Lakeview",
        "address_1": "100 Example Street",
        "phones": (Phone("+13125550150"),),
    }
    return a_provider(session, **place | changes), a_provider(session, **place | changes)


def compare_all(session: Session) -> Refreshed:
    return keep_duplicates(session, find_duplicates(session))


def pairs(session: Session) -> list[tuple[int, int]]:
    return [(pair.first.id, pair.second.id) for pair in suspects(session)]


def test_two_listings_that_look_like_one_wait_for_a_person_with_the_reasons(session: Session) -> None:
    one, other = the_same(session)
    a_provider(session, name="Harbor House", phones=())

    assert compare_all(session) == Refreshed(waiting=1, new=1, dropped=0, decided=0)

    (pair,) = suspects(session)
    assert (pair.first.id, pair.second.id, pair.score) == (one.id, other.id, 100)
    assert pair.reasons == (Reason.SAME_PHONE, Reason.SAME_ADDRESS, Reason.SAME_NAME)


def test_comparing_again_finds_nothing_new(session: Session) -> None:
    the_same(session)
    compare_all(session)

    assert compare_all(session) == Refreshed(waiting=1, new=0, dropped=0, decided=0)


def test_who_was_told_apart_is_never_asked_about_again(session: Session) -> None:
    one, other = the_same(session)
    compare_all(session)

    decide(session, other.id, one.id, Decision.NOT_THE_SAME, A_CHANGE)

    assert pairs(session) == []
    assert compare_all(session) == Refreshed(waiting=0, new=0, dropped=0, decided=1)
    assert pairs(session) == []


def test_listings_can_be_told_apart_before_anybody_suspects_them(session: Session) -> None:
    one, other = the_same(session)

    decide(session, one.id, other.id, Decision.NOT_THE_SAME, A_CHANGE)

    assert compare_all(session).waiting == 0


def test_a_pair_that_no_longer_looks_alike_is_dropped(session: Session) -> None:
    _, other = the_same(session)
    compare_all(session)
    amend(session, {other.id: {"name": "Harbor House", "phones": (), "address_1": "7 Elm Street"}}, A_CHANGE)

    assert compare_all(session) == Refreshed(waiting=0, new=0, dropped=1, decided=0)


def test_a_pair_that_looks_less_alike_than_before_moves_down(session: Session) -> None:
    _, other = the_same(session)
    compare_all(session)
    amend(session, {other.id: {"phones": (Phone("+13125550199"),)}}, A_CHANGE)

    compare_all(session)

    (pair,) = suspects(session)
    assert pair.score < 100
    assert Reason.SAME_PHONE not in pair.reasons


def test_a_listing_that_was_retired_since_is_nobodys_duplicate(session: Session) -> None:
    one, _ = the_same(session)
    compare_all(session)

    amend(session, {one.id: {"status": Status.RETIRED}}, A_CHANGE)

    assert pairs(session) == []


def test_who_looks_after_one_state_sees_its_pairs(session: Session) -> None:
    the_same(session)
    vermont = the_same(session, state="VT", city="Burlington", postal_code="05401", name="Harbor House", phones=())
    compare_all(session)

    found = suspects(session, scope=Provider.state == "VT")

    assert [(pair.first.id, pair.second.id) for pair in found] == [(vermont[0].id, vermont[1].id)]


def test_a_page_of_pairs_takes_one_query(engine: Engine, session: Session) -> None:
    for _ in range(3):
        the_same(session)
    compare_all(session)
    session.commit()
    session.expunge_all()

    with counted_queries(engine) as queries:
        page = suspects(session, limit=2)

    assert len(page) == 2
    assert len(queries) == 1
