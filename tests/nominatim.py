"""A geocoder on this machine that answers as Nominatim does."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Nominatim:
    """What it answers, and what it was asked: a list of addresses.

    ``found`` is the answer in Nominatim's fields, ``None`` for an address that it doesn't know; ``status`` is that of
    HTTP.
    """

    def __init__(self, port: int) -> None:
        self.asked: list[str] = []
        self.found: Mapping[str, Any] | None = a_house()
        self.status = 200
        self.options = {"domain": f"127.0.0.1:{port}", "scheme": "http", "user_agent": "finder's tests", "proxies": {}}

    def answer(self, address: str) -> bytes:
        self.asked.append(parse_qs(urlsplit(address).query)["q"][0])
        return json.dumps([self.found] if self.found else []).encode()


def a_house(**changes: Any) -> dict[str, Any]:
    """The answer for 5 North Example Street; ``changes`` are its fields."""
    usual = {"lat": "41.8857", "lon": "-87.6188", "display_name": "5, North Example Street, Chicago", "place_rank": 30}
    return usual | changes


@contextmanager
def nominatim() -> Iterator[Nominatim]:
    """The geocoder, on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = made.answer(self.path)
            self.send_response(made.status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Nominatim(server.server_port)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
