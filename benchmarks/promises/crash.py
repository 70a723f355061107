"""Promise 1: an acknowledged save survives a crash of the server."""

import random
import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, Site, new_site

_KILLS = 12
_WRITERS = 4
_SECONDS = (0.2, 1.2)  # of writing before each kill


@dataclass(frozen=True, slots=True)
class AfterKills:
    """How many saves were acknowledged, how many of those are missing, and what SQLite says of the file."""

    acknowledged: int
    missing: int
    integrity: str


def acknowledged_saves_survive_kills() -> Measured:
    """Four writers over HTTP, the whole process group killed twelve times while they write."""
    seen = saves_through_kills()
    figure = (
        f"{seen.acknowledged:,} saves acknowledged, {_KILLS} kills: {seen.missing} missing, "
        f"integrity check {seen.integrity}"
    )
    return Measured(figure, seen.missing == 0 and seen.integrity == "ok" and seen.acknowledged > _KILLS)


def saves_through_kills(kills: int = _KILLS) -> AfterKills:
    """Save, and kill the whole server, again and again."""
    chance = random.Random(1)  # noqa: S311 (moments, no secrets)
    with tempfile.TemporaryDirectory() as folder:
        site = new_site(Path(folder))
        acknowledged = [text for _ in range(kills) for text in _written_until_killed(site, chance)]
        stored, integrity = _stored(site)
    return AfterKills(len(acknowledged), len(set(acknowledged) - stored), integrity)


def _written_until_killed(site: Site, chance: random.Random) -> list[str]:
    with site.served() as server, ThreadPoolExecutor(_WRITERS) as writers:
        written = [writers.submit(_write, server, listing) for listing in site.listings]
        time.sleep(chance.uniform(*_SECONDS))
        server.kill()
        return [text for each in written for text in each.result()]


def _write(server: Server, listing: int) -> list[str]:
    """Save notes until the server is gone; gives those that it acknowledged."""
    acknowledged: list[str] = []
    for number in count():
        text = f"note {server.port} {listing} {number}"
        status = server.write_note(listing, text)
        if status is None:
            return acknowledged
        if status != HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"a save was answered with {status}")
        acknowledged.append(text)
    return acknowledged


def _stored(site: Site) -> tuple[set[str], str]:
    with closing(sqlite3.connect(site.folder / "finder.db")) as database:
        texts = {text for (text,) in database.execute("SELECT text FROM listing_note")}
        (integrity,) = database.execute("PRAGMA integrity_check").fetchone()
    return texts, integrity
