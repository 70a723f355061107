"""Promise 28: a node may die."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import count, cycle
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.generate import listings
from benchmarks.load.run import CACHE
from benchmarks.promises.cluster import Cluster, cluster
from benchmarks.promises.filled import fill
from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, Site, new_site
from tests.postgres import PostgresServer

_LISTINGS = 200_000
_THREADS = 2  # that write, and as many that read, on each node
_SECONDS_BEFORE, _SECONDS_WITHOUT, _SECONDS_AFTER = 5, 2, 6
_MOST_SECONDS = 2.0
_WARM_SECONDS = 120
_PAGES = ("/search?near=60601", "/search?near=10001&radius=50", "/search?near=90012&payment=medicaid")


@dataclass(slots=True)
class _Seen:
    """What the people of all nodes saw: texts that were acknowledged, when saves were refused, statuses of pages."""

    saved: list[str] = field(default_factory=list)
    refused_at: list[float] = field(default_factory=list)
    saved_at: list[float] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)

    def outage_after(self, moment: float) -> float:
        """For how many seconds from then on saves were refused: until the first after which none was, anywhere."""
        last_refused = max((each for each in self.refused_at if each > moment), default=moment)
        return min((each for each in self.saved_at if each > last_refused), default=float("inf")) - moment


def a_node_may_die() -> Measured:
    """Two nodes of the service on a primary and its standby; the primary is killed, and the standby promoted."""
    generated = listings(_LISTINGS, CACHE, lambda _said: None).database
    with tempfile.TemporaryDirectory() as folder, cluster(lambda url: fill(url, generated)) as database:
        site = new_site(Path(folder), database.primary.url("finder"))
        with _nodes(site, database) as nodes:
            seen, promoted = _through_the_loss(nodes, site, database)
        lost = len(set(seen.saved) - _stored(database.standby))
    outage, failed = seen.outage_after(promoted), sum(status != HTTPStatus.OK for status in seen.pages)
    pooled = ", one behind PgBouncer" if database.poolers else ""
    figure = (
        f"{_LISTINGS:,} listings, 2 nodes{pooled}, the primary killed: {lost} of {len(seen.saved):,} acknowledged "
        f"saves lost, saves again {outage:.1f} s after the order to promote the standby, {failed} of "
        f"{len(seen.pages):,} pages failed"
    )
    return Measured(figure, lost == 0 and outage < _MOST_SECONDS and failed == 0 and bool(seen.saved and seen.pages))


@contextmanager
def _nodes(site: Site, database: Cluster) -> Iterator[list[Server]]:
    """Two nodes with folders of their own, warm; the second behind PgBouncer where that is installed."""
    with ExitStack() as stack:
        nodes = []
        for name, pooled in (("one", False), ("two", bool(database.poolers))):
            settings = {**database.addresses(pooled=pooled), "FINDER_SEARCHES_PER_MINUTE": "0"}
            node = replace(site, folder=site.folder / name, settings=settings)
            node.folder.mkdir()
            nodes.append(stack.enter_context(node.served()))
        for node in nodes:
            _warm(node)
        yield nodes


def _warm(node: Server) -> None:
    """Ask until both workers have read the listings."""
    end = time.monotonic() + _WARM_SECONDS
    answered = 0
    while answered < 40:  # in a row: by chance alone they aren't all of one worker
        answered = answered + 1 if node.ask("GET", _PAGES[0]) == HTTPStatus.OK else 0
        if time.monotonic() > end:
            raise RuntimeError("a node did not answer searches")


def _through_the_loss(nodes: list[Server], site: Site, database: Cluster) -> tuple[_Seen, float]:
    """What people saw before, while and after the primary was lost; and when its standby was told to take its place."""
    seen, done = _Seen(), threading.Event()
    people: list[Callable[[], None]] = []
    for node in nodes:
        people += [lambda node=node, listing=id_: _write(node, listing, seen, done) for id_ in site.listings[:_THREADS]]
        people += [lambda node=node, first=number: _read(node, first, seen, done) for number in range(_THREADS)]
    with ThreadPoolExecutor(len(people)) as threads:
        begun = [threads.submit(each) for each in people]
        try:
            time.sleep(_SECONDS_BEFORE)
            database.lose_primary()
            time.sleep(_SECONDS_WITHOUT)
            promoted = time.monotonic()
            database.promote()
            time.sleep(_SECONDS_AFTER)
        finally:
            done.set()
    for each in begun:
        each.result()
    return seen, promoted


def _write(node: Server, listing: int, seen: _Seen, done: threading.Event) -> None:
    for number in count():
        if done.is_set():
            return
        note = f"note {node.port} {listing} {number}"
        if node.write_note(listing, note) == HTTPStatus.SEE_OTHER:
            seen.saved.append(note)
            seen.saved_at.append(time.monotonic())
        else:
            seen.refused_at.append(time.monotonic())
            time.sleep(0.02)


def _read(node: Server, first: int, seen: _Seen, done: threading.Event) -> None:
    places = (f"/providers/listing-{number % _LISTINGS + 1}" for number in count(first, 7_919))
    for search, place in zip(cycle(_PAGES), places, strict=False):
        if done.is_set():
            return
        seen.pages += [node.ask("GET", search), node.ask("GET", place)]


def _stored(server: PostgresServer) -> set[str]:
    engine = create_engine(server.url("finder"))
    with engine.connect() as connection:
        stored = set(connection.scalars(text("SELECT text FROM listing_note")))
    engine.dispose()
    return stored
