"""Promise 4: a full disk is an error, not a loss.

Runs itself once more where the small disk can be mounted without anybody else's seeing it (``unshare``): in a mount
namespace of its own, and for who isn't root in a user namespace too. The disk is gone when that ends, however it ends.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from itertools import count
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, Site, new_site
from finder.config import PROJECT

_MEGABYTES = 8
_TIMES_LARGER = 2
_NOTE = "x" * 1_900
_MEND = "run this as root, or let everybody make user namespaces (kernel.apparmor_restrict_unprivileged_userns=0)"


@dataclass(frozen=True, slots=True)
class Filled:
    """What happened on a small disk: the saves it took, the statuses of the next, of a search, and of a save with room.

    ``missing`` are acknowledged saves that aren't there at the end, ``integrity`` is what SQLite says of the file then.
    """

    saved: int
    refusal: int | None
    search: int | None
    again: int | None
    missing: int
    integrity: str

    @property
    def is_no_loss(self) -> bool:
        """Whether all went as promised."""
        answers = (self.refusal, self.search, self.again)
        promised = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.OK, HTTPStatus.SEE_OTHER)
        return answers == promised and (self.missing, self.integrity) == (0, "ok")


def a_full_disk_loses_nothing() -> Measured:
    """Save until the disk is full, read on, make room, and save again; nothing is restarted."""
    seen = fill_a_disk()
    figure = (
        f"{seen.saved:,} saves until the disk was full, the next answered {seen.refusal}, a search {seen.search}, with "
        f"room again {seen.again}: {seen.missing} missing, integrity check {seen.integrity}"
    )
    return Measured(figure, seen.is_no_loss)


def fill_a_disk(megabytes: int = _MEGABYTES) -> Filled:
    """The same on a disk of so many megabytes. Raises ``RuntimeError``, naming the mend, where none can be made."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    here = [sys.executable, "-m", "benchmarks.promises.disk_full", str(megabytes)]
    done = subprocess.run([*unshare, *here], cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"no disk was filled: {done.stderr.strip()[-2_000:]}\n{_MEND}")
    return Filled(**json.loads(done.stdout))


def _filled(megabytes: int) -> Filled:
    with tempfile.TemporaryDirectory() as folder, _small_disk(folder, megabytes):
        site = new_site(Path(folder))
        with site.served() as server:
            saved, refusal = _until_it_is_full(server, site)
            search = server.ask("GET", "/search?near=60601")
            subprocess.run(["mount", "-o", f"remount,size={_TIMES_LARGER * megabytes}m", folder], check=True)
            again = server.write_note(site.listings[0], "there is room again")
        stored, integrity = _stored(site)
    return Filled(saved, refusal, search, again, missing=saved + 1 - stored, integrity=integrity)


@contextmanager
def _small_disk(folder: str, megabytes: int) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _until_it_is_full(server: Server, site: Site) -> tuple[int, int | None]:
    """How many notes were saved, and the status of the first that was not."""
    for saved in count():
        status = server.write_note(site.listings[saved % len(site.listings)], _NOTE)
        if status != HTTPStatus.SEE_OTHER:
            return saved, status
    raise AssertionError("count() has no end")


def _stored(site: Site) -> tuple[int, str]:
    with closing(sqlite3.connect(site.folder / "finder.db")) as database:
        (notes,) = database.execute("SELECT count(*) FROM listing_note").fetchone()
        (integrity,) = database.execute("PRAGMA integrity_check").fetchone()
    return notes, integrity


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=int)
    sys.stdout.write(json.dumps(asdict(_filled(parser.parse_args().megabytes))))
