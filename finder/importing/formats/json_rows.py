"""Rows of a JSON file, one after another: a feed of any length takes no more memory than its longest row."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from io import TextIOWrapper
from typing import Any, TextIO, TypeVar

from finder.importing.bounds import UnreadableFile, Upload

MAX_JSON_ROWS = 100_000  # all meetings that Narcotics Anonymous holds in the world are some 70,000
LONGEST_ROW = 100_000  # characters; of 6,470 rows of real feeds none has more than 5,000

_SPACES = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_DAMAGED = "Download it again; if it stays so, tell those who publish it."
_Read = TypeVar("_Read")


def read_rows(upload: Upload, lists: Collection[str] = ()) -> Iterator[tuple[int, Any]]:
    """The values of the file's list with their numbers from 1: the list is all of the file, or stands in one of
    ``lists``, names in the object that the file is.

    Raises `UnreadableFile` for what is no such file, when the first row is asked for or where the reading ends.
    """
    yield from _read(upload, LONGEST_ROW, lambda text: _elements(_at_list(text, lists)))


def read_values(upload: Upload, lists: Collection[str], longest: int) -> Iterator[tuple[int, Any]]:
    """As `read_rows`, but the values, of at most ``longest`` characters each, may also stand one after another without
    a list, as in ``ndjson``, or be a single one. An object with an id is such a value, whatever lists it holds.
    """
    yield from _read(upload, longest, lambda text: _values(text, lists))


def read_fields(upload: Upload, listed: str, longest: int) -> Iterator[tuple[str, Any]]:
    """The fields of the object that the file is, by name and in its order; of the list ``listed`` each value is a field
    of that name, so that a list of any length takes no more memory than its longest value.

    Raises `UnreadableFile` as `read_rows` does.
    """
    yield from _read(upload, longest, lambda text: _fields(text, listed))


def _read(upload: Upload, longest: int, values: Callable[["_Text"], Iterator[_Read]]) -> Iterator[_Read]:
    upload.check_size()
    text = TextIOWrapper(upload.file, encoding="utf-8-sig")
    try:
        yield from values(_Text(text, longest))
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"The file is not in UTF-8, as JSON must be. {_DAMAGED}") from error
    finally:
        text.detach()  # or it would close a file that isn't ours


class _Text:
    """A text of which no more than two rows, ``longest`` characters each, are held at a time."""

    def __init__(self, file: TextIO, longest: int) -> None:
        self._file = file
        self._longest = longest
        self._held = ""
        self._at = 0
        self.row = 0

    def next_sign(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            self._fill()
            self._at = _SPACES.match(self._held, self._at).end()  # type: ignore[union-attr] # it matches the empty text
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._fill():
                return ""

    def take(self, expected: str) -> str:
        """The next character, which must be one of those ``expected``."""
        sign = self.next_sign()
        if not sign or sign not in expected:
            raise self.damaged()
        self._at += 1
        return sign

    def value(self) -> Any:
        """The whole value that stands next."""
        self.next_sign()
        try:
            found, self._at = _DECODER.raw_decode(self._held, self._at)
        except (ValueError, RecursionError):  # the first also for numbers of thousands of digits
            raise self.damaged() from None
        return found

    def whole_object(self) -> dict[str, Any] | None:
        """The object that stands next; ``None``, and nothing is read, where there is none that ends soon enough."""
        if self.next_sign() != "{":
            return None
        try:
            found, self._at = _DECODER.raw_decode(self._held, self._at)
        except (ValueError, RecursionError):
            return None
        return dict(found)

    def damaged(self) -> UnreadableFile:
        """What to tell of a text that goes on otherwise than JSON does."""
        where = f"near row {self.row:,}" if self.row else "at its beginning"
        return UnreadableFile(f"The file is broken off or no JSON {where}, or the row is far too long. {_DAMAGED}")

    def _fill(self) -> bool:
        """Hold at least a row ahead, if there is so much; whether anything came."""
        if len(self._held) - self._at > self._longest:
            return False
        piece = self._file.read(self._longest)
        self._held = self._held[self._at :] + piece if piece else self._held
        self._at = 0 if piece else self._at
        return bool(piece)


def _at_list(text: _Text, lists: Collection[str]) -> _Text:
    """The text, read up to the beginning of its list."""
    if text.next_sign() == "{":
        text.take("{")
        while text.next_sign() == '"':
            name = text.value()
            text.take(":")
            if name in lists and text.next_sign() == "[":
                return text
            text.value()
            text.take(",}")
    elif text.next_sign() == "[":
        return text
    elif text.next_sign() == "<":
        raise UnreadableFile("This is a web page, not a feed. Look for the feed's own address.")
    raise UnreadableFile("This is no JSON file with a list of rows, but perhaps an error that a server sent instead.")


def _fields(text: _Text, listed: str) -> Iterator[tuple[str, Any]]:
    sign = text.take("{")
    while sign != "}":
        name = text.value()
        text.take(":")
        if name == listed and text.next_sign() == "[":
            yield from ((name, element) for _, element in _elements(text))
        else:
            yield name, text.value()
        sign = text.take(",}")


def _values(text: _Text, lists: Collection[str]) -> Iterator[tuple[int, Any]]:
    found = text.whole_object()
    if found is None:
        yield from _elements(_at_list(text, lists))
        return
    listed = None if "id" in found else next((found[name] for name in lists if isinstance(found.get(name), list)), None)
    yield from _one_after_another(text, found) if listed is None else enumerate(listed, start=1)


def _one_after_another(text: _Text, value: Any) -> Iterator[tuple[int, Any]]:
    text.row = 1
    yield text.row, value
    while text.next_sign():
        text.row += 1
        yield text.row, text.value()


def _elements(text: _Text) -> Iterator[tuple[int, Any]]:
    text.take("[")
    if text.next_sign() == "]":
        return
    sign = ","
    while sign == ",":
        text.row += 1
        if text.row > MAX_JSON_ROWS:
            raise UnreadableFile(f"The file has more than {MAX_JSON_ROWS:,} rows. No feed of one region has so many.")
        yield text.row, text.value()
        sign = text.take(",]")
