"""The application with pages that fail in every way in which a page can, with what was asked in their messages."""

import threading
import warnings
from collections.abc import Iterator
from typing import NoReturn

from flask import Flask, Response, request

from finder import app as finder

BROKEN = (b"/broken/page", b"/broken/middle", b"/broken/thread", b"/broken/error-page", b"/broken/warning")
BROKEN_FILE = __file__


def create_app() -> Flask:
    """The application with the addresses of `BROKEN`."""
    app = finder.create_app()
    for view in (broken_page, broken_middle, broken_thread, broken_warning, broken_error_page):
        app.add_url_rule(f"/broken/{view.__name__.removeprefix('broken_').replace('_', '-')}", view_func=view)
    app.register_error_handler(_UnspeakableError, lambda _error: _fail(request.url))
    return app


class _UnspeakableError(Exception):
    """What has no page."""


def _fail(asked: str) -> NoReturn:
    try:
        float(asked)
    except ValueError as error:
        raise LookupError(asked) from error


def broken_page() -> str:
    """Fails before it answers."""
    _fail(request.url)


def broken_middle() -> Response:
    """Fails when a part of the answer is on its way."""
    return Response(_in_pieces(request.url), mimetype="text/plain")


def _in_pieces(asked: str) -> Iterator[str]:
    yield "so far so good"
    _fail(asked)


def broken_thread() -> str:
    """Lets something fail beside the answer."""
    beside = threading.Thread(target=_fail, args=(request.url,))
    beside.start()
    beside.join()
    return ""


def broken_error_page() -> str:
    """Fails, and fails to say so."""
    raise _UnspeakableError(request.url)


def broken_warning() -> str:
    """Does what a library warns of."""
    warnings.warn("such a thing will be an error", stacklevel=1)
    return ""
