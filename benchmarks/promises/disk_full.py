"""Promise 4: a full disk is an error, not a loss."""

import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from itertools import count
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, Site, new_site

_SIZE = "8m"
_LARGER = "16m"
_NOTE = "x" * 1_900


def a_full_disk_loses_nothing() -> Measured:
    """Save until the disk is full, read on, make room, and save again; nothing is restarted."""
    with tempfile.TemporaryDirectory() as folder, _small_disk(Path(folder)):
        site = new_site(Path(folder))
        with site.served() as server:
            saved, refusal = _until_it_is_full(server, site)
            reads = server.ask("GET", "/search?near=60601")
            subprocess.run(["mount", "-o", f"remount,size={_LARGER}", folder], check=True)
            again = server.write_note(site.listings[0], "there is room again")
        stored, integrity = _stored(site)
    kept = stored == saved + 1 and integrity == "ok"
    figure = (
        f"{saved:,} saves until the disk was full, the next answered {refusal}, a search {reads}, with room again "
        f"{again}: {saved + 1 - stored} missing, integrity check {integrity}"
    )
    answers = (refusal, reads, again) == (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.OK, HTTPStatus.SEE_OTHER)
    return Measured(figure, kept and answers)


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    """A disk of a few megabytes at a folder; only root may do that."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        raise RuntimeError("a small disk could not be mounted: run this as root")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


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
