"""A backup is whole, tells when it isn't, and comes back as it was."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from finder.config import Settings
from finder.models import Provider
from finder.models.connection import begin_writing, engine_options
from finder.ops.backup import back_up, forget_old, read_backup, restore, verify
from finder.ops.copies import BackupError
from tests.databases import Databases
from tests.factories import a_provider

NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def other_url(databases: Databases) -> Iterator[str]:
    """The address of another database, which is empty."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def three_places(session: Session) -> None:
    """A directory of three listings."""
    for name in ("Harbor House", "Lantern Clinic", "Maple Center"):
        a_provider(session, name=name)
    session.commit()


def listed(url: str) -> list[str]:
    """The names of the listings of a database."""
    engine = create_engine(url, poolclass=NullPool)
    with Session(engine) as session:
        return list(session.scalars(select(Provider.name).order_by(Provider.name)))


@pytest.mark.usefixtures("three_places")
def test_what_was_backed_up_comes_back_and_is_served(
    make_app: Callable[[Settings], Flask], database_url: str, other_url: str, tmp_path: Path
) -> None:
    made = back_up(database_url, tmp_path / "backups", NOON)

    restore(read_backup(made.folder), other_url)

    assert listed(other_url) == ["Harbor House", "Lantern Clinic", "Maple Center"]
    client = make_app(Settings(database_url=other_url, instance_folder=tmp_path)).test_client()
    assert "Lantern Clinic" in client.get("/search?near=60601").text


def test_a_backup_under_writes_has_all_that_was_saved_before_it_and_is_one_moments_state(
    database_url: str, tmp_path: Path
) -> None:
    saved, stop = [0], threading.Event()
    writer = threading.Thread(target=_write_on, args=(database_url, saved, stop))
    writer.start()
    try:
        for hour in range(3):
            before = saved[0]
            made = back_up(database_url, tmp_path, NOON + dt.timedelta(hours=hour))
            assert before <= made.tables["provider"].rows <= saved[0] + 1
            assert made.tables["revision"].rows == made.tables["provider"].rows
            verify(read_backup(made.folder), database_url)
    finally:
        stop.set()
        writer.join()
    assert saved[0] > 0


@pytest.mark.usefixtures("three_places")
def test_a_backup_that_was_changed_since_is_not_trusted(database_url: str, tmp_path: Path) -> None:
    made = back_up(database_url, tmp_path, NOON)
    content = bytearray(made.file.read_bytes())
    content[len(content) // 2] ^= 1
    made.file.write_bytes(content)

    with pytest.raises(BackupError, match="checksum differs"):
        read_backup(made.folder)


@pytest.mark.usefixtures("three_places")
def test_a_database_in_use_is_never_overwritten(database_url: str, tmp_path: Path) -> None:
    made = back_up(database_url, tmp_path, NOON)

    with pytest.raises(BackupError, match="isn't empty"):
        restore(made, database_url)
    assert len(listed(database_url)) == 3


def test_only_its_owner_may_read_a_backup(database_url: str, tmp_path: Path) -> None:
    made = back_up(database_url, tmp_path / "backups", NOON)

    assert made.folder.stat().st_mode & 0o077 == 0


def test_the_newest_backups_stay_and_so_does_what_is_none(database_url: str, tmp_path: Path) -> None:
    made = [back_up(database_url, tmp_path, NOON + dt.timedelta(days=day)).folder for day in range(3)]
    (tmp_path / "finder-notes").mkdir()

    assert forget_old(tmp_path, keep=2) == made[:1]
    assert sorted(each.name for each in tmp_path.iterdir()) == [*(each.name for each in made[1:]), "finder-notes"]


def test_the_commands_say_what_they_did_and_what_they_could_not(
    make_app: Callable[[Settings], Flask], database_url: str, other_url: str, tmp_path: Path
) -> None:
    def run(url: str, *words: str) -> tuple[int, str]:
        runner = FlaskCliRunner(make_app(Settings(database_url=url, instance_folder=tmp_path)))
        result = runner.invoke(args=words)
        return result.exit_code, result.output

    folder = tmp_path / "backups"
    assert "rows in" in run(database_url, "backup", str(folder))[1]
    (made,) = folder.iterdir()
    code, told = run(database_url, "restore", str(made), "--verify")
    assert code == 0
    assert "can be restored" in told
    assert run(database_url, "restore", str(made)) == (
        1,
        "Error: The database isn't empty. Set FINDER_DATABASE_URL to a new one; nothing was changed.\n",
    )
    assert run(other_url, "restore", str(made))[0] == 0
    assert "no manifest" in run(other_url, "restore", str(tmp_path))[1]


def _write_on(url: str, saved: list[int], stop: threading.Event) -> None:
    """Save one listing after the other, each in its own transaction, and count those that were acknowledged."""
    engine = create_engine(url, **engine_options(url))
    while not stop.is_set():
        with Session(engine) as session:
            begin_writing(session)
            a_provider(session)
            session.commit()
        saved[0] += 1
    engine.dispose()
