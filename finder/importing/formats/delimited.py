"""Tables in CSV (RFC 4180) as spreadsheets really write them: encoding and delimiter are found out.

Nothing is guessed where a guess could garble names: a text is UTF-8 if all of it is, Windows-1252 if it can't be UTF-8.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO, NamedTuple, TextIO

from finder.importing.bounds import MEGABYTE, UnreadableFile, Upload
from finder.importing.formats.cells import Row

MAX_TABLE_ROWS = 100_000

_LONGEST_LINE = 100_000  # characters
_MOST_LINES = 200  # in one row, of cells that hold line breaks
_LOOKED_AT_ROWS = 30  # to find out the delimiter
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_UTF8_SIGN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # a first line by which Excel is told
_NO_TABLE = "This is no table in CSV. Choose one, or save what you have as CSV (UTF-8)."


class Delimited(NamedTuple):
    """How a file is written; `delimited_rows` reads it."""

    encoding: str
    delimiter: str

    def __str__(self) -> str:
        """What people are told of it: "CSV in Windows-1252, separated by semicolons"."""
        encoding = _ENCODINGS.get(self.encoding, "UTF-16")
        return f"CSV in {encoding}, separated by {_DELIMITERS.get(self.delimiter, repr(self.delimiter))}"


def look_at(upload: Upload) -> Delimited:
    """How the file is written. Raises `UnreadableFile` for what is no table in CSV."""
    upload.check_size()
    _refuse_other_kinds(upload.file)
    encoding = _encoding_of(upload.file)
    with _lines(upload, encoding) as lines:
        named = _NAMED_DELIMITER.fullmatch(next(iter(lines), ""))
    return Delimited(encoding, named[1] if named else _delimiter_of(upload, encoding))


def delimited_rows(upload: Upload, how: Delimited) -> Iterator[tuple[int, Row]]:
    """The rows that say something, each with its number as spreadsheet programs show it.

    Raises `UnreadableFile` where the reading ends: for rows without an end, and for more than `MAX_TABLE_ROWS`.
    """
    with _lines(upload, how.encoding) as lines:
        for number, row in enumerate(_records(lines, how.delimiter), start=1):
            if number > MAX_TABLE_ROWS:
                raise UnreadableFile(f"The table has more than {MAX_TABLE_ROWS:,} rows. Split it.")
            if found := {column: text for column, text in enumerate(row) if text}:
                yield number, found


class _Lines:
    """The lines of a text, none longer and no row of more of them than tables of places have."""

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


@contextmanager
def _lines(upload: Upload, encoding: str) -> Iterator[_Lines]:
    upload.file.seek(0)
    text = TextIOWrapper(upload.file, encoding=encoding, newline="")
    try:
        yield _Lines(text)
    finally:
        if not upload.file.closed:  # as it may be where nobody read to the end
            text.detach()  # or it would close a file that isn't ours


def _records(lines: _Lines, delimiter: str) -> Iterator[list[str]]:
    """The rows, but for a first line that only names the delimiter."""
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            is_told = lines.number == 1 and _NAMED_DELIMITER.fullmatch(delimiter.join(row))
            lines.of_this_row = 0
            if not is_told:
                yield row
    except csv.Error as error:
        raise UnreadableFile(f"The table can't be read near line {lines.number:,}. {_NO_TABLE}") from error


def _delimiter_of(upload: Upload, encoding: str) -> str:
    """The delimiter that makes the most columns of the most rows."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(upload, encoding, delimiter))


def _evenness(upload: Upload, encoding: str, delimiter: str) -> float:
    try:
        with _lines(upload, encoding) as lines:
            widths = Counter(len(row) for row in islice(_records(lines, delimiter), _LOOKED_AT_ROWS) if row)
    except UnreadableFile:  # a quotation mark that only another delimiter makes one
        return 0.0
    if not widths:
        return 0.0
    width, rows = max(widths.items(), key=lambda each: each[0] * each[1])
    return width * rows / widths.total() if width > 1 else 0.0


def _encoding_of(file: BinaryIO) -> str:
    """The Python name of the encoding. Leaves the file at its start."""
    head = file.read(4096)
    file.seek(0)
    told = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "") or _utf_16_without_mark(head)
    for encoding in (told,) if told else ("utf-8", "cp1252"):
        if encoding == "cp1252" and _is_mostly_utf_8(file):
            break
        if _is_written_in(file, encoding):
            return encoding
    raise UnreadableFile(f"Letters of the table are damaged, or in an encoding that is seldom used. {_NO_TABLE}")


def _utf_16_without_mark(head: bytes) -> str:
    """Which byte order it is, of a text most of whose letters are ASCII and so have a byte of zero."""
    zeros_first, zeros_second = head[0::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    if zeros_second > pairs / 2 and not zeros_first:
        return "utf-16-le"
    return "utf-16-be" if zeros_first > pairs / 2 and not zeros_second else ""


def _is_written_in(file: BinaryIO, encoding: str) -> bool:
    text = TextIOWrapper(file, encoding=encoding, newline="")
    try:
        while piece := text.read(MEGABYTE):
            if "\0" in piece:
                raise UnreadableFile(f"The table holds bytes of zero, as damaged files do. {_NO_TABLE}")
    except UnicodeError:
        return False
    finally:
        text.detach()
        file.seek(0)
    return True


def _is_mostly_utf_8(file: BinaryIO) -> bool:
    """Whether it was UTF-8 before something broke it: read in another encoding all its names would be garbled."""
    beyond, fitting = 0, 0
    while piece := file.read(MEGABYTE):
        beyond += sum(1 for _ in _BEYOND_ASCII.finditer(piece))
        fitting += sum(len(found[0]) for found in _UTF8_SIGN.finditer(piece))
    file.seek(0)
    return fitting > beyond / 2


def _refuse_other_kinds(file: BinaryIO) -> None:
    """Leaves the file at its start."""
    head = file.read(4096)
    file.seek(0)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"PK", b"%PDF")):
        raise UnreadableFile(_NO_TABLE)
    if start.startswith(b"<"):
        raise UnreadableFile("This is a web page, not a table; the download may have failed. Download it again.")
    if start.startswith((b"{", b"[{")):
        raise UnreadableFile(f"This is JSON; choose the format of the feed that it is. {_NO_TABLE}")
