"""The copy of what results show, beside the database that it is for."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.listings import amend
from finder.models import DirectoryVersion, Provider
from finder.search import Reserve
from finder.search.listed import load_listed
from tests.factories import A_CHANGE, NOW, a_provider

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def reserve(tmp_path: Path) -> Reserve:
    return Reserve(tmp_path / "reserve.db")


def ids_of(session: Session, *listings: Provider) -> list[int]:
    session.commit()
    return [listing.id for listing in listings]


def test_it_has_each_listing_as_results_show_it(session: Session, engine: Engine, reserve: Reserve) -> None:
    ids = ids_of(
        session,
        a_provider(session, name="Hope House"),
        a_provider(
            session,
            organization="",
            phones=(),
            beds=3,
            accepting=True,
            availability_as_of=NOW,
            availability_expires=LATER,
        ),
    )
    reserve.update(engine)
    with engine.connect() as connection:
        expected = load_listed(connection, ids)
    assert {id_: vars(listing) for id_, listing in reserve.load(ids).items()} == {
        id_: vars(listing) for id_, listing in expected.items()
    }


def test_it_follows_changes_and_lets_go_of_what_is_no_longer_shown(
    session: Session, engine: Engine, reserve: Reserve
) -> None:
    renamed, retired, kept = ids_of(session, *(a_provider(session, name=name) for name in ("Hope", "Harbor", "Lake")))
    reserve.update(engine)
    amend(session, {renamed: {"name": "Hope House"}, retired: {"status": Status.RETIRED}}, A_CHANGE)
    session.commit()
    reserve.update(engine)
    assert {id_: listing.name for id_, listing in reserve.load([renamed, retired, kept]).items()} == {
        renamed: "Hope House",
        kept: "Lake",
    }


def test_a_database_that_was_put_back_is_copied_anew(session: Session, engine: Engine, reserve: Reserve) -> None:
    (listing,) = ids_of(session, a_provider(session, name="Hope House"))
    amend(session, {listing: {"fees": "None."}}, A_CHANGE)
    session.commit()
    reserve.update(engine)
    session.execute(update(Provider).values(name="Hope Center", directory_version=1))
    session.execute(update(DirectoryVersion).values(version=1))
    session.commit()
    reserve.update(engine)
    assert reserve.load([listing])[listing].name == "Hope Center"


def test_before_the_first_copy_it_has_nothing(reserve: Reserve) -> None:
    assert reserve.load([1, 2]) == {}
