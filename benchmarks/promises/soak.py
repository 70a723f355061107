"""Promise 9: backups restore, taken and put back again and again while people save."""

import subprocess
import sys
import tempfile
import threading
from http import HTTPStatus
from itertools import count
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, Site, new_site
from finder.config import PROJECT

_ROUNDS = 6
_SECONDS_BETWEEN = 5
_COMMAND = "from finder.app import main; main()"


def backups_restore_under_writes() -> Measured:
    """Back up a served directory every few seconds under writes, and restore each backup to try it."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as backups:
        site = new_site(Path(folder))
        done = threading.Event()
        with site.served() as server:
            saved: list[bool] = []
            writer = threading.Thread(target=_write, args=(server, site, done, saved))
            writer.start()
            try:
                restored = sum(_backed_up_and_restored(site, backups, done) for _ in range(_ROUNDS))
            finally:
                done.set()
                writer.join()
    figure = f"{restored} of {_ROUNDS} backups restored and verified while {len(saved):,} saves went on"
    return Measured(figure, restored == _ROUNDS and all(saved) and bool(saved))


def _write(server: Server, site: Site, done: threading.Event, saved: list[bool]) -> None:
    for number in count():
        if done.is_set():
            return
        status = server.write_note(site.listings[number % len(site.listings)], f"note {number}")
        saved.append(status == HTTPStatus.SEE_OTHER)


def _backed_up_and_restored(site: Site, backups: str, done: threading.Event) -> bool:
    """Whether a backup that is made now can be restored to what it was made of."""
    done.wait(_SECONDS_BETWEEN)
    if _finder(site, "backup", backups):
        return False
    newest = max(Path(backups).iterdir(), key=lambda path: path.stat().st_mtime)
    return not _finder(site, "restore", "--verify", str(newest))


def _finder(site: Site, *arguments: str) -> int:
    command = [sys.executable, "-c", _COMMAND, *arguments]
    return subprocess.run(command, cwd=PROJECT, env=site.environment, capture_output=True, check=False).returncode
