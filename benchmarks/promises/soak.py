"""Promise 9: backups restore, taken and put back again and again while people save."""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, Site, new_site

_ROUNDS = 5
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Soaked:
    """How many backups came back as what they were made of, and how many saves went on and were refused meanwhile."""

    restored: int
    saved: int
    refused: int


def backups_restore_under_writes() -> Measured:
    """Back up a served directory every half minute under writes, and restore each backup to try it."""
    seen = soak()
    figure = (
        f"every {_SECONDS} s a backup, {seen.restored} of {_ROUNDS} restored and verified, while {seen.saved:,} saves "
        f"went on and {seen.refused} were refused"
    )
    return Measured(figure, seen.restored == _ROUNDS and seen.refused == 0 and seen.saved > 0)


def soak(rounds: int = _ROUNDS, seconds: float = _SECONDS) -> Soaked:
    """So many backups under writes, each begun so many seconds after the one before was restored."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as backups:
        site = new_site(Path(folder))
        with site.served() as server, _writing(server, site) as (saved, done):
            restored = sum(_comes_back(site, backups) for _ in range(rounds) if not done.wait(seconds))
    return Soaked(restored, saved.count(True), saved.count(False))


@contextmanager
def _writing(server: Server, site: Site) -> Iterator[tuple[list[bool], threading.Event]]:
    """Somebody saves one note after the other meanwhile: whether each was taken, and what ends it."""
    saved: list[bool] = []
    done = threading.Event()
    writer = threading.Thread(target=_write, args=(server, site, done, saved))
    writer.start()
    try:
        yield saved, done
    finally:
        done.set()
        writer.join()


def _write(server: Server, site: Site, done: threading.Event, saved: list[bool]) -> None:
    for number in count():
        if done.is_set():
            return
        status = server.write_note(site.listings[number % len(site.listings)], f"note {number}")
        saved.append(status == HTTPStatus.SEE_OTHER)


def _comes_back(site: Site, backups: str) -> bool:
    """Whether a backup that is made now can be restored to what it was made of."""
    if site.start("backup", backups).wait():
        return False
    newest = max(Path(backups).iterdir(), key=lambda path: path.stat().st_mtime)
    return not site.start("restore", "--verify", str(newest)).wait()
