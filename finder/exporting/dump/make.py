"""Making a dump: all files of one state of the directory, their checksums, and what must be said of them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.exporting.dump.kept import MANIFEST, SUMS, Dump, DumpFile, new_dump, newest_dump
from finder.exporting.dump.parts import PARTS, Part, Telling
from finder.exporting.sources import published_sources
from finder.models import Provider, Source


@dataclass(frozen=True, slots=True)
class License:
    """Under which terms what this directory itself wrote may be used: a name, and the address of the text."""

    name: str
    url: str


def make_dump(session: Session, folder: Path, now: dt.datetime, *, site: str, terms: License) -> Dump:
    """Write a new dump below ``folder``, which is the newest from one moment to the next.

    The session must be fresh: all files tell one state of the directory. ``site`` is its address. Raises ``OSError``
    where the files can't be written; then everything stays as it was.
    """
    _begin_reading_one_state(session)
    telling = Telling(session, now, site)
    with new_dump(folder, now) as making:
        files = [_written(part, telling, making) for part in PARTS]
        (making / MANIFEST).write_bytes(orjson.dumps(_manifest(telling, terms, files), option=orjson.OPT_INDENT_2))
        (making / SUMS).write_text("".join(_sums(making, [*(file.name for file in files), MANIFEST])))
    made = newest_dump(folder)
    assert made  # noqa: S101 (for the type checker: it was written a moment ago)
    return made


def _begin_reading_one_state(session: Session) -> None:
    # SQLite keeps the state of a transaction's first reading anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _written(part: Part, telling: Telling, folder: Path) -> DumpFile:
    path = folder / part.name
    with path.open("wb") as file:
        entries = part.write(telling, file)
    return DumpFile(part.name, part.about, part.media_type, path.stat().st_size, _sha256(path), entries)


def _manifest(telling: Telling, terms: License, files: list[DumpFile]) -> dict[str, Any]:
    sources = published_sources(telling.session)
    return {
        "made_at": telling.now.isoformat(),
        "site": telling.site,
        "listings": len(telling.ids),
        "demonstration": any(source.fictional for source in sources),
        "license": asdict(terms) | {"about": "What this directory itself wrote. Each source has terms of its own."},
        "sources": list(_told_of(telling.session, sources)),
        "files": [asdict(file) for file in files],
    }


def _told_of(session: Session, sources: list[Source]) -> Iterator[dict[str, Any]]:
    published = select(Provider.source_key, func.count()).where(Provider.status == Status.PUBLISHED)
    listings = dict(session.execute(published.group_by(Provider.source_key)).all())
    for source in sources:
        yield {
            "name": source.name,
            "url": source.url,
            "license": source.licence,
            "attribution": source.attribution,
            "fictional": source.fictional,
            "listings": listings.get(source.key, 0),
        }


def _sums(folder: Path, names: list[str]) -> Iterator[str]:
    """Lines that ``sha256sum -c`` reads."""
    return (f"{_sha256(folder / name)}  {name}\n" for name in names)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
