"""Fetching a list that its server gives in pages."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from finder.importing.fetch import Fetcher, FetchTrouble, Seen
from finder.importing.fetched import fetched
from finder.importing.formats.json_rows import read_rows, read_values
from finder.importing.pages import MOST_PAGES
from finder.importing.recipes import FORMATS
from tests.feed_server import Answer, FeedServer, feed_server
from tests.samples.feeds import raw_file

LIST = "/services?per_page=2"


def a_page(number: int, ids: str, pages: int = 3, items: int = 5, **more: Any) -> Answer:
    """A page of HSDS with a service for each letter."""
    contents = [{"id": each, "name": "Caf\u00e9 \ud800"} for each in ids]
    envelope = {"page_number": number, "total_pages": pages, "total_items": items, "contents": contents}
    return Answer(json.dumps(envelope | more).encode(), headers={"ETag": '"7"', "Content-Type": "application/json"})


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """A server with five services on three pages."""
    pages = {LIST: a_page(1, "ab"), f"{LIST}&page=2": a_page(2, "cd"), f"{LIST}&page=3": a_page(3, "e")}
    with feed_server(pages) as running:
        yield running


def fetcher(server: FeedServer, **changes: Any) -> Fetcher:
    known = Fetcher(max_megabytes=1, trusted=frozenset({server.host}), resolve=lambda host, _port: [host])
    return replace(known, **changes)


def got(
    server: FeedServer, address: str = LIST, file_format: str = "hsds", told: list[Any] | None = None, **changes: Any
) -> tuple[bytes, Seen]:
    """What comes, and what the server said of it; which pages were told is added to ``told``."""
    tell = [] if told is None else told
    with fetched(
        FORMATS[file_format], server.url(address), fetcher(server, **changes), Seen(), lambda *at: tell.append(at)
    ) as found:
        assert found
        return found.files[0].read(), found.seen


def test_all_pages_of_a_list_are_one_file(server: FeedServer) -> None:
    told: list[Any] = []

    content, seen = got(server, told=told)

    assert [value["id"] for _, value in read_values(raw_file(content), (), 1_000)] == list("abcde")
    assert [path for path, _ in server.requests] == [LIST, f"{LIST}&page=2", f"{LIST}&page=3"]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert seen == Seen(), "that the first page is the same says nothing of the others"
    assert got(server)[0] == content


def test_the_pages_of_the_locator_are_one_file(server: FeedServer) -> None:
    def page(number: int, *rows: dict[str, str]) -> Answer:
        return Answer(json.dumps({"page": number, "totalPages": 2, "recordCount": 3, "rows": rows}).encode())

    export = "/locator/exportsAsJson/v2?pageSize=2"
    first, second, third = ({"name1": name} for name in "abc")
    server.answers |= {f"{export}&page=1": page(1, first, second), f"{export}&page=2": page(2, third)}

    content, _ = got(server, f"{export}&page=1", "findtreatment")

    assert [row for _, row in read_rows(raw_file(content), ("rows",))] == [first, second, third]


@pytest.mark.parametrize(
    "alone",
    [
        a_page(1, "ab", pages=1, items=2),
        a_page(1, "", pages=0, items=0),
        Answer(b'{"id": "a"}\n{"id": "b"}\n', headers={"ETag": '"7"'}),
        Answer(b'[{"total_pages": 3}]', headers={"ETag": '"7"'}),
        Answer(b"PK\x03\x04\xff", headers={"ETag": '"7"'}),
    ],
    ids=["one page", "no entry", "lines", "a list", "an archive"],
)
def test_what_is_all_there_is_is_kept_as_it_came(server: FeedServer, alone: Answer) -> None:
    server.answers[LIST] = alone

    assert got(server) == (alone.body, Seen('"7"'))


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (Answer(status=500), "Page 2 of 3: .* answered 500"),
        (Answer(b"Too many requests"), "Page 2 of 3: The file is broken off or no JSON"),
        (Answer(b"<p>", headers={"Content-Type": "text/html"}), "Page 2 of 3: .* is a web page"),
        (a_page(1, "ab"), "Page 2 of 3: the server sent page 1 in its place"),
        (a_page(2, "ab"), "Page 2 of 3: it has the rows of an earlier page"),
        (a_page(2, "bc"), "Page 2 of 3: rows of an earlier page .* The list changed"),
        (a_page(2, "cd", pages=4), "Page 2 of 3: The list changed"),
        (a_page(2, "cd", items=6), "Page 2 of 3: The list changed"),
        (a_page(2, "c"), "tells of 5 rows, and its pages have 4"),
        (a_page(2, "cd", more="x" * 999_800), "Page 2 of 3: the pages until here have more than 1 MB"),
        (Answer(status=302, headers={"Location": "http://169.254.169.254/"}), "Page 2 of 3: .* isn't public"),
    ],
)
def test_nothing_comes_of_a_list_of_which_a_page_is_wrong(server: FeedServer, second: Answer, told: str) -> None:
    server.answers[f"{LIST}&page=2"] = second

    with pytest.raises(FetchTrouble, match=told):
        got(server)


def test_a_list_that_has_no_end_is_not_begun(server: FeedServer) -> None:
    server.answers[LIST] = a_page(1, "ab", pages=MOST_PAGES + 1)

    with pytest.raises(FetchTrouble, match="2,001 pages; at most 2,000"):
        got(server)
    assert len(server.requests) == 1


def test_a_list_of_more_rows_than_a_file_may_have_is_left(server: FeedServer) -> None:
    def page(number: int, rows: int) -> Answer:
        contents = [number] * rows
        envelope = {"page_number": number, "total_pages": 3, "total_items": 150_000, "contents": contents}
        return Answer(json.dumps(envelope, separators=(",", ":")).encode())

    server.answers |= {LIST: page(1, 70_000), f"{LIST}&page=2": page(2, 70_000)}

    with pytest.raises(FetchTrouble, match="Page 2 of 3: the pages until here have more than 100,000 rows"):
        got(server)


def test_a_list_that_takes_too_long_is_left(server: FeedServer) -> None:
    with pytest.raises(FetchTrouble, match="Page 2 of 3: all pages together took longer"):
        got(server, pages_seconds=0)


def test_a_server_that_asks_for_a_little_rest_gets_it(server: FeedServer) -> None:
    def refuse(seconds: str) -> None:
        server.answers[f"{LIST}&page=2"] = Answer(status=429, headers={"Retry-After": seconds})

    def rest(seconds: float) -> None:
        rested.append(seconds)
        server.answers[f"{LIST}&page=2"] = a_page(2, "cd")

    rested: list[float] = []
    refuse("20")
    got(server, rest=rest)
    refuse("3600")

    with pytest.raises(FetchTrouble, match="429") as trouble:
        got(server, rest=rest)
    assert rested == [20]
    assert trouble.value.wait.total_seconds() == 3600, "the next try comes no sooner"
