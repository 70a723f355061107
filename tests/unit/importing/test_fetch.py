"""Fetching what a source publishes, from servers on this machine."""

import datetime as dt
import gzip
import io
import ssl
import threading
from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from pathlib import Path

import pytest

from finder.importing import UnreadableFile
from finder.importing.fetch import Fetcher, FetchTrouble, Seen, fetch
from tests.certificates import a_certificate
from tests.feed_server import Answer, FeedServer, feed_server

_FEED = b'[{"name": "Lakeview"}]'


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """A server with a feed."""
    with feed_server({"/feed": Answer(_FEED, headers={"Content-Type": "application/json"})}) as running:
        yield running


def fetched(
    server: FeedServer,
    path: str = "/feed",
    seen: Seen = Seen(),  # noqa: B008 (a value)
    seconds: float = 30,
) -> bytes | None:
    """What comes from the server, which the operator trusts; None where there is nothing new."""
    target = io.BytesIO()
    trusted = frozenset({server.host})
    fetcher = Fetcher(max_megabytes=1, trusted=trusted, seconds=seconds, resolve=lambda host, _port: [host])
    return None if fetch(server.url(path), target, fetcher, seen) is None else target.read()


def test_a_file_is_fetched_whole(server: FeedServer) -> None:
    server.answers["/large"] = Answer(bytes(900_000))

    assert fetched(server, "/large?day=1") == bytes(900_000)
    assert server.requests[0][0] == "/large?day=1"
    assert server.requests[0][1]["Host"] == server.host


def test_what_a_server_said_of_its_answer_is_told_to_it_the_next_time(server: FeedServer) -> None:
    headers = {"ETag": '"7"', "Last-Modified": "Sun, 01 Nov 2026 10:00:00 GMT"}
    server.answers["/feed"] = Answer(_FEED, headers=headers)
    fetcher = Fetcher(max_megabytes=1, trusted=frozenset({server.host}))

    seen = fetch(server.url("/feed"), io.BytesIO(), fetcher)

    assert seen == Seen('"7"', "Sun, 01 Nov 2026 10:00:00 GMT")
    assert fetched(server, seen=seen) is None
    assert server.requests[-1][1]["If-Modified-Since"] == "Sun, 01 Nov 2026 10:00:00 GMT"
    assert fetched(server, seen=Seen('"6"')) == _FEED


def test_a_packed_answer_is_unpacked(server: FeedServer) -> None:
    server.answers["/feed"] = Answer(gzip.compress(_FEED), headers={"Content-Encoding": "gzip"})

    assert fetched(server) == _FEED


def test_a_server_may_send_us_on_a_few_times(server: FeedServer) -> None:
    server.answers |= {f"/{hop}": Answer(status=302, headers={"Location": f"/{hop - 1}"}) for hop in range(1, 7)}
    server.answers["/0"] = Answer(_FEED)

    assert fetched(server, "/5") == _FEED
    with pytest.raises(UnreadableFile, match="without end"):
        fetched(server, "/6")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "file:///etc/hostname",
        "ftp://127.0.0.1/feed",
        "http://127.0.0.1:9/",
        "http://127.0.0.1/",
        "http://[::ffff:7f00:1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://name:password@127.0.0.1/",
        "//127.0.0.1/",
        "",
    ],
)
def test_a_server_may_not_send_us_into_our_own_network(server: FeedServer, elsewhere: str) -> None:
    server.answers["/feed"] = Answer(status=302, headers={"Location": elsewhere})

    with pytest.raises(UnreadableFile):
        fetched(server)
    assert len(server.requests) <= 6


def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_asked(server: FeedServer) -> None:
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["169.254.169.254"]

    port = server.host.rpartition(":")[2]
    name = f"feeds.example:{port}"
    target = io.BytesIO()

    fetch(f"http://{name}/feed", target, Fetcher(max_megabytes=1, trusted=frozenset({name}), resolve=resolve))

    assert target.read() == _FEED
    assert looked_up == ["feeds.example"]
    assert server.requests[0][1]["Host"] == name


