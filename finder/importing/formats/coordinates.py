"""Tables of addresses with coordinates: CSV with the columns street1, city, state, zip, latitude, longitude."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO, NamedTuple, TextIO

from finder.importing.bounds import MAX_COLUMNS, UnreadableFile, Upload

MAX_TABLE_ROWS = 100_000
_LONGEST_LINE = 20_000
_MOST_LINES = 100  # in one row, of cells that hold line breaks
_NEEDED = ("street1", "city", "state", "zip", "latitude", "longitude")
_PLAIN = re.compile(r"[^a-z0-9]")
_NO_TABLE = "This is no table in CSV. Choose one, or save what you have as CSV (UTF-8)."


class RawPosition(NamedTuple):
    """One row of the table, nothing cleaned yet; ``row`` counts from the header's 1."""

    row: int
    street: str
    city: str
    state: str
    zip: str
    latitude: str
    longitude: str


def read_coordinates(upload: Upload) -> Iterator[RawPosition]:
    """The rows in order. Columns may stand in any order beside others, in any case.

    Raises `UnreadableFile` for what is no such table, when the first row is asked for or where the reading ends.
    """
    upload.check_size()
    _refuse_other_kinds(upload.file)
    # A table that an old Excel wrote in Windows-1252 still has readable streets; what can't be read becomes a mark.
    text = TextIOWrapper(upload.file, encoding="utf-8-sig", errors="replace", newline="")
    lines = _Lines(text)
    try:
        yield from _positions(csv.reader(lines), lines)
    except csv.Error as error:
        raise UnreadableFile(f"The table can't be read near line {lines.number:,}. {_NO_TABLE}") from error
    finally:
        text.detach()  # or it would close a file that isn't ours


def _positions(rows: Iterator[list[str]], lines: "_Lines") -> Iterator[RawPosition]:
    columns = _columns(next(rows, []))
    for number, row in enumerate(rows, start=2):
        lines.of_this_row = 0
        if number > MAX_TABLE_ROWS:
            raise UnreadableFile(f"The table has more than {MAX_TABLE_ROWS:,} rows. Split it.")
        if row:
            yield RawPosition(number, *(row[column] if column < len(row) else "" for column in columns))


class _Lines:
    """The lines of a text, none longer and no row of more of them than a table of addresses has."""

    def __init__(self, text: TextIO) -> None:
        self.number = 0
        self.of_this_row = 0
        self._text = text

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(_LONGEST_LINE):
            self.number += 1
            self.of_this_row += 1
            if len(line) == _LONGEST_LINE or self.of_this_row > _MOST_LINES:
                raise UnreadableFile(f"The table has no end of a row near line {self.number:,}. {_NO_TABLE}")
            yield line


def _columns(header: list[str]) -> list[int]:
    names = [_PLAIN.sub("", name.lower()) for name in header[:MAX_COLUMNS]]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        needed = ", ".join(_NEEDED)
        raise UnreadableFile(f"The table's first row names no column {', '.join(missing)}. Needed are {needed}.")
    return [names.index(name) for name in _NEEDED]


def _refuse_other_kinds(file: BinaryIO) -> None:
    """Leaves the file at its start."""
    head = file.read(4096)
    file.seek(0)
    if head.startswith((b"PK", b"%PDF", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head:
        raise UnreadableFile(_NO_TABLE)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableFile("This is a web page, not a table; the download may have failed. Download it again.")
