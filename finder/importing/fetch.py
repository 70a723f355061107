"""Fetching a file from the address that its publisher gives."""

import datetime as dt
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import BinaryIO, NamedTuple
from urllib.parse import urljoin

from finder.importing.addresses import Resolve, Target, addresses_of, system_addresses, target_of
from finder.importing.bounds import MEGABYTE, UnreadableFile
from finder.importing.connecting import Deadline, connected

_MOST_REDIRECTS = 5
_PIECE_BYTES = 65_536
_GZIP = 31  # zlib's number for a window of 32 kB within gzip's frame
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "finder (treatment directory)",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_LONGEST_TAG, _LONGEST_DATE = 200, 100  # what the database keeps of them


class FetchTrouble(UnreadableFile):
    """An address from which nothing came; ``wait`` is how long its server wants to be left alone, where it says so."""

    def __init__(self, message: str, wait: dt.timedelta = dt.timedelta()) -> None:
        super().__init__(message)
        self.wait = wait


@cache
def _usual_tls() -> ssl.SSLContext:
    """Trusts whom the system trusts. Read once: that takes longer than most of what else a page does."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """How we fetch: at most so many megabytes, in at most so many seconds all in all.

    ``trusted`` are the hosts of the operator's own network (`finder.importing.addresses`). The pages of a list
    (`finder.importing.pages`) may take ``pages_seconds`` together; ``rest`` waits so many where a server asks for it.
    """

    max_megabytes: int
    trusted: frozenset[str] = frozenset()
    seconds: float = 300
    pages_seconds: float = 1500  # a last page more, and `finder doctor` begins to miss who works on jobs
    rest: Callable[[float], None] = time.sleep
    resolve: Resolve = system_addresses
    tls: ssl.SSLContext = field(default_factory=_usual_tls)


class Seen(NamedTuple):
    """What a server said of its last answer, to be told when there is nothing newer."""

    etag: str = ""
    modified: str = ""


_NOTHING_SEEN = Seen()


def fetch(url: str, target: BinaryIO, fetcher: Fetcher, seen: Seen = _NOTHING_SEEN) -> Seen | None:
    """Write what is at ``url`` into ``target`` and go back to its start; None where nothing is newer than ``seen``.

    Raises `FetchTrouble` for a server that doesn't answer, says no or sends a web page, and for more than the fetcher
    takes; `UnreadableFile` for an address that isn't asked, also one that a server sends us on to.
    """
    deadline = Deadline(fetcher.seconds)
    asked = target_of(url)
    for _ in range(_MOST_REDIRECTS + 1):
        with _asking(asked, fetcher, deadline) as connection:
            answer = _answer(connection, asked, seen)
            if answer.status not in _REDIRECTS:
                return _taken(answer, asked, target, fetcher)
        asked = _next(asked, answer)
    raise FetchTrouble(f"{url} leads from one address to the next without end.")


@contextmanager
def _asking(asked: Target, fetcher: Fetcher, deadline: Deadline) -> Iterator[HTTPConnection]:
    """A connection; whatever goes wrong with it is told in plain words."""
    try:
        addresses = addresses_of(asked, fetcher.resolve, fetcher.trusted)
        with connected(asked, addresses, fetcher.tls, deadline) as connection:
            yield connection
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        raise FetchTrouble(f"{asked.url} can't be reached: {_reason(error, fetcher)}. Try again later.") from error


def _answer(connection: HTTPConnection, asked: Target, seen: Seen) -> HTTPResponse:
    said = {"Host": asked.host_header, "If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    connection.request("GET", asked.path, headers=_HEADERS | {name: value for name, value in said.items() if value})
    return connection.getresponse()


def _next(asked: Target, answer: HTTPResponse) -> Target:
    there = target_of(urljoin(asked.url, answer.headers.get("Location", "")))
    if (asked.scheme, there.scheme) == ("https", "http"):
        raise UnreadableFile(f"{asked.url} leads to {there.url}, where anybody could change the file on its way.")
    return there


def _taken(answer: HTTPResponse, asked: Target, target: BinaryIO, fetcher: Fetcher) -> Seen | None:
    if answer.status == 304:
        return None
    if answer.status != 200:
        raise FetchTrouble(f"{asked.url} answered {answer.status} ({answer.reason}).", _wait(answer))
    if answer.headers.get_content_type() == "text/html":
        raise FetchTrouble(f"{asked.url} is a web page, not a file.")
    _copy(answer, target, fetcher.max_megabytes)
    target.seek(0)
    etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
    return Seen(etag if len(etag) <= _LONGEST_TAG else "", modified if len(modified) <= _LONGEST_DATE else "")


def _copy(answer: HTTPResponse, target: BinaryIO, max_megabytes: int) -> None:
    total = 0
    for piece in _pieces(answer):
        total += len(piece)
        if total > max_megabytes * MEGABYTE:
            raise FetchTrouble(f"The download has more than {max_megabytes} MB and was stopped.")
        target.write(piece)


def _pieces(answer: HTTPResponse) -> Iterator[bytes]:
    """What was sent, unpacked, and never more of it than a piece at a time."""
    packing = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "gzip"}:
        raise FetchTrouble(f"The download is packed in a way that nobody asked for ({packing}).")
    unpacking = zlib.decompressobj(wbits=_GZIP)
    while piece := answer.read(_PIECE_BYTES):
        if packing == "identity":
            yield piece
        else:
            yield from _unpacked(piece, unpacking)
    # What the server promised and didn't send.
    if answer.length or (packing == "gzip" and not unpacking.eof):
        raise FetchTrouble("The download broke off before its end. Try again.")


def _unpacked(packed: bytes, unpacking: "zlib._Decompress") -> Iterator[bytes]:
    while packed and not unpacking.eof:
        yield unpacking.decompress(packed, _PIECE_BYTES)
        packed = unpacking.unconsumed_tail


def _wait(answer: HTTPResponse) -> dt.timedelta:
    """How long a server wants to be left alone: ``Retry-After`` in seconds or as a date (RFC 9110)."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal() and len(said) < 9:
        return dt.timedelta(seconds=int(said))
    with suppress(ValueError):
        return max(parsedate_to_datetime(said) - dt.datetime.now(dt.UTC), dt.timedelta())
    return dt.timedelta()


def _reason(error: Exception, fetcher: Fetcher) -> str:
    if isinstance(error, TimeoutError):
        return f"it took longer than {fetcher.seconds:g} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({error.verify_message})"
    strerror = error.strerror if isinstance(error, OSError) else ""
    return strerror or str(error) or type(error).__name__
