"""Lists that an interface gives in pages: fetched one after another and put together into one file, or not at all.

No link of an answer is followed: each page is asked for at the address of the first, under the same rules.
"""

import datetime as dt
import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit, urlunsplit

from finder.importing.bounds import MEGABYTE, UnreadableFile, Upload
from finder.importing.connecting import Deadline
from finder.importing.fetch import Fetcher, FetchTrouble, fetch
from finder.importing.formats.json_rows import MAX_JSON_ROWS, read_fields
from finder.importing.report import Progress

MOST_PAGES = 2_000

_LONGEST_REST = 90  # seconds; who wants to be left alone for longer is asked for everything another time
_CHANGED = "The list changed while it was being fetched. Try again later."


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How an interface gives a list in pages: by its ``parameter``, and by the fields of each answer that tell its
    ``number`` from 1 on, how many ``pages`` and ``items`` there are in all, and the ``rows``.

    ``row_id`` is the field by which a row is known, where there is one; no row has more than ``longest`` characters.
    """

    number: str
    pages: str
    items: str
    rows: str
    longest: int
    row_id: str = ""
    parameter: str = "page"


def pages_told(answer: Upload, paging: Paging) -> int:
    """How many pages the list has of which an answer is the first; 1 for an answer that says no such thing."""
    pages = 1
    with suppress(UnreadableFile):  # its format tells what is wrong with it
        told = (value for name, value in read_fields(answer, paging.rows, paging.longest) if name == paging.pages)
        pages = next((value for value in told if isinstance(value, int)), 1)
    answer.file.seek(0)
    return pages


def fetch_pages(address: str, first: Upload, paging: Paging, fetcher: Fetcher, tell: Progress) -> Iterator[bytes]:
    """The rows of all pages as the pieces of one JSON file, an array with a row in each line; ``first`` is the first.

    Raises `FetchTrouble`, which says on which page: as `fetch`, for a page that comes again, a list that changes
    meanwhile, and more pages, bytes or time than the fetcher takes.
    """
    pages = pages_told(first, paging)
    if pages > MOST_PAGES:
        words = "Ask for longer ones in its address, or for a part of the list."
        raise FetchTrouble(f"{address} has {pages:,} pages; at most {MOST_PAGES:,} are fetched. {words}")
    reader, deadline = _Reader(paging, pages, fetcher.max_megabytes), Deadline(fetcher.pages_seconds)
    for number in range(1, pages + 1):
        tell(number, pages)
        with _told_of(number, pages), tempfile.TemporaryFile() as file:
            page = first if number == 1 else _page(page_address(address, paging, number), file, fetcher, deadline)
            yield from reader.rows_of(page, number)
    yield reader.end()


def page_address(address: str, paging: Paging, number: int) -> str:
    """The address of a page, from that of the list."""
    parts = urlsplit(address)
    asked = (part for part in parts.query.split("&") if part and part.partition("=")[0] != paging.parameter)
    return urlunsplit(parts._replace(query="&".join([*asked, f"{paging.parameter}={number}"])))


def _page(url: str, file: BinaryIO, fetcher: Fetcher, deadline: Deadline) -> Upload:
    try:
        deadline.left()
    except TimeoutError as error:
        words = f"all pages together took longer than {fetcher.pages_seconds:g} seconds. Ask for a part of the list."
        raise FetchTrouble(words) from error
    try:
        fetch(url, file, fetcher)
    except FetchTrouble as error:
        if not 0 < error.wait.total_seconds() <= _LONGEST_REST:
            raise
        fetcher.rest(error.wait.total_seconds())
        fetch(url, file, fetcher)  # nothing was written by what was refused
    return Upload(file=file, name=url, max_megabytes=fetcher.max_megabytes)


@contextmanager
def _told_of(number: int, pages: int) -> Iterator[None]:
    """Say of which page it is that something goes wrong."""
    try:
        yield
    except UnreadableFile as error:
        wait = error.wait if isinstance(error, FetchTrouble) else dt.timedelta()
        raise FetchTrouble(f"Page {number:,} of {pages:,}: {error}", wait) from error


class _Reader:
    """Reads the rows of page after page, and finds out whether they are of one list."""

    def __init__(self, paging: Paging, pages: int, max_megabytes: int) -> None:
        self._paging = paging
        self._pages = pages
        self._max_megabytes = max_megabytes
        self._items: Any = None
        self._rows = self._bytes = 0
        self._seen: set[bytes] = set()
        self._ids: set[str] = set()

    def rows_of(self, page: Upload, number: int) -> Iterator[bytes]:
        """The rows of a page as a part of the array; then looks at what else it says."""
        self._count_bytes(page)
        said: dict[str, Any] = {}
        digest, ids = hashlib.sha256(), set[str]()
        for name, value in read_fields(page, self._paging.rows, self._paging.longest):
            if name == self._paging.rows:
                row = json.dumps(value, separators=(",", ":")).encode()
                digest.update(row)
                if isinstance(value, dict) and isinstance(id_ := value.get(self._paging.row_id), str):
                    ids.add(id_)
                yield (b",\n" if self._rows else b"[\n") + row
                self._count_row()
            elif name in {self._paging.number, self._paging.pages, self._paging.items}:
                said[name] = value
        self._check_numbers(said, number)
        self._check_repetition(digest.digest(), ids)

    def end(self) -> bytes:
        """The end of the array, once all rows were there that the list told of."""
        if self._items is not None and self._items != self._rows:
            raise FetchTrouble(f"The list tells of {self._items:,} rows, and its pages have {self._rows:,}. {_CHANGED}")
        return b"\n]" if self._rows else b"[]"

    def _count_bytes(self, page: Upload) -> None:
        self._bytes += page.file.seek(0, 2)
        if self._bytes > self._max_megabytes * MEGABYTE:
            words = "Ask for a part of the list, or raise the setting FINDER_IMPORT_MAX_MEGABYTES."
            raise FetchTrouble(f"the pages until here have more than {self._max_megabytes} MB together. {words}")

    def _count_row(self) -> None:
        self._rows += 1
        if self._rows > MAX_JSON_ROWS:
            words = f"the pages until here have more than {MAX_JSON_ROWS:,} rows together. Ask for a part of the list."
            raise FetchTrouble(words)

    def _check_numbers(self, said: dict[str, Any], number: int) -> None:
        if said.get(self._paging.number) != number:
            raise FetchTrouble(f"the server sent page {said.get(self._paging.number)} in its place.")
        items = said.get(self._paging.items)
        self._items = items if number == 1 and isinstance(items, int) else self._items
        if said.get(self._paging.pages) != self._pages or (self._items is not None and items != self._items):
            raise FetchTrouble(_CHANGED)

    def _check_repetition(self, digest: bytes, ids: set[str]) -> None:
        if digest in self._seen:
            raise FetchTrouble("it has the rows of an earlier page once more.")
        if not ids.isdisjoint(self._ids):
            raise FetchTrouble(f"rows of an earlier page stand on it once more. {_CHANGED}")
        self._seen.add(digest)
        self._ids |= ids
