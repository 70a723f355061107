"""The service as it runs: gunicorn with several workers, asked over real connections."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection

import pytest
from sqlalchemy.orm import Session

from tests.broken import BROKEN, BROKEN_FILE
from tests.databases import SqliteDatabases
from tests.factories import a_provider
from tests.service import Service, running
from tests.smuggling import AMBIGUOUS, BROKEN_CHUNKS, CLEAR, SMUGGLED, statuses


@pytest.fixture(scope="module")
def metrics_port() -> int:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port: int = reserved.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def service(sqlite_databases: SqliteDatabases, metrics_port: int) -> Iterator[Service]:
    """A service with an empty directory, which tells metrics."""
    with sqlite_databases.migrated() as url:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("FINDER_METRICS_PORT", str(metrics_port))
            started = Service(url)
        yield started
        started.stop()


def test_a_request_that_is_too_long_is_told_so_with_helplines_and_headers(service: Service) -> None:
    answer = service.say(b"GET /search?near=" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert answer.startswith("HTTP/1.1 414 ")
    assert "That request was too long" in answer
    assert 'href="tel:911"' in answer
    assert "default-src 'none'" in answer


def test_what_is_no_request_at_all_is_answered_too(service: Service) -> None:
    assert service.say(b"\x00\xff\xfe garbage\r\n\r\n").startswith("HTTP/1.1 400 ")


@pytest.mark.parametrize("ask", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_what_could_be_read_in_two_ways_is_refused_and_nothing_after_it_is_read(service: Service, ask: bytes) -> None:
    assert statuses(service.say(ask).encode()) == [HTTPStatus.BAD_REQUEST]


@pytest.mark.parametrize("ask", BROKEN_CHUNKS.values(), ids=BROKEN_CHUNKS)
def test_after_a_chunk_of_doubtful_size_nothing_is_read(service: Service, ask: bytes) -> None:
    answers = statuses(service.say(ask).encode())
    assert answers
    assert SMUGGLED not in answers


@pytest.mark.parametrize("ask", CLEAR.values(), ids=CLEAR)
def test_what_is_in_the_body_of_a_request_is_never_a_request_of_its_own(service: Service, ask: bytes) -> None:
    first, after = statuses(service.say(ask).encode())
    assert first != SMUGGLED
    assert after == HTTPStatus.OK


def test_a_visitor_s_header_leads_no_link_to_another_site(service: Service) -> None:
    page = service.say(
        b"GET //elsewhere.example/topics HTTP/1.1\r\nHost: localhost\r\n"
        b"SCRIPT_NAME: //elsewhere.example\r\nConnection: close\r\n\r\n"
    )
    assert "elsewhere.example" not in page


_ASKED = (
    "/search?near=canary-place&q=canary&canary=canary",
    "/search.csv?near=60601&q=canary",
    "/search.geojson?near=canary",
    "/map.json?near=canary&bbox=canary",
    "/places.json?q=canary",
    "/shortlist?ids=canary",
    "/providers/canary",
    "/es/topics/canary",
    "/nowhere?q=canary-words",
)


def test_nothing_of_a_visitor_is_logged(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.migrated() as url:
        service = Service(url, application="tests.broken:create_app()")
        for address in _ASKED:
            service.get(address)
        for address in BROKEN:
            service.say(b"GET %s?q=canary HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % address)
        form = b"danger=canary&asked=canary&go=canary"
        head = b"Host: localhost\r\nUser-Agent: canary\r\nReferer: http://canary/\r\nCookie: canary=canary\r\n"
        head += b"Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        service.say(b"POST /guide HTTP/1.1\r\n" + head + b"Content-Length: %d\r\n\r\n%s" % (len(form), form))
        service.say(b"GET /canary" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: localhost\r\nX-Canary: canary\r\n\r\n")
        service.say(b"canary is no request\r\n\r\n")
        logged = service.stop()
    lines = [json.loads(line) for line in logged.splitlines()]
    assert "unreadable_request" in logged
    assert "canary" not in logged
    assert not re.search(r"127\.0\.0\.1(?!:)", logged)
    assert {line["level"] for line in lines} == {"info", "warning", "error"}
    assert {line["logger"] for line in lines if "logger" in line} >= {"gunicorn.error", "py.warnings"}
    broken = [line for line in lines if line.get("kind") == "LookupError"]
    assert {line["event"] for line in broken} == {
        "unexpected_error",  # told with a page
        "Error handling request",  # gunicorn's, once the answer is on its way
        "thread_failed",
    }
    assert all(line["where"][-1].startswith(BROKEN_FILE) and line["causes"][0] == "ValueError" for line in broken)
    assert any(line.get("endpoint") == "broken_page" and line["status"] == 500 for line in broken)


def told_at(port: int, service: Service) -> str:
    """The metrics; the process that tells them needs a moment after the service has begun."""
    for _ in range(2000):
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                connection.request("GET", "/metrics")
                return connection.getresponse().read().decode()
        except ConnectionRefusedError:
            service.get("/topics")
    pytest.fail("nobody tells metrics")


def test_all_workers_count_together_and_tell_it_on_a_port_of_its_own_alone(service: Service, metrics_port: int) -> None:
    for number in range(60):
        service.get(f"/search?near=60601&level_of_care=detox&q=canary-{number}")

    told = told_at(metrics_port, service)

    assert 'finder_requests_total{endpoint="public.results",method="GET",status="2xx"} 60.0\n' in told
    # Each of two workers keeps up to 19 to itself.
    assert re.search(r'^finder_searches_by_level_total\{level="detox"\} (40|60)\.0$', told, re.MULTILINE)
    assert "\nfinder_database_up 1.0\n" in told
    assert "\nfinder_snapshot_listings 0.0\n" in told
    assert "canary" not in told
    assert "60601" not in told
    assert service.get("/metrics")[0] == HTTPStatus.NOT_FOUND


def test_every_worker_shows_a_change_without_a_restart(database_url: str, session: Session) -> None:
    with running(database_url) as service:
        for number in range(3):
            a_provider(session, name=f"Harbor House {number}")
            session.commit()
            # More in a row than one worker could answer by chance while the other still shows what was before.
            shown = 0
            while shown < 12:
                status, page = service.get("/search?near=60601")
                assert status == HTTPStatus.OK
                shown = shown + 1 if f"Harbor House {number}" in page else 0
