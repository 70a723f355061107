"""The snapshot against the database: what it shows, when it sees a change, and what a search costs."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.domain.geo import Place, Point, Precision
from finder.domain.listing import Status
from finder.domain.vocabulary import Code, Facet
from finder.listings import amend
from finder.models import Provider
from finder.search import Criteria, Directory, Results, search, search_widening
from finder.search.matching import count
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_provider, tags

CHICAGO = Place(label="Chicago, IL", point=Point(41.8858, -87.6229), precision=Precision.CITY, state="IL")
NEAR_CHICAGO = Criteria(near=CHICAGO)
NOT_PUBLISHED = [Status.HIDDEN, Status.RETIRED, Status.DRAFT]


@pytest.fixture
def directory(engine: Engine) -> Directory:
    return Directory(engine, clock=lambda: NOW)


def names(results: Results) -> list[str]:
    return [hit.listing.name for hit in results.hits]


def save(session: Session, **changes: Any) -> Provider:
    saved = a_provider(session, **changes)
    session.commit()
    return saved


def change(session: Session, listing: Provider, **facts: Any) -> None:
    amend(session, {listing.id: facts}, A_CHANGE)
    session.commit()


def test_an_empty_directory_is_searched(directory: Directory) -> None:
    results = search(directory, NEAR_CHICAGO)
    assert (results.total, results.pages, results.hits, results.version) == (0, 1, (), 0)
    assert results.as_of == NOW


def test_a_listing_is_found_with_all_that_belongs_to_it(directory: Directory, session: Session) -> None:
    save(session, name="Hope House", organization="Hope Inc.", tags=tags("level_of_care:detox", "payment:medicaid"))
    results = search(
        directory, Criteria(near=CHICAGO, text="inc", needs={Facet("payment"): frozenset({Code("medicaid")})})
    )
    (hit,) = results.hits
    assert hit.distance_miles == pytest.approx(0, abs=0.001)
    assert hit.listing.organization == "Hope Inc."
    assert [phone.national for phone in hit.listing.phones] == ["312-555-0123", "312-555-0124"]
    assert [tag.code for tag in hit.listing.tags] == ["detox", "medicaid"]


@pytest.mark.parametrize("status", NOT_PUBLISHED)
def test_what_is_not_published_is_in_no_result_and_no_count(
    directory: Directory, session: Session, status: Status
) -> None:
    reason = "look at it" if status is Status.DRAFT else ""
    save(session, status=status, review_reason=reason, tags=tags("payment:medicaid"))
    save(session, status=status, review_reason=reason, point=None, precision=Precision.NONE)
    results = search_widening(directory, NEAR_CHICAGO)
    assert (results.total, results.unmapped) == (0, 0)
    assert not any(count for codes in results.counts.values() for count in codes.values())


def test_a_committed_change_is_seen_by_the_next_search(directory: Directory, session: Session) -> None:
    listing = save(session, name="Hope House")
    before = search(directory, NEAR_CHICAGO)
    change(session, listing, name="Hope Center")
    after = search(directory, NEAR_CHICAGO)
    assert (names(before), names(after)) == (["Hope House"], ["Hope Center"])
    assert after.version > before.version


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.RETIRED])
def test_a_listing_taken_off_is_gone_from_the_next_search(
    directory: Directory, session: Session, status: Status
) -> None:
    listing = save(session)
    assert search(directory, NEAR_CHICAGO).total == 1
    change(session, listing, status=status)
    assert search(directory, NEAR_CHICAGO).total == 0


def test_a_change_that_is_not_committed_is_not_seen(directory: Directory, session: Session) -> None:
    a_provider(session)
    session.flush()
    assert search(directory, NEAR_CHICAGO).total == 0


def test_a_directory_that_did_not_change_is_not_read_again(
    directory: Directory, session: Session, engine: Engine
) -> None:
    save(session)
    snapshot = directory.refresh()
    with counted_queries(engine) as statements:
        assert directory.refresh() is snapshot
    assert len(statements) == 1


def test_a_page_takes_as_many_queries_for_twenty_listings_as_for_one(
    directory: Directory, session: Session, engine: Engine
) -> None:
    counts = []
    for more in (1, 19):
        for _ in range(more):
            save(session)
        directory.refresh()
        with counted_queries(engine) as statements:
            search(directory, Criteria(near=CHICAGO, page_size=20))
        counts.append(len(statements))
    assert counts == [2, 2], "the directory's version, and the page with all that belongs to it"


def test_a_page_seen_before_is_not_read_again(directory: Directory, session: Session, engine: Engine) -> None:
    save(session)
    first = search(directory, NEAR_CHICAGO)
    with counted_queries(engine) as statements:
        again = search(directory, NEAR_CHICAGO)
    assert len(statements) == 1, "the directory's version"
    assert again.hits[0].listing is first.hits[0].listing


def test_a_listing_that_changed_is_read_again(directory: Directory, session: Session) -> None:
    listing = save(session, name="Hope House")
    search(directory, NEAR_CHICAGO)
    change(session, listing, name="New Hope House")
    assert [hit.listing.name for hit in search(directory, NEAR_CHICAGO).hits] == ["New Hope House"]


def test_a_listing_taken_off_between_search_and_page_is_left_out(directory: Directory, session: Session) -> None:
    gone, stays = save(session), save(session, name="Hope House")
    ids = directory.refresh().ids.tolist()
    change(session, gone, status=Status.HIDDEN)
    assert list(directory.load(ids, version=1)) == [stays.id]


def test_a_listing_due_for_review_is_stale_by_the_clock(engine: Engine, session: Session) -> None:
    due = dt.date(2026, 11, 1)
    save(session, name="Due", review_due_on=due, verified_on=dt.date(2026, 10, 31))
    save(session, name="Fresh", verified_on=dt.date(2026, 1, 1))
    day_of_review = dt.datetime.combine(due, dt.time(23), dt.UTC)
    assert names(search(Directory(engine, clock=lambda: day_of_review), NEAR_CHICAGO)) == ["Due", "Fresh"]
    assert names(search(Directory(engine, clock=lambda: NOW), NEAR_CHICAGO)) == ["Fresh", "Due"]


def test_the_distance_to_a_confidential_address_is_told_in_whole_miles(directory: Directory, session: Session) -> None:
    save(session, confidential=True, point=Point(41.95, -87.6229))
    assert [hit.distance_miles for hit in search(directory, NEAR_CHICAGO).hits] == [4.0]


def test_a_widened_search_keeps_what_was_asked(directory: Directory, session: Session) -> None:
    for _ in range(3):
        save(session, point=Point(42.4, -87.6229))
    results = search_widening(directory, NEAR_CHICAGO)
    assert (results.asked, results.criteria.radius_miles, results.total) == (NEAR_CHICAGO, 50, 3)
    assert [(step.before, step.after) for step in results.relaxed] == [(25, 50)]
    assert search(directory, NEAR_CHICAGO).total == 0


def test_all_threads_that_ask_first_share_one_snapshot(directory: Directory, session: Session) -> None:
    save(session)
    ready = threading.Barrier(8)

    def first_search() -> int:
        ready.wait()
        return id(directory.refresh())

    with ThreadPoolExecutor(8) as pool:
        snapshots = {future.result() for future in [pool.submit(first_search) for _ in range(8)]}
    assert len(snapshots) == 1


def test_threads_searching_while_listings_change_see_each_state_whole(directory: Directory, session: Session) -> None:
    """Both listings always change their names together: who sees two different names saw half a change."""
    twins = [save(session, name=f"Name {_NAMES[0]}"), save(session, name=f"Name {_NAMES[0]}")]
    directory.refresh()
    done = threading.Event()

    def search_on() -> list[set[str]]:
        seen = []
        while not done.is_set():
            snapshot = directory.refresh()
            seen.append({word for word in _NAMES if count(snapshot, Criteria(text=word))})
        return seen

    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(search_on) for _ in range(4)]
        for name in _NAMES[1:]:
            amend(session, {twin.id: {"name": f"Name {name}"} for twin in twins}, A_CHANGE)
            session.commit()
        done.set()
        states = [state for future in searches for state in future.result()]
    assert states
    assert all(len(state) == 1 for state in states)
    assert names(search(directory, NEAR_CHICAGO)) == [f"Name {_NAMES[-1]}"] * 2


_NAMES = [str(number) for number in range(20, 35)]
