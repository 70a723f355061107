"""Gunicorn's threaded worker, with our answers to requests that never reach Flask."""

from http import HTTPStatus
from typing import Any, cast

import structlog
from flask import Flask
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from finder.web import errors

log = structlog.get_logger()


class Worker(ThreadWorker):
    """Answers a request that can't be parsed with our own error page.

    Gunicorn's own handling sends a bare line without our headers and helplines, and logs the visitor's address with
    what was asked.
    """

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:  # noqa: ARG002 (gunicorn's signature)
        """Send the page for what went wrong before Flask had a request."""
        status = _status(exc)
        log.warning("unreadable_request", kind=type(exc).__name__, status=int(status))
        try:
            client.sendall(self._answer(status))
        except OSError:
            log.debug("client_gone")

    def _answer(self, status: HTTPStatus) -> bytes:
        app = cast(Flask, self.wsgi)
        with app.test_request_context():
            response = app.process_response(app.make_response(errors.page(status)))
        response.headers["Connection"] = "close"
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\n{response.headers}"
        return head.encode("latin-1") + bytes(response.get_data())


def _status(exc: BaseException) -> HTTPStatus:
    match exc:
        case LimitRequestLine():
            return HTTPStatus.REQUEST_URI_TOO_LONG
        case LimitRequestHeaders():
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        case ParseException():
            return HTTPStatus.BAD_REQUEST
    return HTTPStatus.INTERNAL_SERVER_ERROR
