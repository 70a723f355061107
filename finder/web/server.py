"""Gunicorn's threaded worker, with our answers to requests that never reach Flask."""

import os
from http import HTTPStatus
from typing import Any, cast

import structlog
from flask import Flask
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

from finder.ops import logs
from finder.web import counting, errors

log = structlog.get_logger()


class Log(Logger):
    """Gunicorn's own log, written as all else is; there is none of requests, which say what people search for."""

    def setup(self, cfg: Config) -> None:
        """Write as JSON whatever is written."""
        super().setup(cfg)
        logs.capture()
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.JsonLines())


class Worker(ThreadWorker):
    """Takes no more connections than it has threads for, answers what can't be parsed with our own error page, and
    ends at once when it is told to.

    Gunicorn's own lets connections wait for a thread while another worker has some, sends a bare line without our
    headers and helplines, and logs the visitor's address with what was asked.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._busy = 0  # threads; only the main one counts

    def enqueue_req(self, conn: Any) -> None:
        """Give a connection to a thread; with the last one, leave new connections to other workers."""
        self._busy += 1
        super().enqueue_req(conn)
        if self._busy >= self.cfg.threads:
            self.set_accept_enabled(enabled=False)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Take the thread back."""
        self._busy -= 1
        super().finish_request(conn, fs)

    def set_accept_enabled(self, enabled: bool | None) -> None:  # noqa: FBT001 (gunicorn's signature)
        """Take new connections where a thread is free for them; gunicorn asks again after each event."""
        super().set_accept_enabled(bool(enabled) and self._busy < self.cfg.threads)

    def run(self) -> None:
        """Serve until told to stop; then end what goes on after answers, and the process with it.

        Python would first take apart all that the workers share, and so copy it: seconds, and twice the memory.
        """
        super().run()
        self._app.extensions["background"].finish()
        os._exit(0)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:  # noqa: ARG002 (gunicorn's signature)
        """Send the page for what went wrong before Flask had a request."""
        status = _status(exc)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("unanswered_request", status=int(status), exc_info=exc)
        else:
            log.warning("unreadable_request", kind=type(exc).__name__, status=int(status))
        counting.count_unreadable(status)
        try:
            client.sendall(self._answer(status))
        except OSError:
            log.debug("client_gone")

    @property
    def _app(self) -> Flask:
        return cast(Flask, self.wsgi)

    def _answer(self, status: HTTPStatus) -> bytes:
        app = self._app
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