def test_a_name_that_leads_into_our_own_network_is_not_asked(server: FeedServer) -> None:
    fetcher = Fetcher(max_megabytes=1, resolve=lambda _host, _port: ["127.0.0.1"])

    with pytest.raises(UnreadableFile, match="isn't public"):
        fetch("http://feeds.example/feed", io.BytesIO(), fetcher)
    assert server.requests == []


def test_a_certificate_must_be_for_the_name_in_the_address(tmp_path: Path) -> None:
    certificate, key = a_certificate(tmp_path, "feeds.example")
    here = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    here.load_cert_chain(certificate, key)
    with feed_server({"/feed": Answer(_FEED)}, here) as server:
        port = server.host.rpartition(":")[2]

        def taken(name: str) -> bytes:
            trusting = ssl.create_default_context(cafile=str(certificate))
            fetcher = Fetcher(
                max_megabytes=1,
                trusted=frozenset({f"{name}:{port}"}),
                resolve=lambda _host, _port: ["127.0.0.1"],
                tls=trusting,
            )
            target = io.BytesIO()
            fetch(f"https://{name}:{port}/feed", target, fetcher)
            return target.read()

        assert taken("feeds.example") == _FEED
        with pytest.raises(FetchTrouble, match="certificate"):
            taken("other.example")
        server.answers["/feed"] = Answer(status=301, headers={"Location": "http://feeds.example/feed"})
        with pytest.raises(UnreadableFile, match="anybody could change"):
            taken("feeds.example")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(status=404), "answered 404"),
        (Answer(status=500), "answered 500"),
        (Answer(b"<html>Moved</html>", headers={"Content-Type": "text/html; charset=utf-8"}), "web page"),
        (Answer(bytes(1_500_000)), "more than 1 MB"),
        (Answer(gzip.compress(bytes(50_000_000), 9), headers={"Content-Encoding": "gzip"}), "more than 1 MB"),
        (Answer(gzip.compress(_FEED)[:-4], headers={"Content-Encoding": "gzip"}), "broke off"),
        (Answer(_FEED, headers={"Content-Encoding": "gzip"}), "can't be reached"),
        (Answer(_FEED, headers={"Content-Encoding": "br"}), "nobody asked for"),
        (Answer(_FEED, headers={"Content-Length": "5000"}), "broke off"),
        (Answer(b"zz\r\nnot a chunk", headers={"Transfer-Encoding": "chunked"}), "can't be reached"),
        (Answer(_FEED, headers={f"X-{number}": "x" for number in range(200)}), "can't be reached"),
    ],
)
def test_what_no_source_would_send_is_told_plainly(server: FeedServer, answer: Answer, told: str) -> None:
    server.answers["/feed"] = answer

    with pytest.raises(FetchTrouble, match=told):
        fetched(server)


def test_a_server_that_is_not_there_is_told() -> None:
    with feed_server() as server:
        gone = server

    with pytest.raises(FetchTrouble, match="can't be reached"):
        fetched(gone)


def test_a_server_that_answers_a_byte_now_and_then_is_left(server: FeedServer) -> None:
    is_left = threading.Event()
    drops = (b"x" for _ in range(1_000) if not is_left.wait(0.05))
    server.answers["/feed"] = Answer(drops, headers={"Content-Length": "1000"})

    with pytest.raises(FetchTrouble, match=r"longer than 0\.3 seconds"):
        fetched(server, seconds=0.3)
    is_left.set()


def test_a_server_says_how_long_it_wants_to_be_left_alone(server: FeedServer) -> None:
    def wait(said: str) -> dt.timedelta:
        server.answers["/feed"] = Answer(status=429, headers={"Retry-After": said})
        with pytest.raises(FetchTrouble) as told:
            fetched(server)
        return told.value.wait

    in_an_hour = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    assert wait("120") == dt.timedelta(minutes=2)
    assert dt.timedelta(minutes=55) < wait(format_datetime(in_an_hour, usegmt=True)) <= dt.timedelta(hours=1)
    assert wait("Fri, 31 Dec 1999 23:59:59 GMT") == wait("soon") == wait("9" * 400) == dt.timedelta()
