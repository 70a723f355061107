"""A copy of a whole database in one file, made while it is in use, and a database made of such a copy."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from finder.ops.digests import TableDigest, digests


class BackupError(Exception):
    """A backup can't be made, or can't be trusted; the message says why and what to do."""


class Copier(Protocol):
    """How a kind of database is copied."""

    @property
    def file_name(self) -> str:
        """What the file of a copy is called."""

    def copy(self, url: str, file: Path) -> dict[str, TableDigest]:
        """Copy the database at one moment of it into a file; what it held then."""

    def load(self, file: Path, url: str) -> None:
        """Make the empty database at the address what the file says."""


def copier_of(url: str) -> Copier:
    """How the database at this address is copied."""
    return _Sqlite() if make_url(url).get_backend_name() == "sqlite" else _Postgres()


def digests_at(url: str) -> dict[str, TableDigest]:
    """What the database at the address holds now."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return digests(connection)


class _Sqlite:
    file_name = "database.sqlite3"

    def copy(self, url: str, file: Path) -> dict[str, TableDigest]:
        source = Path(make_url(url).database or "")
        if not source.is_file():
            raise BackupError(f"There is no database at {source}.")
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(file)) as there:
            here.backup(there)  # all pages in one step: a moment's state, and writers go on meanwhile
            there.execute("PRAGMA journal_mode = DELETE")  # one file, whole by itself
            (found,) = there.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise BackupError(f"The database is damaged: {found}")
        return digests_at(f"sqlite:///{file}")

    def load(self, file: Path, url: str) -> None:
        target = Path(make_url(url).database or "")
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)


class _Postgres:
    file_name = "database.dump"

    def copy(self, url: str, file: Path) -> dict[str, TableDigest]:
        engine = create_engine(url, isolation_level="REPEATABLE READ", poolclass=NullPool)
        with engine.connect() as connection:
            # What is counted here and what the other process copies is one moment's state.
            moment = connection.scalar(text("SELECT pg_export_snapshot()"))
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={file}"]
            _run("pg_dump", url, *options)
            return digests(connection)

    def load(self, file: Path, url: str) -> None:
        options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        _run("pg_restore", url, *options, str(file))


def _run(program: str, url: str, *options: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, which other users can't see."""
    address = make_url(url)
    environment = {**os.environ, **({"PGPASSWORD": str(address.password)} if address.password else {})}
    command = [program, f"--dbname={_libpq(address)}", *options]
    try:
        # No shell, and nothing in it but the operator's own settings.
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 (so)
    except FileNotFoundError:
        raise BackupError(f"{program} is missing: install the package postgresql-client.") from None
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")


def _libpq(address: URL) -> str:
    """The address as PostgreSQL's own programs read it, without the password."""
    bare = URL.create("postgresql", address.username, None, address.host, address.port, address.database, address.query)
    return bare.render_as_string(hide_password=False)
