"""Error pages: plain words, the right status, and always the helplines."""

from http import HTTPStatus
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy.exc import DataError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from finder.extensions import db
from finder.ops import metrics
from finder.ops.logs import causes, where
from finder.orientation.first_screen import load_first_screen
from finder.web.languages import language, lazy_gettext
from finder.web.security import SAFE_METHODS

log = structlog.get_logger()

_TRY_AGAIN = lazy_gettext("Go back and try again, or start a new search.")
_WORDS = {
    HTTPStatus.BAD_REQUEST: (lazy_gettext("We could not read that request"), _TRY_AGAIN),
    HTTPStatus.NOT_FOUND: (
        lazy_gettext("We can't find that page"),
        lazy_gettext("The address may be mistyped, or the listing may have been taken off."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (lazy_gettext("That does not work here"), _TRY_AGAIN),
    HTTPStatus.TOO_MANY_REQUESTS: (
        lazy_gettext("That was too many requests in a minute"),
        lazy_gettext("Wait a minute, then go on. The helplines on this page are answered now."),
    ),
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
_NOT_SAVED = (
    lazy_gettext("That was not saved"),
    lazy_gettext(
        "The directory is not available right now. Go back and send the form again in a few minutes; your browser may "
        "still have what you typed. The helplines on this page are answered now."
    ),
)
_RETRY_SECONDS = "30"
_OTHER_WORDS = (lazy_gettext("That did not work"), _TRY_AGAIN)


def init_app(app: Flask) -> None:
    """Answer every error with a page; none of them touches the database."""
    app.register_error_handler(HTTPException, _http_error)
    for trouble in (OperationalError, NoConnectionFree):
        app.register_error_handler(trouble, _database_error)
    app.register_error_handler(InternalError, _internal_error)
    app.register_error_handler(DataError, _data_error)
    app.register_error_handler(Exception, _unexpected_error)
    app.log_exception = _no_page_for  # type: ignore[method-assign] # Flask's own writes the path down


def page(status: HTTPStatus) -> tuple[str, int]:
    """The page for a status, in the language of the address."""
    return _page(status, *_WORDS.get(status, _OTHER_WORDS))


def _page(status: HTTPStatus, title: lazy_gettext, advice: lazy_gettext) -> tuple[str, int]:
    # Who can't search now can read on: the orientation comes from files.
    screen = load_first_screen(language()) if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return render_template("errors/error.html", title=str(title), advice=str(advice), screen=screen), status


def _http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    kept = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return *page(HTTPStatus(error.code or 500)), kept


def _database_error(error: Exception) -> ResponseReturnValue:
    log.error("database_unavailable", **_told(error))
    db.session.remove()  # left as it is, it would answer nothing that the page asks of it
    is_safe = request.method in SAFE_METHODS
    if is_safe and getattr(error, "connection_invalidated", False) and "was_made_again" not in g:
        g.was_made_again = True
        metrics.count_trouble("again")
        return _made_again()
    metrics.count_trouble("refused")
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = page(status) if is_safe else _page(status, *_NOT_SAVED)
    return *answer, {"Retry-After": _RETRY_SECONDS}


def _made_again() -> ResponseReturnValue:
    """The page, over another connection: one that breaks says nothing of the next, which may lead to another server."""
    try:
        answer = current_app.preprocess_request()
        return answer if answer is not None else current_app.dispatch_request()
    except (OperationalError, NoConnectionFree, HTTPException) as error:
        return current_app.handle_user_exception(error)


def _internal_error(error: InternalError) -> ResponseReturnValue:
    """A database that only reads at present (a standby before it is promoted) is one that is not available."""
    return _database_error(error) if isinstance(error.orig, ReadOnlySqlTransaction) else _unexpected_error(error)


def _data_error(error: DataError) -> tuple[str, int]:
    """PostgreSQL takes no text with NUL in it; SQLite finds nothing by one."""
    log.warning("unfit_for_the_database", **_told(error))
    db.session.remove()
    return page(HTTPStatus.BAD_REQUEST)


def _unexpected_error(error: Exception) -> tuple[str, int]:
    log.error("unexpected_error", status=int(HTTPStatus.INTERNAL_SERVER_ERROR), **_told(error))
    db.session.remove()
    return page(HTTPStatus.INTERNAL_SERVER_ERROR)


def _no_page_for(exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
    """What failed while the page for an error was made."""
    if exc_info[1]:
        log.error("unexpected_error", status=int(HTTPStatus.INTERNAL_SERVER_ERROR), **_told(exc_info[1]))


def _told(error: BaseException) -> dict[str, Any]:
    """What the log says of an error: on which page, of what kind, and where in the code."""
    kind = type(error).__name__
    return {"endpoint": request.endpoint, "kind": kind, "causes": causes(error), "where": where(error)}
