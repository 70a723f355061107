"""Error pages: plain words, the right status, and always the helplines."""

import traceback
from http import HTTPStatus

import structlog
from flask import Flask, render_template
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from finder.web.languages import lazy_gettext

log = structlog.get_logger()

_TRY_AGAIN = lazy_gettext("Go back and try again, or start a new search.")
_WORDS = {
    HTTPStatus.BAD_REQUEST: (lazy_gettext("We could not read that request"), _TRY_AGAIN),
    HTTPStatus.NOT_FOUND: (
        lazy_gettext("We can't find that page"),
        lazy_gettext("The address may be mistyped, or the listing may have been taken off."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (lazy_gettext("That does not work here"), _TRY_AGAIN),
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        lazy_gettext("That request was too long"),
        lazy_gettext("Type a shorter text, or start a new search."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        lazy_gettext("The directory is not available right now"),
        lazy_gettext("Try again in a few minutes. The helplines on this page are answered now."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext(
            "It was not your mistake. Try again in a few minutes. The helplines on this page are answered now."
        ),
    ),
}
_OTHER_WORDS = (lazy_gettext("That did not work"), _TRY_AGAIN)


def init_app(app: Flask) -> None:
    """Answer every error with a page; none of them touches the database."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected_error)


def page(status: HTTPStatus) -> tuple[str, int]:
    """The page for a status, in the language of the address."""
    title, advice = map(str, _WORDS.get(status, _OTHER_WORDS))
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
