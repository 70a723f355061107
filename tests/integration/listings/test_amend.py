"""Changing a few facts, and taking the demonstration off."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.listings import Conflict, amend, fictional_are_shown, retire_fictional
from finder.models import DirectoryVersion, Provider, Revision
from tests.factories import A_CHANGE, a_provider, a_source


def test_only_the_named_facts_change(session: Session) -> None:
    listing = a_provider(session, name="Lakeview", website="https://lakeview.example/")

    assert amend(session, {listing.id: {"alert": "Closed for a storm"}}, A_CHANGE) == 1

    session.refresh(listing)
    assert (listing.alert, listing.website, listing.version) == ("Closed for a storm", "https://lakeview.example/", 2)


def test_an_amendment_that_says_what_is_so_already_writes_nothing(session: Session) -> None:
    listing = a_provider(session, name="Lakeview")
    before = session.scalar(select(DirectoryVersion.version))

    assert amend(session, {listing.id: {"name": "Lakeview"}}, A_CHANGE) == 0

    assert session.scalar(select(func.count()).select_from(Revision)) == 1
    assert session.scalar(select(DirectoryVersion.version)) == before


def test_a_fact_that_no_listing_has_is_refused(session: Session) -> None:
    listing = a_provider(session)

    with pytest.raises(KeyError):
        amend(session, {listing.id: {"colour": "green"}}, A_CHANGE)


def test_an_amendment_made_for_another_version_is_refused_as_a_whole(session: Session) -> None:
    first, second = a_provider(session, alert=""), a_provider(session, alert="")
    amend(session, {second.id: {"fees": "Free"}}, A_CHANGE)
    amendments = {first.id: {"alert": "Moved"}, second.id: {"alert": "Moved"}}

    with pytest.raises(Conflict, match="at version 2, not at 1"):
        amend(session, amendments, A_CHANGE, versions={first.id: 1, second.id: 1})

    session.refresh(first)
    assert first.alert == ""
    assert amend(session, amendments, A_CHANGE, versions={first.id: 1, second.id: 2}) == 2


def test_hundreds_of_listings_are_amended_at_once(session: Session) -> None:
    ids = [a_provider(session).id for _ in range(3)] + [a_provider(session, alert="Moved").id]

    assert amend(session, {id_: {"alert": "Moved"} for id_ in ids}, A_CHANGE) == 3


def test_demonstration_listings_are_taken_off_and_kept_and_real_ones_stay(session: Session) -> None:
    a_source(session, "demonstration", fictional=True)
    invented, real = a_provider(session, source="demonstration"), a_provider(session)
    assert fictional_are_shown(session)

    assert retire_fictional(session, A_CHANGE) == 1

    session.refresh(invented)
    session.refresh(real)
    assert (invented.status, real.status) == (Status.RETIRED, Status.PUBLISHED)
    assert not fictional_are_shown(session)
    assert session.scalar(select(func.count()).select_from(Provider)) == 2


def test_taking_the_demonstration_off_twice_changes_nothing_the_second_time(session: Session) -> None:
    a_source(session, "demonstration", fictional=True)
    a_provider(session, source="demonstration")
    retire_fictional(session, A_CHANGE)

    assert retire_fictional(session, A_CHANGE) == 0
