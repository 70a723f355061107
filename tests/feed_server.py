"""A server on this machine that publishes files, as sources have them."""

import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What the server says: the status, the headers, and the body, whole or in pieces that it sends one by one."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FeedServer:
    """The answers by path, which a test may change, and the headers of each request that came."""

    address: str
    host: str
    answers: dict[str, Answer]
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return f"{self.address}{path}"

    def answer_to(self, path: str, headers: Mapping[str, str]) -> Answer:
        """The answer to a request, without a query if there is none for the whole path; 304 where nothing is new."""
        self.requests.append((path, dict(headers)))
        answer = self.answers.get(path) or self.answers.get(path.partition("?")[0], Answer(status=404))
        etag = answer.headers.get("ETag")
        return Answer(status=304, headers=answer.headers) if etag and headers.get("If-None-Match") == etag else answer


@contextmanager
def feed_server(answers: Mapping[str, Answer] | None = None, tls: ssl.SSLContext | None = None) -> Iterator[FeedServer]:
    """A server that runs until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = served.answer_to(self.path, dict(self.headers))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [answer.body] if isinstance(answer.body, bytes) else answer.body:
                self.wfile.write(piece)

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ssl.SSLError):
                """Who asked has gone: that is what some tests are about."""

        def log_message(self, *_: Any) -> None:
            """Nothing: a test's output is its own."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        if tls:
            running.socket = tls.wrap_socket(running.socket, server_side=True)
        host = f"127.0.0.1:{running.server_port}"
        served = FeedServer(f"{'https' if tls else 'http'}://{host}", host, dict(answers or {}))
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield served
        finally:
            running.shutdown()
            thread.join()
