"""HSDS's data package: tables in CSV in a zip archive."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, TextIO

from finder.importing.bounds import MEGABYTE, Bounds, UnreadableFile, Upload, open_archive, read_part
from finder.importing.clean.text import unprotected
from finder.importing.formats.hsds.entry import Entry
from finder.importing.formats.hsds.known_tables import COLUMNS, OTHER_NAMES, table_called
from finder.importing.formats.hsds.nested import entries_of_tables
from finder.importing.formats.hsds.shelf import Shelf

MOST_ROWS = 5_000_000  # of one table: an attribute for each tag of 100,000 services

_PACKAGE = Bounds(
    called="archive",
    unzipped_bytes=1_500 * MEGABYTE,
    part_bytes=1_000 * MEGABYTE,
    remade="Zip its tables again.",
)
_DESCRIPTOR = "datapackage.json"
_DESCRIPTOR_BOUNDS = replace(_PACKAGE, part_bytes=4 * MEGABYTE)
_LONGEST_LINE = 500_000  # characters


def entries_of_package(upload: Upload) -> Iterator[Entry]:
    """What a package tells of. Raises `UnreadableFile` for what is none."""
    archive = open_archive(upload.file, _PACKAGE)
    with closing(Shelf()) as shelf:
        tables = _tables(archive)
        if "service" not in tables.values():
            raise UnreadableFile("The archive has no table of services (services.csv). Zip all tables of the package.")
        for part, table in tables.items():
            _lay_aside(archive, part, table, shelf)
        shelf.look_up()
        for row, service in enumerate(shelf.services(), start=1):
            yield from entries_of_tables(row, service, shelf)


def _tables(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The table that each part of the archive holds, by its own name or as the package's description names it."""
    parts = [
        name for name in archive.namelist() if name.casefold().endswith((".csv", ".txt")) and "__MACOSX" not in name
    ]
    described = _described(archive)
    found = {
        part: table_called(PurePosixPath(part).stem) or described.get(PurePosixPath(part).name, "") for part in parts
    }
    return {part: table for part, table in found.items() if table}


def _described(archive: zipfile.ZipFile) -> Mapping[str, str]:
    part = next((name for name in archive.namelist() if PurePosixPath(name).name == _DESCRIPTOR), None)
    if part is None:
        return {}
    try:
        described: Any = json.loads(b"".join(read_part(archive, part, _DESCRIPTOR_BOUNDS)))
        resources = [(str(each["path"]), str(each["name"])) for each in described["resources"]]
    except (ValueError, RecursionError, KeyError, TypeError):
        return {}  # the tables' own names say it as well
    return {PurePosixPath(path).name: table_called(name) for path, name in resources}


def _lay_aside(archive: zipfile.ZipFile, part: str, table: str, shelf: Shelf) -> None:
    rows = _rows(archive, part)
    heads = [_column(table, head) for head in next(rows, [])]
    places = {column: heads.index(column) for column in COLUMNS[table] if column in heads}
    if places:
        at = list(places.values())
        shelf.add(table, places, (_cells(row, at) for row in rows if row))


def _column(table: str, head: str) -> str:
    name = "_".join(head.casefold().split())
    return OTHER_NAMES.get(table, {}).get(name, name)


def _cells(row: list[str], places: Sequence[int]) -> tuple[str, ...]:
    """The cells at these places, without the apostrophes that made them safe for spreadsheets. Of a million rows hardly
    a cell has one, and hardly a row is too short."""
    try:
        cells = [row[place] for place in places]
    except IndexError:
        cells = [row[place] if place < len(row) else "" for place in places]
    return tuple([text if text[:1] != "'" else unprotected(text) for text in cells])


def _rows(archive: zipfile.ZipFile, part: str) -> Iterator[list[str]]:
    with io.TextIOWrapper(io.BufferedReader(_Part(archive, part)), "utf-8-sig", newline="") as text:
        rows = csv.reader(_lines(text, part))
        try:
            for number, row in enumerate(rows, start=1):
                if number > MOST_ROWS:
                    raise UnreadableFile(f"The table {part} has more than {MOST_ROWS:,} rows.")
                yield row
        except csv.Error as error:
            raise UnreadableFile(f"The table {part} is broken near line {rows.line_num:,}: no CSV.") from error
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"The table {part} is not in UTF-8. Save it as CSV (UTF-8) and zip it again."
            ) from error


def _lines(text: TextIO, part: str) -> Iterator[str]:
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise UnreadableFile(f"The table {part} has a line of more than {_LONGEST_LINE:,} characters.")
        yield line


class _Part(io.RawIOBase):
    """A part of the archive as a file that is read from its beginning to its end, within our bounds."""

    def __init__(self, archive: zipfile.ZipFile, part: str) -> None:
        self._pieces = read_part(archive, part, _PACKAGE)
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._held = self._held or next(self._pieces, b"")
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size
