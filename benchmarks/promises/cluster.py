"""A primary and its standby on this machine, on Unix sockets, each with a PgBouncer where that is installed."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, text

from tests.databases import migrate
from tests.postgres import PostgresServer, Programs

_DATABASE = "finder"
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "hot_standby_feedback": "on",
}
_SYNCHRONOUS = "ALTER SYSTEM SET synchronous_standby_names = '*'"
_PATIENCE = 60  # seconds until the standby must follow
_POOLER = """
[databases]
* = host={folder} user=finder
[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = {folder}/pool
auth_type = any
admin_users = finder
pool_mode = transaction
default_pool_size = 8
logfile = {folder}/pool/log
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Two servers. What the primary acknowledges, the standby has on its disk."""

    primary: PostgresServer
    standby: PostgresServer
    poolers: Sequence[subprocess.Popen[bytes]]

    def addresses(self, *, pooled: bool) -> dict[str, str]:
        """The settings of an application that changes the primary, whichever that is, and reads the standby."""
        below = "/pool" if pooled else ""
        hosts = ",".join(f"{server.folder}{below}" for server in (self.primary, self.standby))
        address = f"postgresql+psycopg://finder@/{_DATABASE}?host={hosts}&target_session_attrs="
        return {
            "FINDER_DATABASE_URL": f"{address}read-write",
            "FINDER_DATABASE_READ_URL": f"{address}prefer-standby",
        }

    def lose_primary(self) -> None:
        """End all that runs on the primary's machine."""
        for pooler in self.poolers[:1]:
            pooler.kill()
        self.primary.kill()

    def promote(self) -> None:
        """Make the standby the primary; it waits for no other then, since there is none."""
        self.standby.programs.run("pg_ctl", "promote", "--wait")
        if self.poolers:
            # It tells who connects what the server was when it last met it: deploy/patroni.yml has the same.
            console = f"host={self.standby.folder}/pool dbname=pgbouncer user=finder"
            with psycopg.connect(console, autocommit=True) as connection:
                connection.execute("RECONNECT")


@contextmanager
def cluster(fill: Callable[[str], None]) -> Iterator[Cluster]:
    """A cluster with a migrated database, of which ``fill`` is told the address before there is a standby."""
    with ExitStack() as stack:
        primary, standby = (stack.enter_context(_server()) for _ in range(2))
        primary.programs.run("initdb", "--username=finder", "--auth=trust", "--encoding=UTF8", "--no-locale")
        primary.start()
        url = primary.create(_DATABASE)
        migrate(url)
        fill(url)
        _follow(primary, standby)
        pooled = (primary, standby) if shutil.which("pgbouncer") else ()
        yield Cluster(primary, standby, [stack.enter_context(_pooler(server.folder)) for server in pooled])


@contextmanager
def _server() -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="finder-pg-"))
    server = PostgresServer(folder, Programs(folder, _SETTINGS))
    try:
        yield server
    finally:
        with suppress(subprocess.CalledProcessError):  # it has no status: it was killed
            server.programs.run("pg_ctl", "status")
            server.stop()
        shutil.rmtree(folder)


def _follow(primary: PostgresServer, standby: PostgresServer) -> None:
    """Copy the primary, start the copy as its standby, and let the primary wait for it from now on."""
    of = (f"--host={primary.folder}", "--username=finder", "--write-recovery-conf", "--checkpoint=fast")
    standby.programs.run("pg_basebackup", *of)
    standby.start()
    engine = create_engine(primary.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(_SYNCHRONOUS))
        connection.execute(text("SELECT pg_reload_conf()"))
        end = time.monotonic() + _PATIENCE
        while connection.scalar(text("SELECT sync_state FROM pg_stat_replication")) != "sync":
            if time.monotonic() > end:
                raise RuntimeError("the standby does not follow the primary")
            time.sleep(0.1)
    engine.dispose()


@contextmanager
def _pooler(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    user = "postgres" if os.geteuid() == 0 else None
    (folder / "pool").mkdir()
    (folder / "pool.ini").write_text(_POOLER.format(folder=folder))
    if user:
        shutil.chown(folder / "pool", user)
    started = subprocess.Popen(
        ["pgbouncer", "--quiet", folder / "pool.ini"],
        user=user,
        extra_groups=[] if user else None,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()
