"""Promise 3: an import is all or nothing, and can be done again."""

import json
import random
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Site, new_site
from finder.listings.stored import load_stored
from finder.models import Provider

_KILLS = 40
_ROWS = 12_000
_TIMES_A_GROUP = 3
_PLACES = (("Chicago", "IL", "60601"), ("Irvine", "CA", "92614"), ("Omaha", "NE", "68102"), ("Tampa", "FL", "33602"))
_OPTIONS = ("import", "meeting-guide", "feed.json", "--source", "aa-kills", "--name", "A feed")


@dataclass(frozen=True, slots=True)
class AfterKills:
    """How many listings a whole import makes, how many kills left a part of them, whether the rerun made the same."""

    listings: int
    partial: int
    is_same_again: bool


def imports_are_all_or_nothing() -> Measured:
    """Forty imports of a feed with 12,000 rows, each killed at a random moment, then one that may end."""
    seen = imports_through_kills()
    figure = (
        f"{_KILLS} kills while {seen.listings:,} listings were imported from {_ROWS:,} rows: {seen.partial} left a "
        f"part of them; the rerun ended in {'the same' if seen.is_same_again else 'another'} state"
    )
    return Measured(figure, seen.partial == 0 and seen.is_same_again and seen.listings > 0)


def imports_through_kills(kills: int = _KILLS, rows: int = _ROWS, *, earliest: float = 0) -> AfterKills:
    """Import once whole, then kill so many imports into the same empty directory, then import whole again.

    ``earliest`` is the share of the time of the first after which the others are killed: a small one begins late in it.
    """
    chance = random.Random(3)  # noqa: S311 (moments, no secrets)
    with tempfile.TemporaryDirectory() as folder:
        site = new_site(Path(folder), listings=1)
        (site.folder / "feed.json").write_text(json.dumps(_feed(rows)))
        empty = Path(shutil.copyfile(site.folder / "finder.db", site.folder / "empty.db"))
        begun = time.monotonic()
        _import(site).wait()
        seconds, whole = time.monotonic() - begun, _state(site)
        seen = [_after_a_kill(site, empty, chance.uniform(earliest * seconds, seconds)) for _ in range(kills)]
        _import(site).wait()
        again = _state(site)
    return AfterKills(len(whole), sum(1 for state in seen if state not in ({}, whole)), again == whole)


def _feed(rows: int) -> list[dict[str, Any]]:
    """Meetings of groups at places of their own, three times a week."""
    return [
        {
            "name": f"Group {number // _TIMES_A_GROUP}",
            "slug": f"group-{number}",
            "day": number % 7,
            "time": f"{6 + number % 15:02}:30",
            "address": f"{number // _TIMES_A_GROUP} Harbor Street",
            **dict(
                zip(("city", "state", "postal_code"), _PLACES[number // _TIMES_A_GROUP % len(_PLACES)], strict=True)
            ),
            "types": ["O", "X"],
        }
        for number in range(rows)
    ]


def _import(site: Site) -> subprocess.Popen[bytes]:
    return site.start(*_OPTIONS)


def _after_a_kill(site: Site, empty: Path, seconds: float) -> dict[str, Any]:
    """Import into an empty directory, kill it after so many seconds, and read what is there."""
    for left in site.folder.glob("finder.db*"):
        left.unlink()
    shutil.copyfile(empty, site.folder / "finder.db")
    importing = _import(site)
    time.sleep(seconds)
    importing.kill()
    importing.wait()
    return _state(site)


def _state(site: Site) -> dict[str, Any]:
    """The facts of all listings of the feed, by their names within it."""
    engine = create_engine(site.database_url)
    with Session(engine) as session:
        listings = load_stored(session, Provider.source_key == "aa-kills")
    engine.dispose()
    return {listing.source_ref: listing.facts for listing in listings}
