"""The files of a dump: what each is called, and how it is written, in one pass through the listings."""

import csv
import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import BinaryIO

import orjson
from sqlalchemy.orm import Session

from finder.domain.vocabulary import vocabulary
from finder.exporting import hsds
from finder.exporting.dump.records import Data, cells, heads, page_of, record
from finder.exporting.hsds.loading import newest_changes
from finder.exporting.meeting_guide import group_ids, read_groups, rows_of
from finder.exporting.portions import portions, published_ids
from finder.listings.wording import wording_in_force
from finder.models import Provider

_AT_A_TIME = 200  # listings in memory


@dataclass(frozen=True)
class Telling:
    """What is told: by which session, as of when, and for the site at which address."""

    session: Session
    now: dt.datetime
    site: str

    @cached_property
    def ids(self) -> Sequence[int]:
        """The published listings, by row id."""
        return published_ids(self.session)

    def portions(self) -> Iterator[Sequence[Provider]]:
        """The listings with all that belongs to them, some at a time."""
        return portions(self.session, self.ids)

    def records(self) -> Iterator[Data]:
        """The listings as flat records."""
        return (record(listing, self.site) for listing in chain.from_iterable(self.portions()))


@dataclass(frozen=True, slots=True)
class Part:
    """One file: ``about`` says in English what is in it, ``write`` writes it and gives how many entries it has."""

    name: str
    about: str
    media_type: str
    write: Callable[[Telling, BinaryIO], int]


def _hsds_package(telling: Telling, file: BinaryIO) -> int:
    hsds.write_package(telling.session, file, telling.now)
    return len(telling.ids)


def _hsds_services(telling: Telling, file: BinaryIO) -> int:
    words = hsds.Telling(vocabulary().reworded(wording_in_force(telling.session)), telling.now)
    with _packed(file) as lines:
        for some in telling.portions():
            changes = newest_changes(telling.session, [listing.id for listing in some])
            lines.writelines(_line(hsds.service(listing, words, changes[listing.id])) for listing in some)
    return len(telling.ids)


def _table(telling: Telling, file: BinaryIO) -> int:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("listings.csv", telling.now.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as binary:
            # With a mark at its beginning, by which a spreadsheet knows that it is UTF-8.
            text = io.TextIOWrapper(binary, "utf-8-sig", newline="", write_through=True)
            table = csv.writer(text)
            table.writerow(heads())
            table.writerows(map(cells, telling.records()))
            text.detach()
    return len(telling.ids)


def _map(telling: Telling, file: BinaryIO) -> int:
    with _packed(file) as lines:
        lines.write(b'{"type":"FeatureCollection","features":')
        number = _write_array(lines, map(_feature, telling.records()))
        lines.write(b"}\n")
    return number


def _meetings(telling: Telling, file: BinaryIO) -> int:
    with _packed(file) as lines:
        return _write_array(lines, map(orjson.dumps, _rows_of_meetings(telling)))


def _rows_of_meetings(telling: Telling) -> Iterator[hsds.Data]:
    ids = group_ids(telling.session)
    for first in range(0, len(ids), _AT_A_TIME):
        some = ids[first : first + _AT_A_TIME]
        for group in read_groups(telling.session, some, lambda slug: page_of(slug, telling.site)):
            yield from rows_of(group)


def _feature(told: Data) -> bytes:
    longitude, latitude = told.pop("longitude"), told.pop("latitude")
    point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return orjson.dumps({"type": "Feature", "id": told["id"], "geometry": point, "properties": told})


def _write_array(file: gzip.GzipFile, entries: Iterable[bytes]) -> int:
    """Write the entries as an array, one a line; how many there were."""
    number = 0
    for number, entry in enumerate(entries, 1):
        file.write((b"[\n" if number == 1 else b",\n") + entry)
    file.write(b"]" if number else b"[]")
    return number


def _line(data: hsds.Data) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE)


def _packed(file: BinaryIO) -> gzip.GzipFile:
    # Without a time of its own, so that the same listings make the same file.
    return gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0)


PARTS = (
    Part("hsds.zip", "Open Referral HSDS 3.1 as a data package of CSV tables", "application/zip", _hsds_package),
    Part(
        "services.ndjson.gz",
        "Open Referral HSDS 3.1: one complete service in JSON on each line",
        "application/gzip",
        _hsds_services,
    ),
    Part("listings.csv.zip", "One listing in each row, for spreadsheets", "application/zip", _table),
    Part("listings.geojson.gz", "One listing in each feature, for maps (GeoJSON)", "application/gzip", _map),
    Part("meetings.json.gz", "One weekly meeting in each entry (Meeting Guide)", "application/gzip", _meetings),
)
"""In the order in which they are told of."""
