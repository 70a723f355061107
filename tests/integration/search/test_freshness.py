"""What a change costs, and how processes of one machine share a snapshot."""

import datetime as dt
import threading
import uuid
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.listings import amend
from finder.models import DirectoryVersion, Provider
from finder.search import Criteria, Directory, Snapshot, search
from finder.search.engine import find
from finder.search.matching import count
from tests.factories import A_CHANGE, NOW, a_provider

EVERYTHING = Criteria(radius_miles=None, page_size=100)


def save(session: Session, number: int) -> list[Provider]:
    saved = [a_provider(session, name=f"Place {place}") for place in range(number)]
    session.commit()
    return saved


def rename(session: Session, listings: list[Provider], name: str) -> None:
    amend(session, {listing.id: {"name": name} for listing in listings}, A_CHANGE)
    session.commit()


def directory(engine: Engine, folder: Path | None = None) -> Directory:
    return Directory(engine, clock=lambda: NOW, folder=folder)


def wait_for_merge() -> None:
    for thread in threading.enumerate():
        if thread.name == "merge of the search snapshot":
            thread.join()


def answer(snapshot: Snapshot) -> str:
    return repr(find(snapshot, EVERYTHING, NOW))


def test_a_change_leaves_the_base_as_it_is_and_stands_beside_it(engine: Engine, session: Session) -> None:
    listings = save(session, 5)
    searched = directory(engine)
    before = searched.refresh()
    rename(session, listings[:1], "Hope House")
    after = searched.refresh()
    assert after.parts[0].segment is before.parts[0].segment
    assert (after.changes, count(after, Criteria(text="hope")), count(after, EVERYTHING)) == (1, 1, 5)
    assert answer(after) == answer(directory(engine).refresh())


def test_a_listing_that_is_changed_again_and_taken_off_is_gone(engine: Engine, session: Session) -> None:
    listings = save(session, 2)
    searched = directory(engine)
    searched.refresh()
    for facts in ({"name": "Hope House"}, {"name": "Hope Center"}, {"status": Status.HIDDEN}):
        amend(session, {listings[0].id: facts}, A_CHANGE)
        session.commit()
        searched.refresh()
    assert count(searched.refresh(), EVERYTHING) == 1
    amend(session, {listings[0].id: {"status": Status.PUBLISHED}}, A_CHANGE)
    session.commit()
    assert answer(searched.refresh()) == answer(directory(engine).refresh())


def test_whoever_saved_sees_the_change_at_once(engine: Engine, session: Session) -> None:
    listings = save(session, 1)
    searched = directory(engine)
    searched.refresh()
    rename(session, listings, "Hope House")
    version = session.get_one(DirectoryVersion, 1).version
    assert searched.refresh(at_least=version).version == version


def test_the_database_is_asked_for_changes_only_now_and_then(engine: Engine, session: Session) -> None:
    listings = save(session, 1)
    now = NOW
    searched = Directory(engine, clock=lambda: now, look_every=dt.timedelta(seconds=1))
    searched.refresh()
    rename(session, listings, "Hope House")
    hope = Criteria(text="hope")
    assert count(searched.refresh(), hope) == 0
    now += dt.timedelta(seconds=1)
    assert count(searched.refresh(), hope) == 1


def test_whoever_saved_waits_for_no_interval(engine: Engine, session: Session) -> None:
    listings = save(session, 1)
    searched = Directory(engine, clock=lambda: NOW, look_every=dt.timedelta(seconds=60))
    searched.refresh()
    rename(session, listings, "Hope House")
    version = session.get_one(DirectoryVersion, 1).version
    assert count(searched.refresh(at_least=version), Criteria(text="hope")) == 1


def test_many_changes_become_part_of_the_base(engine: Engine, session: Session) -> None:
    listings = save(session, 320)
    searched = directory(engine)
    searched.refresh()
    rename(session, listings[:310], "Hope House")
    assert len(searched.refresh().parts) == 2
    wait_for_merge()
    merged = searched.refresh()
    assert (len(merged.parts), merged.changes, count(merged, Criteria(text="hope"))) == (1, 0, 310)
    assert answer(merged) == answer(directory(engine).refresh())


def test_a_process_that_starts_from_the_file_reads_only_what_changed_since(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    listings = save(session, 5)
    directory(engine, tmp_path).refresh()
    rename(session, listings[:2], "Hope House")
    started = directory(engine, tmp_path).refresh()
    assert [part.size for part in started.parts] == [3, 2]
    assert answer(started) == answer(directory(engine).refresh())


def test_a_damaged_file_is_replaced(engine: Engine, session: Session, tmp_path: Path) -> None:
    save(session, 3)
    expected = answer(directory(engine, tmp_path).refresh())
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert answer(directory(engine, tmp_path).refresh()) == expected
    assert len(path.read_bytes()) == len(whole)


def test_a_folder_that_cannot_be_written_to_does_not_keep_anybody_from_searching(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    save(session, 3)
    no_folder = tmp_path / "a file"
    no_folder.touch()
    assert search(directory(engine, no_folder), EVERYTHING).total == 3


def test_a_directory_whose_database_was_replaced_is_read_anew(engine: Engine, session: Session, tmp_path: Path) -> None:
    listings = save(session, 3)
    searched = directory(engine, tmp_path)
    searched.refresh()
    # Past everything that notes changes, as when another database is put in place of this one.
    session.execute(update(Provider).where(Provider.id == listings[0].id).values(status=Status.HIDDEN))
    session.execute(update(DirectoryVersion).values(uid=uuid.UUID(int=1)))
    session.commit()
    assert count(searched.refresh(), EVERYTHING) == 2
    assert count(directory(engine, tmp_path).refresh(), EVERYTHING) == 2


@pytest.mark.parametrize("status", [Status.HIDDEN, Status.DRAFT])
def test_an_unpublished_listing_that_changes_does_not_appear(engine: Engine, session: Session, status: Status) -> None:
    reason = "look at it" if status is Status.DRAFT else ""
    hidden = a_provider(session, status=status, review_reason=reason)
    session.commit()
    searched = directory(engine)
    searched.refresh()
    rename(session, [hidden], "Hope House")
    assert count(searched.refresh(), EVERYTHING) == 0


def test_each_listing_knows_the_version_at_which_it_last_changed(session: Session) -> None:
    first, second = save(session, 2)
    rename(session, [second], "Hope House")
    session.expire_all()
    now = session.get_one(DirectoryVersion, 1).version
    assert first.directory_version < second.directory_version == now
