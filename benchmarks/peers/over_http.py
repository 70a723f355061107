"""finder and datasette over HTTP, on the same SQLite file."""

import sqlite3
import sys
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from benchmarks import asking, catalog, counting, servers
from benchmarks.kept import KeptConnection
from benchmarks.listings import Listings
from benchmarks.peers import sqlite_best
from benchmarks.peers.peer import PAGE_SIZE, Found, Peer
from benchmarks.queries import Query
from finder.search.listed import SHOWN

_PROJECT = Path(__file__).parents[2]


class _OverHttp(Peer):
    """Answers over one kept connection; the page comes with the answer."""

    in_process = False
    served = True
    _listings: Sequence[Any] = ()

    def get(self, path: str, parameters: dict[str, Any]) -> Any:
        """The JSON at an address."""
        return orjson.loads(self._connection.get(f"{path}?{urllib.parse.urlencode(parameters)}"))

    def connect(self, port: int) -> None:
        """Keep one connection."""
        self._connection = KeptConnection(port)
        self.closing.callback(self._connection.close)

    def page(self, ids: list[int]) -> Sequence[Any]:
        return self._listings if ids else []


class OursHttp(_OverHttp):
    """The application under gunicorn with two workers."""

    name = "finder over HTTP"
    how = "The whole application under gunicorn with two workers (`deploy/gunicorn.conf.py`), JSON by orjson."

    def take_in(self, listings: Listings) -> None:
        port = self.closing.enter_context(application(listings.database, self.workplace.folder / "gunicorn.log"))
        self.connect(port)

    def find(self, query: Query) -> Found:
        answer = self.get(asking.UNSHELVED, {asking.PARAMETER: asking.written(query)})
        self._listings = answer["hits"]
        ids = [int(hit["slug"].removeprefix("listing-")) for hit in self._listings]
        return Found(answer["total"], answer["counts"], ids)


class Datasette(_OverHttp):
    """Custom SQL on the tables of `SqliteBest`."""

    name = "datasette"
    how = (
        "datasette's JSON for custom SQL on the tables of the design “SQLite masks” and finder's own: one request for"
        " total and counts, one for the page."
    )

    def take_in(self, listings: Listings) -> None:
        folder = self.workplace.folder
        masks = folder / "masks.db"
        masks.unlink(missing_ok=True)
        with sqlite3.connect(masks) as database:
            database.executescript(f"PRAGMA journal_mode = OFF; {sqlite_best.TABLES}")
            sqlite_best.fill(database, listings)
        database.close()
        port = servers.free_port()
        settings = ["sql_time_limit_ms", "600000", "default_cache_ttl", "0", "force_https_urls", "off"]
        options = [part for pair in zip(settings[::2], settings[1::2], strict=True) for part in ("--setting", *pair)]
        command = [sys.executable, "-m", "datasette", "serve", masks, listings.database, "--crossdb", *options]
        log = folder / "datasette.log"
        command += ["--host", "127.0.0.1", "--port", str(port)]
        self.closing.enter_context(servers.running(command, ready=lambda: servers.listens(port), log=log))
        self.connect(port)

    def find(self, query: Query) -> Found:
        (row,) = self._ask(_counting(query))
        total, *numbers = row
        counts = {tag: count for tag, count in zip(catalog.TAGS, numbers, strict=True) if count}
        self._listings = self._ask(_page(query))
        return Found(total or 0, counts, [row[0] for row in self._listings])

    def _ask(self, statement: str) -> list[list[Any]]:
        rows: list[list[Any]] = self.get("/_memory.json", {"sql": statement, "_shape": "arrays"})["rows"]
        return rows


@contextmanager
def application(database: Path, log: Path) -> Iterator[int]:
    """The application as a server; gives its port."""
    port = servers.free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--keep-alive", "3600"]
    environment = {"PORT": str(port), "FINDER_DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": str(_PROJECT)}
    ready = partial(servers.listens, port)
    with servers.running(
        [*command, "benchmarks.served:app"], ready=ready, log=log, environment=environment, folder=_PROJECT
    ):
        yield port


def _counting(query: Query) -> str:
    """Total and counts in one statement: each facet's codes under the conditions of the other facets."""
    groups = range(len(query.groups))
    met = ", ".join(f"{sqlite_best.meets(query.masks[group])} AS met{group}" for group in groups)
    every = " AND ".join(f"met{group}" for group in groups)
    limits = dict.fromkeys(range(len(catalog.TAGS)), every)
    for chosen in groups:
        others = " AND ".join(f"met{other}" for other in counting.others(query, chosen)) or "1"
        limits |= dict.fromkeys(counting.tags_of_facet(query, chosen), others)
    sums = (f"sum({_has(tag)} AND {limit})" for tag, limit in limits.items())
    return f"SELECT sum({every}), {', '.join(sums)} FROM (SELECT m0, m1, {met} FROM {_from(query)})"


def _has(tag: int) -> str:
    word, bit = divmod(tag, catalog.BITS_PER_WORD)
    return f"(m{word} >> {bit} & 1)"


def _page(query: Query) -> str:
    needs = " AND ".join(map(sqlite_best.meets, query.masks))
    nearest = (
        f"SELECT id, {sqlite_best.meters(query)} AS meters FROM {_from(query)} AND {needs}"
        f" ORDER BY meters, verified DESC, id LIMIT {PAGE_SIZE}"
    )
    phones = "SELECT json_group_array(json_array(number, kind, extension)) FROM finder.provider_phone"
    tags = "SELECT json_group_array(json_array(facet, code)) FROM finder.provider_tag"
    return (
        "SELECT p.id, p.name, organization.name, p.address_1, p.city, p.state, p.postal_code, p.verified_on, meters,"
        f" ({phones} WHERE provider_id = p.id), ({tags} WHERE provider_id = p.id AND facet IN {SHOWN})"
        f" FROM ({nearest}) AS near JOIN finder.provider AS p ON p.id = near.id"
        " LEFT JOIN finder.organization ON organization.id = p.organization_id"
        " ORDER BY meters, p.verified_on DESC, p.id"
    )


def _from(query: Query) -> str:
    return sqlite_best.area(query, "masks.")
