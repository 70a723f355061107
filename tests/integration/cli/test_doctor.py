"""``finder doctor`` says what is wrong with an installation and what mends it."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.domain.problem import Problem
from finder.listings.problems import Said, store_report
from finder.ops.alive import note_alive
from finder.ops.backup import back_up
from tests.factories import a_provider, a_source
from tests.staff import SECRET_KEY

MakeApp = Callable[[Settings], Flask]
LONG_AGO = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


class Installation:
    """An installation, and what the doctor says of it."""

    def __init__(self, make_app: MakeApp, url: str, folder: Path, **settings: object) -> None:
        self._make_app = make_app
        own = {"database_url": url, "instance_folder": folder, "base_url": "https://finder.example"}
        self._settings = own | settings

    def examined(self, *options: str) -> tuple[int, list[str]]:
        """The exit code, and the lines about what isn't well."""
        runner = FlaskCliRunner(self._make_app(Settings(**self._settings)))
        result = runner.invoke(args=["doctor", *options], catch_exceptions=False)
        return result.exit_code, [line for line in result.output.splitlines() if not line.startswith("✔")]


@pytest.fixture
def installation(make_app: MakeApp, database_url: str, tmp_path: Path) -> Installation:
    """A new installation."""
    (tmp_path / "secret_key").touch(mode=0o600)
    (tmp_path / "secret_key").write_text(SECRET_KEY)
    note_alive(tmp_path)
    return Installation(make_app, database_url, tmp_path)


def test_a_sound_installation_is_only_reminded_of_its_mail(installation: Installation) -> None:
    code, told = installation.examined()

    assert code == 0
    assert [line.partition(":")[0] for line in told] == ["· mail"]


def test_a_database_without_its_tables_is_named_with_its_mend(
    make_app: MakeApp, empty_database_url: str, tmp_path: Path
) -> None:
    code, told = Installation(make_app, empty_database_url, tmp_path).examined()

    assert code == 1
    assert "✘ tables: are not those of this program: run `finder db upgrade`" in told


def test_a_database_that_is_gone_is_named(make_app: MakeApp, tmp_path: Path) -> None:
    code, told = Installation(make_app, "postgresql+psycopg://nobody@127.0.0.1:1/nothing", tmp_path).examined()

    assert code == 1
    assert "✘ database: does not answer (OperationalError)" in told[0]


def test_a_secret_that_others_can_read_is_none(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "secret_key").chmod(0o644)

    code, told = installation.examined()

    assert code == 1
    assert any(f"chmod 600 {tmp_path / 'secret_key'}" in line for line in told)


@pytest.mark.parametrize("weak", ["short", "abcabcabc" * 8])
def test_a_secret_that_is_easily_guessed_is_none(installation: Installation, tmp_path: Path, weak: str) -> None:
    (tmp_path / "secret_key").write_text(weak)

    code, told = installation.examined()

    assert code == 1
    assert any(line.startswith("✘ secret: is easily guessed") for line in told)


@pytest.mark.parametrize(
    ("older", "told"),
    [
        ("the secret that was here before this one", "· older secrets: 1 still taken: run `finder user seal-anew`"),
        (SECRET_KEY, "✘ older secrets: the present secret is one of FINDER_SECRET_KEY_FALLBACKS"),
    ],
)
def test_a_change_of_secrets_that_is_not_done_is_told(
    *, make_app: MakeApp, database_url: str, tmp_path: Path, older: str, told: str
) -> None:
    settings = {"secret_key": SECRET_KEY, "secret_key_fallbacks": [older]}
    _, lines = Installation(make_app, database_url, tmp_path, **settings).examined()

    assert any(line.startswith(told) for line in lines)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["0" * 40 + ":3", "0" * 39 + "A:12"], ""),
        (["password", "qwerty"], "has no sorted lines"),
        (["F" * 40 + ":12", "0" * 40 + ":3"], "has no sorted lines"),  # sorted by how often each was found
        ([], "has no sorted lines"),
    ],
)
def test_a_file_of_stolen_passwords_in_which_nothing_is_found_is_told(
    *, make_app: MakeApp, database_url: str, tmp_path: Path, lines: list[str], told: str
) -> None:
    file = tmp_path / "stolen.txt"
    file.write_text("".join(f"{line}\r\n" for line in lines))
    _, found = Installation(make_app, database_url, tmp_path, breached_passwords=file).examined()

    assert told in "".join(line for line in found if line.startswith("✘ breached passwords"))
    assert bool(told) == any("breached" in line for line in found)


def test_it_is_told_when_nobody_works_on_jobs(installation: Installation, tmp_path: Path) -> None:
    os.utime(tmp_path / "jobs-alive", (0, 0))
    assert any(line.startswith("✘ jobs: nobody has looked for any since 1970") for line in installation.examined()[1])

    (tmp_path / "jobs-alive").unlink()
    assert "· jobs: nobody works on uploads" in "".join(installation.examined()[1])


def test_it_is_told_that_a_demonstration_is_shown_and_old_words_are_kept(
    installation: Installation, session: Session
) -> None:
    a_source(session, fictional=True)
    place = a_provider(session)
    store_report(session, place.id, Said(problems=frozenset({Problem.PHONE}), text="Nobody there"), LONG_AGO)
    session.commit()

    code, told = installation.examined()

    assert code == 1
    assert any(line.startswith("· listings: demonstration") for line in told)
    assert any(line.startswith("✘ reports: 1 old ones") for line in told)


def test_backups_are_missed_when_there_are_none_or_they_are_old_or_damaged(
    installation: Installation, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"

    def told() -> str:
        code, lines = installation.examined("--backups", str(folder))
        return f"{code} {[line for line in lines if ' backups:' in line]}"

    assert "✘ backups: there is none" in told()
    back_up(database_url, folder, LONG_AGO)
    assert "✘ backups: the newest is of 2026-01-05" in told()
    made = back_up(database_url, folder, dt.datetime.now(dt.UTC))
    assert told() == "0 []"
    made.file.write_bytes(b"")
    assert "checksum differs" in told()
