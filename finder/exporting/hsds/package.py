"""The whole directory as HSDS's data package: a zip archive with a table for each entity, made as it is read."""

import csv
import datetime as dt
import io
import tempfile
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import IO, Any, BinaryIO, TextIO

import orjson
from sqlalchemy.orm import Session

from finder.domain.vocabulary import vocabulary
from finder.exporting.hsds.attributes import FACTS
from finder.exporting.hsds.ids import fact_id, part_id, taxonomy_id
from finder.exporting.hsds.loading import newest_changes
from finder.exporting.hsds.organization import organization_summary
from finder.exporting.hsds.service import BEDS, service
from finder.exporting.hsds.tables import TABLES, rows_of
from finder.exporting.hsds.taxonomy import taxonomies, taxonomy_terms
from finder.exporting.hsds.telling import Data, Telling
from finder.exporting.portions import portions, published_ids
from finder.exporting.table import harmless
from finder.listings.wording import wording_in_force
from finder.models import Provider

_COPIED_BYTES = 1_000_000
_LIVE = "attribute"  # the largest table by far: it goes out while the listings are read, the others wait on the disk
_FACTS = "fact"


def write_package(session: Session, file: BinaryIO, now: dt.datetime) -> None:
    """Write the package of all published listings, as they are told at the moment ``now``. Needs no more memory for
    many listings than for few, but room for their tables in the system's folder for temporary files."""
    for piece in package(session, now):
        file.write(piece)


def package(session: Session, now: dt.datetime) -> Iterator[bytes]:
    """The same in pieces; between two of them the session's transaction may end."""
    archive_file = _Pieces()
    telling = Telling(vocabulary().reworded(wording_in_force(session)), now)
    with ExitStack() as files, zipfile.ZipFile(archive_file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("datapackage.json", now), orjson.dumps(_descriptor(now), option=orjson.OPT_INDENT_2))
        waiting = {entity: files.enter_context(_temporary()) for entity in TABLES if entity != _LIVE}
        with archive.open(_entry(TABLES[_LIVE].path, now), "w", force_zip64=True) as binary:
            live = io.TextIOWrapper(binary, "utf-8", newline="", write_through=True)
            tables = _Tables({**waiting, _LIVE: live})
            tables.write(_words(telling))
            for some in portions(session, published_ids(session)):
                tables.write(_rows(session, some, telling, tables.organizations))
                yield archive_file.taken()
            live.detach()
        for entity, file in waiting.items():
            yield from _copied(file, archive, _entry(TABLES[entity].path, now), archive_file)
    yield archive_file.taken()


class _Pieces(io.RawIOBase):
    """A file that is written from its beginning to its end, and taken away piece by piece."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece = bytes(self._written)
        self._written.clear()
        return piece


class _Tables:
    """All tables, each begun with its heads; ``organizations`` are the ids of those that have their row."""

    def __init__(self, files: Mapping[str, IO[str]]) -> None:
        self._tables = {entity: csv.writer(file) for entity, file in files.items()}
        self.organizations: set[uuid.UUID] = set()
        for entity, table in self._tables.items():
            table.writerow(TABLES[entity].fields)

    def write(self, rows: Iterator[tuple[str, Data]]) -> None:
        for entity, row in rows:
            fields = TABLES[entity].fields
            self._tables[entity].writerow([_cell(row.get(name), kind) for name, kind in fields.items()])


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return text if kind == "number" else harmless(text)


def _words(telling: Telling) -> Iterator[tuple[str, Data]]:
    """What the listings' rows lean on: the vocabulary, names for our own facts, and units."""
    yield from (("taxonomy", row) for row in taxonomies(telling))
    yield from (("taxonomy_term", row) for row in taxonomy_terms(telling))
    about = {"name": "Facts", "description": "Facts that HSDS has no field for; each stands as an attribute's value."}
    yield "taxonomy", {"id": taxonomy_id(_FACTS)} | about
    for name, label in FACTS.items():
        term = {"id": fact_id(name), "code": f"{_FACTS}:{name}", "name": label, "description": f"{label}."}
        yield "taxonomy_term", term | {"taxonomy": about["name"], "taxonomy_id": taxonomy_id(_FACTS), "language": "en"}
    yield "unit", dict(BEDS)


def _rows(
    session: Session, listings: Sequence[Provider], telling: Telling, known: set[uuid.UUID]
) -> Iterator[tuple[str, Data]]:
    changes = newest_changes(session, [listing.id for listing in listings])
    for listing in listings:
        owner = _organization(listing)
        if owner["id"] not in known:
            known.add(owner["id"])
            yield "organization", owner
        yield from rows_of(service(listing, telling, changes[listing.id]) | {"organization_id": owner["id"]})


def _organization(listing: Provider) -> Data:
    """Who runs it. A table's service needs an organization: where none is named, the service is told as its own."""
    if listing.organization:
        return organization_summary(listing.organization)
    words = "No organization is named for this service."
    return {"id": part_id(listing, "organization"), "name": listing.name, "description": words}


def _temporary() -> TextIO:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


def _entry(path: str, now: dt.datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _copied(file: TextIO, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, archive_file: _Pieces) -> Iterator[bytes]:
    file.seek(0)
    with archive.open(entry, "w", force_zip64=True) as part:
        while piece := file.read(_COPIED_BYTES):
            part.write(piece.encode())
            yield archive_file.taken()


def _descriptor(now: dt.datetime) -> Data:
    """``datapackage.json``, by which programs know what each file holds."""
    return {
        "profile": "tabular-data-package",
        "name": "human-services-data",
        "title": "Human Services Data Specification",
        "description": "All listings of this directory in Open Referral's HSDS 3.1. Each service names its source, "
        'with its terms, in its attribute "source".',
        "version": "3.1",
        "created": now.isoformat(),
        "resources": [_resource(entity) for entity in TABLES],
    }


def _resource(entity: str) -> Data:
    table = TABLES[entity]
    return {
        "profile": "tabular-data-resource",
        "name": entity,
        "path": table.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "primaryKey": "id",
            "fields": [_field(name, kind, required=name in table.required) for name, kind in table.fields.items()],
        },
    }


def _field(name: str, kind: str, *, required: bool) -> Data:
    is_id = name == "id" or name.endswith("_id")
    return {
        "name": name,
        "type": kind,
        **({"format": "uuid"} if is_id else {}),
        **({"constraints": {"required": True}} if required else {}),
    }
