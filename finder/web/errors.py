"""Error pages: plain words, the right status, and always the helplines."""

import traceback
from http import HTTPStatus

import structlog
from flask import Flask, render_template
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

log = structlog.get_logger()

_WORDS = {
    HTTPStatus.BAD_REQUEST: ("We could not read that request", "Go back and try again, or start a new search."),
    HTTPStatus.NOT_FOUND: (
        "We can't find that page",
        "The address may be mistyped, or the listing may have been taken off.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: ("That does not work here", "Go back and try again, or start a new search."),
    HTTPStatus.REQUEST_URI_TOO_LONG: ("That request was too long", "Type a shorter text, or start a new search."),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "The directory is not available right now",
        "Try again in a few minutes. The helplines on this page are answered now.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something went wrong on our side",
        "It was not your mistake. Try again in a few minutes. The helplines on this page are answered now.",
    ),
}


def init_app(app: Flask) -> None:
    """Answer every error with a page; none of them touches the database."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected_error)


def page(status: HTTPStatus) -> tuple[str, int]:
    """The page for a status."""
    title, advice = _WORDS.get(status, (status.phrase, "Go back and try again, or start a new search."))
    return render_template("errors/error.html", title=title, advice=advice), status


def _http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    kept = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return *page(HTTPStatus(error.code or 500)), kept


def _database_error(error: OperationalError) -> tuple[str, int]:
    log.error("database_unavailable", where=_where(error))
    return page(HTTPStatus.SERVICE_UNAVAILABLE)


def _unexpected_error(error: Exception) -> tuple[str, int]:
    log.error("unexpected_error", kind=type(error).__name__, where=_where(error))
    return page(HTTPStatus.INTERNAL_SERVER_ERROR)


def _where(error: Exception) -> list[str]:
    """The lines of code that an error came through. Its message isn't logged: it may quote what a visitor typed."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
