"""Saving what sources say."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.listings import Change, Conflict, Outcome, amend, save_all
from finder.listings.stored import load_stored
from finder.listings.write import public_id, update_listings
from finder.models import (
    Base,
    DirectoryVersion,
    Organization,
    Provider,
    ProviderPhone,
    ProviderSchedule,
    ProviderTag,
    Revision,
)
from tests.factories import A_CHANGE, NOW, a_draft, a_provider, a_source, tags

WRITTEN = (Provider, ProviderPhone, ProviderTag, ProviderSchedule, Organization, Revision, DirectoryVersion)


@pytest.fixture(autouse=True)
def _county_list(session: Session) -> None:
    a_source(session)
    session.commit()


def rows(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def directory_version(session: Session) -> int:
    return session.scalar(select(DirectoryVersion.version)) or 0


def revisions(session: Session) -> list[Revision]:
    return list(session.scalars(select(Revision).order_by(Revision.provider_id, Revision.version)))


def the_listing(session: Session) -> Provider:
    return session.scalars(select(Provider).execution_options(populate_existing=True)).one()


def test_a_new_listing_has_a_first_revision_that_says_who_when_and_why(session: Session) -> None:
    outcomes = save_all(session, [a_draft(name="Lakeview")], Change(by="Ana", at=NOW, reason="first list"))

    assert outcomes == {Outcome.CREATED: 1}
    (revision,) = revisions(session)
    assert (revision.version, revision.by, revision.at, revision.reason) == (1, "Ana", NOW, "first list")
    assert revision.changes["name"] == [None, "Lakeview"]
    assert the_listing(session).version == 1


def test_a_listing_has_the_same_public_id_in_every_database(session: Session) -> None:
    a_provider(session, source_ref="place-7")

    assert str(the_listing(session).public_id) == str(public_id("county-list", "place-7"))
    assert public_id("county-list", "place-7") != public_id("another-list", "place-7")


def test_a_second_save_of_the_same_facts_writes_nothing(session: Session) -> None:
    draft = a_draft()
    save_all(session, [draft], A_CHANGE)
    before = directory_version(session)

    outcomes = save_all(session, [draft], A_CHANGE)

    assert outcomes[Outcome.UNCHANGED] == outcomes.total() == 1
    assert directory_version(session) == before
    assert rows(session, Revision) == 1
    assert the_listing(session).version == 1


def test_a_change_is_one_revision_with_only_what_changed(session: Session) -> None:
    save_all(session, [a_draft(source_ref="a", name="Lakeview")], A_CHANGE)
    before = directory_version(session)
    changed = a_draft(source_ref="a", name="Lakeview", address_1=the_listing(session).address_1, website="")

    outcomes = save_all(session, [changed], Change(by="Ben", at=NOW))

    assert outcomes[Outcome.UPDATED] == outcomes.total() == 1
    _, second = revisions(session)
    assert (second.version, second.by) == (2, "Ben")
    assert second.changes == {"website": ["https://lakeview.example/", ""]}
    assert the_listing(session).version == 2
    assert directory_version(session) > before


def test_phones_tags_and_hours_that_a_source_dropped_are_gone(session: Session) -> None:
    draft = a_draft(source_ref="a", tags=tags("level_of_care:detox", "payment:medicaid"))
    save_all(session, [draft], A_CHANGE)

    save_all(session, [a_draft(source_ref="a", phones=(), schedules=(), tags=tags("level_of_care:detox"))], A_CHANGE)

    (stored,) = load_stored(session)
    assert stored.facts["phones"] == stored.facts["schedules"] == ()
    assert stored.facts["tags"] == tags("level_of_care:detox")


def test_one_import_may_bring_new_changed_and_known_listings_of_several_sources(session: Session) -> None:
    a_source(session, "state-list")
    known, changing = a_draft(), a_draft(source_ref="b")
    save_all(session, [known, changing], A_CHANGE)

    outcomes = save_all(
        session, [known, a_draft(source_ref="b", name="New name"), a_draft(), a_draft(source="state-list")], A_CHANGE
    )

    assert outcomes == {Outcome.CREATED: 2, Outcome.UPDATED: 1, Outcome.UNCHANGED: 1}


def test_more_listings_than_fit_in_one_statement_are_all_saved(session: Session) -> None:
    save_all(session, (a_draft() for _ in range(1_203)), A_CHANGE)

    assert rows(session, Provider) == rows(session, Revision) == 1_203


def test_two_sources_may_call_different_places_by_the_same_name(session: Session) -> None:
    a_source(session, "state-list")

    save_all(session, [a_draft(source_ref="1"), a_draft(source="state-list", source_ref="1")], A_CHANGE)

    assert rows(session, Provider) == 2


def test_places_of_one_organization_share_it(session: Session) -> None:
    save_all(session, [a_draft(organization="Lakeview Health"), a_draft(organization="Lakeview Health")], A_CHANGE)
    save_all(session, [a_draft(organization="Lakeview Health"), a_draft(organization="")], A_CHANGE)

    assert rows(session, Organization) == 1


def test_what_is_rolled_back_leaves_nothing_anywhere(session: Session) -> None:
    save_all(session, [a_draft(), a_draft()], A_CHANGE)

    session.rollback()

    assert {table: rows(session, table) for table in WRITTEN} == dict.fromkeys(WRITTEN, 0)


def test_a_save_that_fails_in_the_middle_leaves_nothing_of_the_listings_before_it(session: Session) -> None:
    good = [a_draft() for _ in range(700)]

    with pytest.raises(IntegrityError):
        save_all(session, [*good, a_draft(source_ref="twice"), a_draft(source_ref="twice")], A_CHANGE)
    session.rollback()

    assert {table: rows(session, table) for table in WRITTEN} == dict.fromkeys(WRITTEN, 0)


def test_a_listing_of_a_source_that_is_not_known_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError):
        save_all(session, [a_draft(source="nobody")], A_CHANGE)


def test_a_save_over_somebody_elses_change_is_a_conflict_and_changes_nothing(session: Session) -> None:
    a_provider(session, name="Lakeview")
    session.commit()
    (read_before,) = load_stored(session)
    amend(session, {read_before.id: {"name": "Lakeview Center"}}, A_CHANGE)
    session.commit()

    with pytest.raises(Conflict):
        update_listings(session, [(read_before, {**read_before.facts, "name": "Lake View"})], A_CHANGE)
    session.rollback()

    assert the_listing(session).name == "Lakeview Center"
    assert rows(session, Revision) == 2


def test_a_finer_position_outlives_the_next_edition_at_the_same_address_only(session: Session) -> None:
    address = {"source_ref": "a", "address_1": "1 Example Street"}
    listing = a_provider(session, **address)
    door = Point(41.8901, -87.6301)
    amend(session, {listing.id: {"point": door, "precision": Precision.ADDRESS}}, A_CHANGE)

    save_all(session, [a_draft(**address, name="Renamed")], A_CHANGE)
    assert (the_listing(session).name, the_listing(session).point) == ("Renamed", door)

    save_all(session, [a_draft(source_ref="a", address_1="2 Example Street")], A_CHANGE)
    assert the_listing(session).precision is Precision.ZIP


def test_what_a_person_decided_in_a_review_outlives_the_next_edition(session: Session) -> None:
    waiting = a_draft(status=Status.DRAFT, review_reason="No level of care")
    save_all(session, [waiting], A_CHANGE)
    amend(session, {the_listing(session).id: {"status": Status.PUBLISHED}}, A_CHANGE)

    outcomes = save_all(session, [waiting], A_CHANGE)

    assert outcomes[Outcome.UNCHANGED] == 1
    assert the_listing(session).status is Status.PUBLISHED
