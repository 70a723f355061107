"""XLSX workbooks (ECMA-376), a row at a time in bounded memory.

Libraries that lay out the whole sheet copy a shared text into every cell that names it: of 260 kB one made 1.5 GB.
Here each text is kept once, and a row only until the next (docs/decisions, "Reading workbooks").
"""

import datetime as dt
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from posixpath import join, normpath
from typing import BinaryIO

from finder.importing.bounds import DAMAGED, UnreadableFile, Upload, open_archive, read_part
from finder.importing.clean.text import tidy
from finder.importing.formats.cells import Cells, Row, SharedTexts, Text
from finder.importing.formats.markup import Elements, stream_xml

_WORKBOOK = "xl/workbook.xml"
_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedStrings.xml"
_PROPERTIES = "docProps/core.xml"
_LONGEST_NAME = 100  # Excel allows 31 characters of a sheet's name
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Workbook:
    """An open workbook. Raises `UnreadableFile` wherever what it holds can't or mustn't be read."""

    def __init__(self, upload: Upload) -> None:
        upload.check_size()
        _refuse_other_kinds(upload.file)
        self._archive = open_archive(upload.file)
        self._parts = frozenset(self._archive.namelist())
        if _WORKBOOK not in self._parts:
            raise UnreadableFile("This is a zip archive but no Excel workbook (.xlsx). Choose the workbook itself.")

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the parts that hold the sheets, in the order of the tabs."""
        return tuple(self.tabs.values())

    @cached_property
    def tabs(self) -> Mapping[str, str]:
        """The part that holds each sheet by the name that people read on its tab, in their order."""
        tabs, targets = _Tabs(), _Targets()
        self._read(_WORKBOOK, tabs)
        self._read(_RELATIONSHIPS, targets)
        parts = {name: normpath(join("/xl", targets.by_id.get(id_, ""))).lstrip("/") for name, id_ in tabs.ids.items()}
        return {name: part for name, part in parts.items() if part in self._parts}

    @cached_property
    def modified_on(self) -> dt.date | None:
        """The day when the workbook was last saved, by its own account."""
        if _PROPERTIES not in self._parts:
            return None
        properties = _Properties()
        self._read(_PROPERTIES, properties)
        try:
            return dt.date.fromisoformat(properties.modified[:10])
        except ValueError:
            return None

    def rows(self, sheet: str) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet that say something, each with its number as spreadsheet programs show it."""
        cells = Cells(self._texts)
        for _ in stream_xml(read_part(self._archive, sheet), cells):
            yield from cells.rows
            cells.rows.clear()

    @cached_property
    def _texts(self) -> list[str]:
        shared = SharedTexts()
        if _TEXTS in self._parts:
            self._read(_TEXTS, shared)
        return shared.texts

    def _read(self, part: str, elements: Elements) -> None:
        if part not in self._parts:
            raise UnreadableFile(DAMAGED)
        for _ in stream_xml(read_part(self._archive, part), elements):
            pass


class _Tabs(Elements):
    """The relationship ids of the sheets, by their names."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        id_ = next((value for key, value in attributes.items() if key.endswith(":id")), None)
        if name == "sheet" and id_ is not None:
            self.ids[tidy(attributes.get("name", ""))[:_LONGEST_NAME] or id_] = id_


class _Targets(Elements):
    """The parts that relationship ids stand for."""

    def __init__(self) -> None:
        self.by_id: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.by_id[attributes.get("Id", "")] = attributes.get("Target", "")


class _Properties(Text):
    """When the workbook was saved."""

    modified = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 (the interface of Elements)
        self.listening = name == "modified"

    def end(self, name: str) -> None:
        if name == "modified":
            self.modified = self.taken()


def _refuse_other_kinds(file: BinaryIO) -> None:
    """Say what a file is that is no zip archive, as far as its first bytes tell. Leaves the file at its start."""
    head = file.read(4096)
    file.seek(0)
    if head.startswith(b"%PDF"):
        raise UnreadableFile("This is a PDF. The directory also comes as a workbook: choose the file ending in .xlsx.")
    if head.startswith(_OLD_EXCEL):
        raise UnreadableFile(_what_is_old(file))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableFile("This is a web page, not a workbook; the download may have failed. Download it again.")
    if not zipfile.is_zipfile(file):
        is_cut_off = head.startswith(b"PK")
        raise UnreadableFile(
            DAMAGED if is_cut_off else "This is no Excel workbook. Choose the workbook, or save what you have as .xlsx."
        )
    file.seek(0)


def _what_is_old(file: BinaryIO) -> str:
    """Both the workbooks of Excel 97 to 2003 and protected new ones begin alike."""
    if _ENCRYPTED in file.read():
        return "The workbook is protected with a password. Save a copy without one."
    return "This is a workbook of the old kind (.xls). Open it in Excel or LibreOffice and save it as .xlsx."
