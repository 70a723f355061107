"""Times imports of real feeds: ``python -m benchmarks.imports FOLDER``, with a folder like that of `--help`.

All go into one new directory one after another, so that each is compared with what is there; then each a second time,
which must change nothing. ``--times 5`` imports the larger meeting feeds five times as large, each group under more
names. Rows a second are by the time of the process, which counts only its own work, and by the clock. The tables
of places are read before: a running service has them.
"""

import argparse
import datetime as dt
import io
import json
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from finder.importing import Import, ImportReport, Upload, import_file
from finder.importing.garbage import without_collections
from finder.importing.recipes import import_of
from finder.importing.sources import RESERVED_KEYS, samhsa_source
from finder.listings import Change
from finder.models import Source
from finder.models.base import Base
from finder.models.connection import begin_writing, engine_options
from finder.places import gazetteer

_MAX_MEGABYTES = 256
_SMALL = 1_000  # rows; smaller feeds aren't enlarged
_NOW = dt.datetime.now(dt.UTC)
_COUNTS = (
    "rows",
    "created",
    "linked",
    "renamed",
    "updated",
    "unchanged",
    "merged",
    "in_review",
    "rejected",
    "suspects",
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A file of a source, by its path in the folder, with the files beside it."""

    path: str
    key: str
    file_format: str
    beside: tuple[str, ...] = ()


_AA = ("orange-county-ca-2023", "southeast-pa-2022", "san-jose-ca-2021", "sussex-de-2022", "alpena-mi-2021")
_FEEDS = (
    Feed("facilities/samhsa-sa-2022.xlsx", "samhsa", "samhsa"),
    Feed("findtreatment/locations-2019-sample.json", "findtreatment", "findtreatment"),
    *(Feed(f"meetings/aa/{name}.json", name, "meeting-guide") for name in _AA),
    Feed("meetings/aa/ben-lomond-ca-2020.json", "ben-lomond-ca-2020", "meeting-guide"),
    Feed("meetings/aa/atlanta-ga-2024-sample.json", "atlanta-ga-2024", "meeting-guide"),
    Feed(
        "meetings/na/meetings.json",
        "na-new-york",
        "bmlt",
        ("meetings/na/formats.json", "meetings/na/service_bodies.json"),
    ),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, help=", ".join(feed.path for feed in _FEEDS))
    arguments.add_argument("--times", type=int, default=1, help="how many times as large a larger meeting feed is")
    arguments.add_argument("--url", help="an empty database instead of a new SQLite file")
    given = arguments.parse_args()
    gazetteer().prepare()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{folder}/finder.sqlite"
        engine = create_engine(url, **engine_options(url))
        Base.metadata.create_all(engine)
        for title in ("First import", "Second import"):
            Console(width=200).print(_table(title, engine, given.folder, given.times))
        engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    Console().print(f"At most {peak} MB of memory.")


def _table(title: str, engine: Engine, folder: Path, times: int) -> Table:
    table = Table("feed", *_COUNTS, "s", "s of process", "rows/s", title=title)
    for feed in _FEEDS:
        if (folder / feed.path).exists():
            report, clock, process = _timed(engine, folder, feed, times)
            counts = report.counts()
            speed = f"{counts['rows'] / process:,.0f}"
            table.add_row(feed.key, *(f"{counts[name]:,}" for name in _COUNTS), f"{clock:.2f}", f"{process:.2f}", speed)
    return table


def _timed(engine: Engine, folder: Path, feed: Feed, times: int) -> tuple[ImportReport, float, float]:
    upload, *beside = _uploads(folder, feed, times)
    with Session(engine) as session, without_collections():
        clock, process = time.perf_counter(), time.process_time()
        begin_writing(session)
        what = _import(feed, beside)
        report = import_file(session, upload, what, Change(by="benchmark", at=_NOW), progress=lambda _done, _all: None)
        session.commit()
        return report, time.perf_counter() - clock, time.process_time() - process


def _import(feed: Feed, beside: Sequence[Upload]) -> Import:
    if feed.key in RESERVED_KEYS:
        source = samhsa_source(feed.key)
    else:
        source = Source(key=feed.key, name=feed.key, format=feed.file_format, options={})
    return import_of(source, {"allow_many_changes": True}, beside=beside, today=_NOW.date())


def _uploads(folder: Path, feed: Feed, times: int) -> Iterator[Upload]:
    for path in (feed.path, *feed.beside):
        content = (folder / path).read_bytes()
        if feed.file_format == "meeting-guide":
            content = _enlarged(content, times)
        yield Upload(file=io.BytesIO(content), name=Path(path).name, max_megabytes=_MAX_MEGABYTES)


def _enlarged(content: bytes, times: int) -> bytes:
    rows: list[dict[str, Any]] = json.loads(content)
    if times == 1 or len(rows) < _SMALL:
        return content
    return json.dumps([_again(row, number) for number in range(times) for row in rows]).encode()


def _again(row: dict[str, Any], number: int) -> dict[str, Any]:
    """The meeting, of another group where it isn't the first of its copies."""
    if not number:
        return row
    return row | {name: f"{row[name]} {number}" for name in ("name", "slug", "group") if row.get(name)}


if __name__ == "__main__":
    main()
