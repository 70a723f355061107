"""Fetching the workbook, from a server on this machine."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from finder.importing import UnreadableFile, download

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contextmanager
def server(status: int = 200, body: bytes = b"", **headers: str) -> Iterator[str]:
    """A server that gives every request the same answer; what is given is its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}/directory.xlsx"
        finally:
            running.shutdown()
            thread.join()


def fetched(url: str, max_megabytes: int = 1) -> bytes:
    target = io.BytesIO()
    download(url, target, max_megabytes=max_megabytes)
    return target.read()


def test_a_file_is_fetched_whole() -> None:
    with server(body=b"PK" + bytes(200_000), Content_Type=_XLSX) as url:
        assert fetched(url) == b"PK" + bytes(200_000)


def test_a_server_may_send_us_on_to_another_address() -> None:
    with server(body=b"PK", Content_Type=_XLSX) as url, server(302, Location=url) as first:
        assert fetched(first) == b"PK"


@pytest.mark.parametrize("elsewhere", ["file:///etc/hostname", "ftp://127.0.0.1/directory.xlsx"])
def test_a_server_may_not_send_us_to_a_file_of_our_own(elsewhere: str) -> None:
    with server(302, Location=elsewhere) as url, pytest.raises(UnreadableFile, match="http"):
        fetched(url)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "directory.xlsx", "", "ftp://127.0.0.1/x"])
def test_only_http_and_https_are_asked(url: str) -> None:
    with pytest.raises(UnreadableFile, match="http:// or https://"):
        fetched(url)


def test_a_missing_file_is_told_with_where_to_look() -> None:
    with server(404) as url, pytest.raises(UnreadableFile, match=r"404.*FINDER_SAMHSA_WORKBOOK_URL"):
        fetched(url)


def test_a_web_page_in_the_file_s_place_is_told() -> None:
    with server(body=b"<html>Moved</html>", Content_Type="text/html; charset=utf-8") as url:  # noqa: SIM117
        with pytest.raises(UnreadableFile, match="web page"):
            fetched(url)


def test_a_download_without_end_is_stopped() -> None:
    with (
        server(body=bytes(1_500_000), Content_Type=_XLSX) as url,
        pytest.raises(UnreadableFile, match="more than 1 MB"),
    ):
        fetched(url)


def test_a_server_that_is_not_there_is_told() -> None:
    with server() as url:
        gone = url
    with pytest.raises(UnreadableFile, match="can't be reached"):
        fetched(gone)


def test_an_answer_that_breaks_off_is_told() -> None:
    with server(body=b"PK", Content_Type=_XLSX, Content_Length="5000") as url:  # noqa: SIM117
        with pytest.raises(UnreadableFile, match="broke off"):
            fetched(url)
