"""Whatever was done to a listing can be taken back, exactly, and what was taken back too."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.listings import Change, ListingDraft, amend, save_all
from finder.listings.stored import load_stored
from finder.listings.timeline import the_stored
from finder.listings.undo import restore, undo, undoing
from finder.models import Revision
from tests.factories import A_CHANGE, NOW, a_provider, a_source, tags
from tests.saved import bytes_of
from tests.strategies import drafts

BACK = Change(by="Ben", at=NOW + dt.timedelta(days=1))


@pytest.fixture(autouse=True)
def _county_list(session: Session) -> None:
    a_source(session)
    session.commit()


@pytest.fixture
def examples(engine: Engine) -> int:
    """How many random histories to try: PostgreSQL takes longer over each."""
    return 60 if engine.dialect.name == "sqlite" else 15


def edit(session: Session, provider_id: int, **facts: Any) -> None:
    amend(session, {provider_id: facts}, A_CHANGE)


def newest_revision(session: Session) -> Revision:
    return session.scalars(select(Revision).order_by(Revision.version.desc()).limit(1)).one()


def test_going_back_to_any_point_of_any_history_gives_the_same_bytes(session: Session, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])
    @given(editions=st.lists(drafts(), min_size=1, max_size=5), data=st.data())
    def holds(editions: list[ListingDraft], data: st.DataObject) -> None:
        session.rollback()  # what an example left that was given up half way
        states: dict[int, bytes] = {}
        for edition in editions:
            save_all(session, [edition], A_CHANGE)
            (stored,) = load_stored(session)
            states[stored.version] = bytes_of(session, stored.id)
        for version in data.draw(st.lists(st.sampled_from(sorted(states)), min_size=1, max_size=3)):
            restore(session, stored.id, version, BACK)
            assert bytes_of(session, stored.id) == states[version]
            states[the_stored(session, stored.id).version] = states[version]
        assert session.scalar(select(func.count()).select_from(Revision)) == max(states)

    holds()


def test_taking_the_last_change_back_gives_the_bytes_from_before_it(session: Session, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])
    @given(first=drafts(), second=drafts())
    def holds(first: ListingDraft, second: ListingDraft) -> None:
        session.rollback()  # what an example left that was given up half way
        save_all(session, [first], A_CHANGE)
        (stored,) = load_stored(session)
        before = bytes_of(session, stored.id)
        save_all(session, [second], A_CHANGE)
        if bytes_of(session, stored.id) != before:
            assert undo(session, stored.id, 2, BACK).conflicts == ()
        assert bytes_of(session, stored.id) == before

    holds()


def test_what_is_taken_back_is_one_more_change_with_a_name_and_a_reason(session: Session) -> None:
    listing = a_provider(session, website="https://lakeview.example/")
    edit(session, listing.id, website="https://mistake.example/")

    undo(session, listing.id, 2, BACK)

    revision = newest_revision(session)
    assert (revision.version, revision.by, revision.reason) == (3, "Ben", "Change 2 taken back")
    assert revision.changes == {"website": ["https://mistake.example/", "https://lakeview.example/"]}


def test_a_change_in_the_middle_is_taken_back_and_later_ones_of_other_facts_stay(session: Session) -> None:
    listing = a_provider(session, name="Lakeview", website="https://lakeview.example/")
    edit(session, listing.id, website="", tags=tags("level_of_care:detox"))
    edit(session, listing.id, name="Lakeview Center")

    done = undo(session, listing.id, 2, BACK)

    facts = the_stored(session, listing.id).facts
    assert (facts["name"], facts["website"]) == ("Lakeview Center", "https://lakeview.example/")
    assert facts["tags"] == tags("level_of_care:outpatient", "payment:medicaid")
    assert set(done.facts) == {"website", "tags"}
    assert done.conflicts == ()


def test_a_fact_that_changed_again_stays_and_is_named(session: Session) -> None:
    listing = a_provider(session, name="Lakeview", email="old@lakeview.example")
    edit(session, listing.id, name="Lake View", email="new@lakeview.example")
    edit(session, listing.id, name="Lakeview Center")

    done = undo(session, listing.id, 2, BACK)

    facts = the_stored(session, listing.id).facts
    assert (facts["name"], facts["email"]) == ("Lakeview Center", "old@lakeview.example")
    assert done.conflicts == ("name",)


def test_a_position_that_was_found_later_keeps_the_address_that_it_was_found_for(session: Session) -> None:
    listing = a_provider(session, address_1="1 Example Street")
    edit(session, listing.id, address_1="2 Example Street")
    edit(session, listing.id, point=Point(41.8901, -87.6301), precision=Precision.ADDRESS)

    assert undo(session, listing.id, 2, BACK).conflicts == ("address_1",)

    assert the_stored(session, listing.id).facts["address_1"] == "2 Example Street"


def test_a_change_that_was_taken_back_already_needs_nothing_more(session: Session) -> None:
    listing = a_provider(session, name="Lakeview")
    edit(session, listing.id, name="Lake View")
    undo(session, listing.id, 2, BACK)

    done = undo(session, listing.id, 2, BACK)

    assert (dict(done.facts), done.conflicts) == ({}, ())
    assert the_stored(session, listing.id).version == 3


def test_looking_at_what_would_be_taken_back_changes_nothing(session: Session) -> None:
    listing = a_provider(session, name="Lakeview")
    edit(session, listing.id, name="Lake View")

    assert undoing(session, listing.id, 2).facts == {"name": "Lakeview"}

    assert the_stored(session, listing.id).facts["name"] == "Lake View"


def test_a_listing_that_was_retired_by_mistake_is_back_with_one_step(session: Session) -> None:
    listing = a_provider(session)
    before = bytes_of(session, listing.id)
    edit(session, listing.id, status=Status.RETIRED)

    restore(session, listing.id, 1, BACK)

    assert bytes_of(session, listing.id) == before
    session.refresh(listing)
    assert listing.status is Status.PUBLISHED


def test_going_back_to_where_a_listing_is_writes_nothing(session: Session) -> None:
    listing = a_provider(session)

    assert not restore(session, listing.id, 1, BACK)

    assert newest_revision(session).version == 1


def test_the_change_that_made_a_listing_cannot_be_taken_back(session: Session) -> None:
    listing = a_provider(session)

    with pytest.raises(ValueError, match="it can be retired"):
        undo(session, listing.id, 1, BACK)


@pytest.mark.parametrize("version", [0, 2, -1])
def test_a_version_that_never_was_is_not_found(session: Session, version: int) -> None:
    listing = a_provider(session)

    with pytest.raises(LookupError):
        restore(session, listing.id, version, BACK)


def test_a_listing_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(LookupError):
        restore(session, 7, 1, BACK)
