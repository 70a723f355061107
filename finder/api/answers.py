"""Answers in JSON: alone, as a page of a list with links to its neighbors, or as all entries, one a line."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import urlencode

import orjson
from flask import Response, request, stream_with_context
from sqlalchemy import select

from finder.api.finding import directory
from finder.api.kept import Kept, unpacked
from finder.api.parameters import Page
from finder.api.problems import Problem
from finder.exporting.hsds import Data
from finder.extensions import db
from finder.models import Provider, WordingChange
from finder.search import Directory, Version

Keys: TypeAlias = Sequence[Any]
Load: TypeAlias = Callable[[Keys], Iterable[Data]]

_FORM = 1  # raised when the same listings are told in another form
_AT_A_TIME = 200  # entries of a stream in memory
_JSON, _LINES, _ZIP = "application/json", "application/x-ndjson", "application/zip"


def alone(load: Callable[[], object]) -> Response:
    """One thing."""
    state = _state()
    return state.known(_JSON) or state.on(Response(orjson.dumps(load()), mimetype=_JSON))


def listed(asked: Page, find: Callable[[], Keys], load: Load) -> Response:
    """A list: ``find`` gives the keys of all entries in their order, ``load`` the entries of some keys."""
    if asked.format == "ndjson":
        return _in_pieces(lambda: _lines(find(), load), _LINES)
    state = _state()
    return state.known(_JSON) or state.on(_page(asked, find(), load))


def archive(pieces: Callable[[], Iterator[bytes]]) -> Response:
    """A zip archive, which is sent while it is made."""
    return _in_pieces(pieces, _ZIP)


def kept_array(kept: Kept, question: Hashable, entries: Callable[[], Iterator[Iterable[Data]]]) -> Response:
    """All entries as one array, some at a time. It is made once for each question, until the directory changes."""
    state = _state()

    def answer() -> Response:
        db.session.rollback()  # whoever waits for another who makes it holds no connection
        packed = kept.packed((state.etag, question), lambda: _released(_array(entries())))
        if request.accept_encodings["gzip"]:
            return Response(packed, mimetype=_JSON, headers={"Content-Encoding": "gzip"})
        return Response(unpacked(packed), mimetype=_JSON)

    return state.known(_JSON) or state.on(Response(mimetype=_JSON) if request.method == "HEAD" else answer())


def _in_pieces(pieces: Callable[[], Iterator[bytes]], media_type: str) -> Response:
    state = _state()
    return state.known(media_type) or state.on(_streamed(pieces, media_type))


def _streamed(pieces: Callable[[], Iterator[bytes]], media_type: str) -> Response:
    if request.method == "HEAD":  # nobody would read the pieces to their end, and with it let go of the database
        return Response(mimetype=media_type)
    return Response(stream_with_context(_released(pieces())), mimetype=media_type)


def _array(entries: Iterator[Iterable[Data]]) -> Iterator[bytes]:
    before = b"["
    for some in entries:
        if told := orjson.dumps(list(some))[1:-1]:
            yield before + told
            before = b","
    yield b"[]" if before == b"[" else b"]"


def _page(asked: Page, keys: Keys, load: Load) -> Response:
    first = (asked.page - 1) * asked.per_page
    contents = list(load(keys[first : first + asked.per_page]))
    pages = -(-len(keys) // asked.per_page)
    envelope = {
        "total_items": len(keys),
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": contents,
    }
    return Response(orjson.dumps(envelope), mimetype=_JSON, headers={"Link": _links(asked.page, pages)})


def _links(page: int, pages: int) -> str:
    """The neighbors of a page and both ends of its list (RFC 8288)."""
    last = max(pages, 1)
    others = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    there = {rel: number for rel, number in others.items() if 1 <= number <= last}
    return ", ".join(f'<{_same_list(number)}>; rel="{rel}"' for rel, number in there.items())


def _same_list(page: int) -> str:
    return f"{request.path}?{urlencode(request.args.to_dict() | {'page': str(page)})}"


def _lines(keys: Keys, load: Load) -> Iterator[bytes]:
    for start in range(0, len(keys), _AT_A_TIME):
        some = load(keys[start : start + _AT_A_TIME])
        yield b"".join([orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE) for entry in some])


def _released(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        db.session.rollback()  # whoever reads slowly keeps no transaction open


@dataclass(frozen=True)
class _State:
    """What tells one state of the directory from others, so that nobody fetches twice what didn't change."""

    etag: str
    changed_at: dt.datetime

    def on(self, response: Response) -> Response:
        """The answer, dated."""
        response.set_etag(self.etag, weak=True)
        response.last_modified = self.changed_at
        response.headers["Cache-Control"] = "no-cache"  # may be kept, but asked for again each time
        response.headers["X-Robots-Tag"] = "noindex"  # search engines have the pages
        return response

    def known(self, media_type: str) -> Response | None:
        """The answer to who has it already. Ends the request of who can't read the type."""
        if request.accept_mimetypes and not request.accept_mimetypes[media_type]:
            words = f"This address answers in {media_type}, which the Accept header leaves out."
            raise Problem(HTTPStatus.NOT_ACCEPTABLE, words)
        return self.on(Response(status=HTTPStatus.NOT_MODIFIED)) if self._is_known() else None

    def _is_known(self) -> bool:
        # A date counts only where there is no tag (RFC 9110, 13.2.2).
        if request.if_none_match:
            return request.if_none_match.contains_weak(self.etag)
        since = request.if_modified_since
        return since is not None and self.changed_at.replace(microsecond=0) <= since


def _state() -> _State:
    """The present one, before anything is read: what is read may be newer, which costs one fetch, but never older.

    It is another each day: offsets from UTC and what places say of their room change without a change of ours.
    """
    version, now = directory().version(), directory().now()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    etag = f"{_FORM}-{version.uid}-{version.number}-{today:%Y%m%d}"
    return _State(etag, max(today, min(now, _changed_at(directory(), version))))


@lru_cache(maxsize=2)
def _changed_at(_directory: Directory, _version: Version) -> dt.datetime:
    """When a listing, or what is said of the vocabulary, was changed last."""
    listing = select(Provider.updated_at).order_by(Provider.directory_version.desc()).limit(1)
    words = select(WordingChange.at).order_by(WordingChange.id.desc()).limit(1)
    found = (db.session.scalar(query) for query in (listing, words))
    return max((moment for moment in found if moment), default=dt.datetime.min.replace(tzinfo=dt.UTC))
