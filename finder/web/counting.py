"""Counting what is asked, for those who run the service: by the page's name, never by its address or what was typed."""

import time
from collections.abc import Callable, Iterable
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Flask, Request

from finder.domain.vocabulary import LEVEL_OF_CARE
from finder.ops import metrics
from finder.search import Results
from finder.web.directory import current_directory
from finder.web.languages import LANGUAGES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
_UNREADABLE, _NOWHERE, _OTHER = "unreadable", "nowhere", "other"


def init_app(app: Flask) -> None:
    """Count each answer of the application's, and how long it took."""
    app.wsgi_app = _Counted(app.wsgi_app)  # type: ignore[method-assign] # wrapping wsgi_app is Flask's documented way


class _Counted:
    """Around the application rather than in it: each look at Flask's ``request`` costs what all the counting does."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        begun = time.perf_counter()

        def start(status: str, *args: Any) -> Callable[[bytes], object]:
            request: Request = environ["werkzeug.request"]  # as long as the application works on it
            method = request.method if request.method in _METHODS else _OTHER
            metrics.count_request(_told(request.endpoint), method, status[:1], time.perf_counter() - begun)
            return start_response(status, *args)

        return self._app(environ, start)


def count_unreadable(status: HTTPStatus) -> None:
    """Count what was answered without the application."""
    metrics.count_request(_UNREADABLE, _OTHER, str(status.value)[:1], 0)


def count_search(results: Results) -> None:
    """Count the answer of a search; its further pages are the same search."""
    if results.page == 1:
        levels = results.asked.needs.get(LEVEL_OF_CARE, frozenset())
        metrics.count_search(levels, was_widened=bool(results.relaxed), was_empty=not results.total)
    if current_directory().out_of_reach_since:
        metrics.count_trouble("kept")


@cache
def _told(endpoint: str | None) -> str:
    """The name of a page, the same in each language."""
    if endpoint is None:
        return _NOWHERE
    blueprint, dot, view = endpoint.rpartition(".")
    for code in LANGUAGES:
        blueprint = blueprint.removesuffix(f"_{code}")
    return f"{blueprint}{dot}{view}"
