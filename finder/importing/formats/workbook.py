"""XLSX workbooks (ECMA-376), a row at a time in bounded memory.

Libraries that build the whole sheet copy a shared text into every cell that names it, or lay out every row up to the last
one named: a workbook of 260 kB took 1.5 GB so. Here a text is kept once, and a row only until the next.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property, lru_cache
from posixpath import join, normpath
from typing import BinaryIO

from finder.importing.bounds import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXTS,
    UnreadableFile,
    check_size,
    open_archive,
    read_part,
)
from finder.importing.formats.markup import Elements, stream_xml

Row = dict[int, str]
"""The cells of a row that say something: column, counted from 0, to text."""

_DAMAGED = "The workbook is damaged: a cell names a text that isn't there. Download it again."
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Workbook:
    """An open workbook. Raises `UnreadableFile` wherever what it holds can't or mustn't be read."""

    def __init__(self, file: BinaryIO, *, max_megabytes: int) -> None:
        check_size(file, max_megabytes)
        _refuse_other_kinds(file)
        self._archive = open_archive(file)
        self._parts = frozenset(self._archive.namelist())
        if "xl/workbook.xml" not in self._parts:
            raise UnreadableFile("The file is a zip archive but no Excel workbook (.xlsx). Choose the workbook itself.")

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of the parts that hold the sheets, in the order of the tabs."""
        tabs, targets = _Tabs(), _Targets()
        self._read("xl/workbook.xml", tabs)
        self._read("xl/_rels/workbook.xml.rels", targets)
        parts = (normpath(join("/xl", targets.by_id.get(id_, ""))).lstrip("/") for id_ in tabs.ids)
        return tuple(part for part in parts if part in self._parts)

    @cached_property
    def modified_on(self) -> dt.date | None:
        """The day when the workbook was last saved, by its own account."""
        if "docProps/core.xml" not in self._parts:
            return None
        properties = _Properties()
        self._read("docProps/core.xml", properties)
        try:
            return dt.date.fromisoformat(properties.modified[:10])
        except ValueError:
            return None

    def rows(self, sheet: str) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet that say something, each with its number as spreadsheet programs show it."""
        cells = _Cells(self._texts)
        for _ in stream_xml(read_part(self._archive, sheet), cells):
            yield from cells.rows
            cells.rows.clear()

    @cached_property
    def _texts(self) -> list[str]:
        shared = _SharedTexts()
        if "xl/sharedStrings.xml" in self._parts:
            self._read("xl/sharedStrings.xml", shared)
        return shared.texts

    def _read(self, part: str, elements: Elements) -> None:
        if part not in self._parts:
            raise UnreadableFile("The workbook is damaged: a part of it is missing. Download it again.")
        for _ in stream_xml(read_part(self._archive, part), elements):
            pass


def _refuse_other_kinds(file: BinaryIO) -> None:
    """Say what a file is that is no zip archive, as far as its first bytes tell. Leaves the file at its start."""
    head = file.read(4096)
    file.seek(0)
    if head.startswith(b"%PDF"):
        raise UnreadableFile("This is a PDF. The directory also comes as an Excel workbook: choose the file that ends in .xlsx.")
    if head.startswith(_OLD_EXCEL):
        is_locked = _ENCRYPTED in file.read()
        raise UnreadableFile(
            "The workbook is protected with a password. Save a copy without one."
            if is_locked
            else "This is a workbook of the old kind (.xls). Open it in Excel or LibreOffice and save it as .xlsx."
        )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableFile("This is a web page, not a workbook; the download may have failed. Download it again.")
    if not zipfile.is_zipfile(file):
        raise UnreadableFile(
            "The workbook is damaged or was cut off. Download it again."
            if head.startswith(b"PK")
            else "This is no Excel workbook (.xlsx). Choose the workbook, or save what you have as .xlsx."
        )
    file.seek(0)


class _Tabs(Elements):
    """The relationship ids of the sheets."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.ids += [value for key, value in attributes.items() if key.endswith(":id")]


class _Targets(Elements):
    """The parts that relationship ids stand for."""

    def __init__(self) -> None:
        self.by_id: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.by_id[attributes.get("Id", "")] = attributes.get("Target", "")


class _Text(Elements):
    """Collects the text between a start and an end, up to what a cell may hold."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._listening = False

    def text(self, data: str) -> None:
        if not self._listening:
            return
        self._length += len(data)
        if self._length > MAX_CELL_CHARACTERS:
            raise UnreadableFile(f"A cell holds more than {MAX_CELL_CHARACTERS:,} characters. This is no directory of SAMHSA's.")
        self._pieces.append(data)

    def _taken(self) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        self._listening = False
        return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


class _Properties(_Text):
    modified = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 (the interface of Elements)
        self._listening = name == "modified"

    def end(self, name: str) -> None:
        if name == "modified":
            self.modified = self._taken()


class _SharedTexts(_Text):
    """The table of texts that cells point into. Phonetic readings (rPh) are no part of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 (the interface of Elements)
        if name == "t":
            self._listening = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        if name == "t":
            self._listening = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append(self._taken())
            if len(self.texts) > MAX_TEXTS:
                raise UnreadableFile(f"The workbook holds more than {MAX_TEXTS:,} texts. This is no directory of SAMHSA's.")


class _Cells(_Text):
    """The cells of a sheet, row by row; a row's and a cell's own address counts, and where they lack it the order."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.rows: list[tuple[int, Row]] = []
        self._texts = texts
        self._number, self._row = 0, Row()
        self._column, self._kind = -1, ""
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._kind = attributes.get("t", "n")
        elif name in {"v", "t"}:
            self._listening = not self._phonetic
        elif name == "row":
            self._number = _whole(attributes["r"]) if "r" in attributes else self._number + 1
            self._row, self._column = Row(), -1
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._listening = False
        elif name == "c":
            self._keep(self._taken())
        elif name == "row" and self._row:
            if self._number > MAX_ROWS:
                raise UnreadableFile(f"The sheet has more than {MAX_ROWS:,} rows. This is no directory of SAMHSA's.")
            self.rows.append((self._number, self._row))
        elif name == "rPh":
            self._phonetic = False

    def _keep(self, text: str) -> None:
        if not text or self._kind == "e":  # an error such as #N/A says nothing
            return
        if self._column >= MAX_COLUMNS:
            raise UnreadableFile(f"The sheet has more than {MAX_COLUMNS} columns. This is no directory of SAMHSA's.")
        if self._kind == "s":
            text = self._shared(text)
        elif self._kind == "n":
            text = _plain_number(text)
        if text:
            self._row[self._column] = text

    def _shared(self, index: str) -> str:
        position = _whole(index)
        if position >= len(self._texts):
            raise UnreadableFile(_DAMAGED)
        return self._texts[position]


@lru_cache(maxsize=MAX_COLUMNS)
def _letters(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column(address: str) -> int:
    letters = address.rstrip("0123456789")
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isupper()):
        raise UnreadableFile(_DAMAGED)
    return _letters(letters)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UnreadableFile(_DAMAGED)
    return int(text)


def _plain_number(text: str) -> str:
    """A number as people write it: "35007" for 35007.0 and 3.5007E4."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text


def _unescaped(found: re.Match[str]) -> str:
    """A character that XML can't hold or Excel doesn't like, written as _x000D_. Half a surrogate pair is none."""
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)
