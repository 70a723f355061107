"""Programs started for the time of a run: private, on this machine alone, stopped at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.peer import NotHereError

_PATIENCE = 60.0  # seconds until a server must answer
_SETUP = "run benchmarks/setup.sh"

POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "effective_cache_size": "6GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "8GB",
    "synchronous_commit": "off",
    "autovacuum": "off",  # each design analyzes for itself; nothing may start during the measurement
    "jit": "off",
}


def program(name: str, *elsewhere: Path) -> Path:
    """The path of a program. Raises `NotHereError` where it is neither in the search path nor ``elsewhere``."""
    found = shutil.which(name, path=os.pathsep.join([*map(str, elsewhere), os.environ.get("PATH", os.defpath)]))
    if found is None:
        raise NotHereError(f"the program {name} is not here: {_SETUP}")
    return Path(found)


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> None:
    """Raises ``OSError`` while nobody listens on the port."""
    socket.create_connection(("127.0.0.1", port)).close()


@contextmanager
def running(
    command: Sequence[object],
    *,
    ready: Callable[[], object],
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[None]:
    """A server while it is needed; ``ready`` fails with ``OSError`` until it answers."""
    everything = {**os.environ, **(environment or {})}
    with log.open("wb") as output:
        started = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=everything, cwd=folder
        )
        try:
            _wait(started, ready, log)
            yield
        finally:
            started.terminate()
            started.wait(_PATIENCE)


def _wait(started: subprocess.Popen[bytes], ready: Callable[[], object], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            ready()
        except OSError:
            if started.poll() is not None or time.monotonic() > deadline:
                raise NotHereError(f"{started.args!r} didn't start: {log.read_text(errors='replace')[-500:]}") from None
            time.sleep(0.05)
        else:
            return


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server with an empty database; gives its address for psycopg."""
    # A short path: that of a Unix socket may have 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    try:
        run = _postgres_programs(folder)
        run("initdb", "--username=bench", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        options = " ".join(f"-c {name}='{value}'" for name, value in POSTGRES_SETTINGS.items())
        run("pg_ctl", "start", "--wait", f"--log={folder}/log", f"--options=-k {folder} {options}")
        try:
            yield f"host={folder} user=bench dbname=postgres"
        finally:
            run("pg_ctl", "stop", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


def _postgres_programs(folder: Path) -> Callable[..., None]:
    # Debian keeps a server's programs out of the search path.
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    # PostgreSQL refuses root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(name: str, *options: str) -> None:
        subprocess.run(
            [program(name, *programs), f"--pgdata={folder}/data", *options],
            user=user,
            extra_groups=[] if user else None,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    return run
