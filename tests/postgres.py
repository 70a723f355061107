"""A PostgreSQL server of the tests' own: in a temporary folder, on a Unix socket, gone when they end."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import create_engine, text

_OLDEST = 15
_MEND = "install the package `postgresql` (15 or newer); `make test` does it where it may"
# Nothing outlives these databases, so nothing has to reach the disk.
_HASTY = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server that trusts everyone who reaches its socket in ``folder``."""

    folder: Path
    programs: "Programs"

    def start(self) -> None:
        """Start it again."""
        self.programs.start()

    def stop(self) -> None:
        """Stop it as a machine does that loses power."""
        self.programs.stop()

    def kill(self) -> None:
        """End all its processes at once, as the kernel does when memory runs out; it isn't started again."""
        for pid in self._pids():
            with suppress(ProcessLookupError):  # a child that saw its parent end
                os.kill(pid, signal.SIGKILL)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Meanwhile none of its processes does anything, but nobody is told."""
        pids = self._pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def _pids(self) -> list[int]:
        """The postmaster, which must not start another, and then its children."""
        postmaster = (self.folder / "data" / "postmaster.pid").read_text().splitlines()[0]
        children = subprocess.run(["pgrep", "--parent", postmaster], capture_output=True, text=True, check=True).stdout
        return [int(pid) for pid in (postmaster, *children.split())]

    def url(self, database: str) -> str:
        """SQLAlchemy's address of a database on this server."""
        return f"postgresql+psycopg://finder@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database, empty or a copy of ``template``; gives its address."""
        self._execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Take a database away if it is there, whoever is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def private_server() -> Iterator[PostgresServer]:
    """A server while it is needed. Raises ``RuntimeError``, naming the mend, where PostgreSQL isn't there."""
    # Not below pytest's folders: the path of a Unix socket may have 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="finder-pg-"))
    try:
        server = Programs(folder)
        server.run("initdb", "--username=finder", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        server.start()
        try:
            yield PostgresServer(folder, server)
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


class Programs:
    """PostgreSQL's programs on one data folder; as root under its own user, since they refuse root."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = MappingProxyType(_HASTY)) -> None:
        self._programs, self._folder, self._settings = _programs(), folder, settings
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)

    def start(self) -> None:
        """Start the server; it answers then."""
        settings = " ".join(f"-c {name}='{value}'" for name, value in self._settings.items())
        self.run("pg_ctl", "start", "--wait", f"--log={self._folder}/log", f"--options=-k {self._folder} {settings}")

    def stop(self) -> None:
        """Stop it as a machine does that loses power."""
        self.run("pg_ctl", "stop", "--mode=immediate")

    def run(self, program: str, *options: str) -> None:
        """One of PostgreSQL's own programs with these options."""
        subprocess.run(
            [self._programs / program, f"--pgdata={self._folder}/data", *options],
            user=self._user,
            extra_groups=[] if self._user else None,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _programs() -> Path:
    """The folder of the newest server's programs; Debian keeps them out of the search path."""
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    found += [initdb.parent for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    newest = max(found, key=_version, default=None)
    if newest is None or _version(newest) < _OLDEST:
        raise RuntimeError(f"no PostgreSQL {_OLDEST} or newer here: {_MEND}")
    return newest


def _version(programs: Path) -> int:
    answer = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"\d+", answer)
    return int(match[0]) if match else 0
