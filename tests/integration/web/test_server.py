"""The service as it runs: gunicorn with several workers, asked over real connections."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from sqlalchemy.orm import Session

from tests.databases import SqliteDatabases
from tests.factories import a_provider
from tests.service import Service, running


@pytest.fixture(scope="module")
def service(sqlite_databases: SqliteDatabases) -> Iterator[Service]:
    """A service with an empty directory."""
    with sqlite_databases.migrated() as url, running(url) as started:
        yield started


def test_a_request_that_is_too_long_is_told_so_with_helplines_and_headers(service: Service) -> None:
    answer = service.say(b"GET /search?near=" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert answer.startswith("HTTP/1.1 414 ")
    assert "That request was too long" in answer
    assert 'href="tel:911"' in answer
    assert "default-src 'none'" in answer


def test_what_is_no_request_at_all_is_answered_too(service: Service) -> None:
    assert service.say(b"\x00\xff\xfe garbage\r\n\r\n").startswith("HTTP/1.1 400 ")


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
        service = Service(url)
        for address in _ASKED:
            service.get(address)
        form = b"danger=canary&asked=canary&go=canary"
        head = b"Host: localhost\r\nUser-Agent: canary\r\nReferer: http://canary/\r\nCookie: canary=canary\r\n"
        head += b"Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        service.say(b"POST /guide HTTP/1.1\r\n" + head + b"Content-Length: %d\r\n\r\n%s" % (len(form), form))
        service.say(b"GET /canary" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: localhost\r\nX-Canary: canary\r\n\r\n")
        service.say(b"canary is no request\r\n\r\n")
        logged = service.stop()
    assert "unreadable_request" in logged
    assert "canary" not in logged
    assert not re.search(r"127\.0\.0\.1(?!:)", logged)


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
