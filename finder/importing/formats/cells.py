"""The texts and cells of a workbook's sheets, as their markup streams by (ECMA-376 part 1, section 18)."""

import re
from functools import lru_cache

from finder.importing.bounds import (
    DAMAGED,
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXTS,
    TooMuch,
    UnreadableFile,
)
from finder.importing.formats.markup import Elements

Row = dict[int, str]
"""The cells of a row that say something: column, counted from 0, to text."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Text(Elements):
    """Collects text while ``listening``, up to what one cell may hold."""

    def __init__(self) -> None:
        self.listening = False
        self._pieces: list[str] = []
        self._length = 0

    def text(self, data: str) -> None:
        """Keep a piece of text."""
        if not self.listening:
            return
        self._length += len(data)
        if self._length > MAX_CELL_CHARACTERS:
            raise TooMuch(f"a cell of more than {MAX_CELL_CHARACTERS:,} characters")
        self._pieces.append(data)

    def taken(self) -> str:
        """What was collected, which then starts anew."""
        self.listening = False
        if not self._pieces:
            return ""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


class SharedTexts(Text):
    """The table of texts that cells point into. Phonetic readings (rPh) are no part of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 (the interface of Elements)
        """Listen in a run of text."""
        if name == "t":
            self.listening = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """Keep a text that is whole."""
        if name == "t":
            self.listening = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append(self.taken())
            if len(self.texts) > MAX_TEXTS:
                raise TooMuch(f"more than {MAX_TEXTS:,} texts")


class Cells(Text):
    """The rows that say something, each with its number as spreadsheet programs show it; the caller takes ``rows``.

    A row's or cell's own address counts, and where it has none its order. What the sheet says of its size doesn't.
    """

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.rows: list[tuple[int, Row]] = []
        self._texts = texts
        self._number, self._row = 0, Row()
        self._column, self._kind = -1, "n"
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note where a row or cell stands, and listen in its value."""
        if name == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._kind = attributes.get("t", "n")
        elif name in {"v", "t"}:
            self.listening = not self._phonetic
        elif name == "row":
            self._number = _whole(attributes["r"]) if "r" in attributes else self._number + 1
            self._row, self._column = Row(), -1
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """Keep a cell or row that is whole."""
        if name in {"v", "t"}:
            self.listening = False
        elif name == "c":
            self._keep(self.taken())
        elif name == "row" and self._row:
            if self._number > MAX_ROWS:
                raise TooMuch(f"more than {MAX_ROWS:,} rows")
            self.rows.append((self._number, self._row))
        elif name == "rPh":
            self._phonetic = False

    def _keep(self, text: str) -> None:
        if not text or self._kind == "e":  # an error such as #N/A says nothing
            return
        if self._column >= MAX_COLUMNS:
            raise TooMuch(f"more than {MAX_COLUMNS} columns")
        if self._kind == "s":
            text = self._shared(text)
        elif self._kind == "n":
            text = _plain_number(text)
        if text:
            self._row[self._column] = text

    def _shared(self, index: str) -> str:
        position = _whole(index)
        if position >= len(self._texts):
            raise UnreadableFile(DAMAGED)
        return self._texts[position]


def _column(address: str) -> int:
    """The column of an address like "AB12", counted from 0."""
    return _lettered(address.rstrip("0123456789"))


@lru_cache(maxsize=MAX_COLUMNS)
def _lettered(letters: str) -> int:
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isupper() and letters.isalpha()):
        raise UnreadableFile(DAMAGED)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UnreadableFile(DAMAGED)
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
