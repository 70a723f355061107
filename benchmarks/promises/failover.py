"""Promise 28: a node may die."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.generate import listings
from benchmarks.load.run import CACHE
from benchmarks.promises.cluster import Cluster, cluster
from benchmarks.promises.filled import fill
from benchmarks.promises.measured import Measured
from benchmarks.promises.people import PAGES, busy
from benchmarks.promises.site import Server, Site, new_site
from tests.postgres import PostgresServer

_LISTINGS = 200_000
_MOST_SECONDS = 2.0
_WARM_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Spans:
    """For how many seconds people are watched before the primary is killed, while there is none, and after."""

    before: float = 5
    without: float = 2
    after: float = 6


@dataclass(frozen=True, slots=True)
class Loss:
    """What the loss of a primary cost: saves acknowledged and lost, pages asked and failed, seconds without saves."""

    saved: int
    lost: int
    pages: int
    failed: int
    outage: float
    is_pooled: bool


def a_node_may_die() -> Measured:
    """Two nodes of the service on a primary and its standby; the primary is killed, and the standby promoted."""
    seen = lose_a_primary()
    pooled = ", one behind PgBouncer" if seen.is_pooled else ""
    figure = (
        f"{_LISTINGS:,} listings, 2 nodes{pooled}, the primary killed: {seen.lost} of {seen.saved:,} acknowledged "
        f"saves lost, saves again {seen.outage:.1f} s after the order to promote the standby, {seen.failed} of "
        f"{seen.pages:,} pages failed"
    )
    is_kept = seen.lost == seen.failed == 0 and seen.outage < _MOST_SECONDS and seen.saved > 0 and seen.pages > 0
    return Measured(figure, is_kept)


def lose_a_primary(size: int = _LISTINGS, cache: Path = CACHE, spans: Spans | None = None) -> Loss:
    """The same with so many listings, whose generated directory is kept in ``cache``."""
    generated = listings(size, cache, lambda _said: None).database
    with tempfile.TemporaryDirectory() as folder, cluster(lambda url: fill(url, generated)) as database:
        site = new_site(Path(folder), database.primary.url("finder"))
        with _nodes(site, database) as nodes, busy(nodes, site.listings, size) as seen:
            promoted = _lose(database, spans or Spans())
        return Loss(
            saved=len(seen.saved),
            lost=len(set(seen.saved) - _stored(database.standby)),
            pages=len(seen.pages),
            failed=sum(status != HTTPStatus.OK for status in seen.pages),
            outage=seen.outage_after(promoted),
            is_pooled=bool(database.poolers),
        )


@contextmanager
def _nodes(site: Site, database: Cluster) -> Iterator[list[Server]]:
    """Two nodes with folders of their own, warm; the second behind PgBouncer where that is installed."""
    with ExitStack() as stack:
        nodes = []
        for name, pooled in (("one", False), ("two", bool(database.poolers))):
            node = replace(site, folder=site.folder / name, settings=database.addresses(pooled=pooled))
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
        answered = answered + 1 if node.ask("GET", PAGES[0]) == HTTPStatus.OK else 0
        if time.monotonic() > end:
            raise RuntimeError("a node did not answer searches")


def _lose(database: Cluster, spans: Spans) -> float:
    """Kill the primary and promote its standby; when that was told to."""
    time.sleep(spans.before)
    database.lose_primary()
    time.sleep(spans.without)
    promoted = time.monotonic()
    database.promote()
    time.sleep(spans.after)
    return promoted


def _stored(server: PostgresServer) -> set[str]:
    engine = create_engine(server.url("finder"))
    with engine.connect() as connection:
        stored = set(connection.scalars(text("SELECT text FROM listing_note")))
    engine.dispose()
    return stored
