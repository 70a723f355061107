"""Groonga, spoken to through a pipe and over its HTTP server."""

import itertools
import json
import shutil
import subprocess
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import catalog, counting, servers
from benchmarks.generate import EARTH_METERS
from benchmarks.kept import KeptConnection
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found, Peer
from benchmarks.queries import Query

_EARTH_METERS = 6_357_303  # Groonga's
_ROWS_AT_A_TIME = 10_000

_TABLES = """
table_create States TABLE_HASH_KEY ShortText
table_create Tags TABLE_HASH_KEY UInt8
table_create Listings TABLE_HASH_KEY UInt32
column_create Listings place COLUMN_SCALAR WGS84GeoPoint
column_create Listings state COLUMN_SCALAR States
column_create Listings tags COLUMN_VECTOR Tags
column_create Listings verified COLUMN_SCALAR UInt32
column_create Listings words COLUMN_SCALAR ShortText
"""
_INDEXES = """
table_create Places TABLE_PAT_KEY WGS84GeoPoint
column_create Places listings COLUMN_INDEX Listings place
table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenDelimit
column_create Words listings COLUMN_INDEX|WITH_POSITION Listings words
column_create States listings COLUMN_INDEX Listings state
column_create Tags listings COLUMN_INDEX Listings tags
"""


class GroongaPipe(Peer):
    """The groonga program as a child, commands on its input."""

    name = "Groonga"
    how = (
        "The groonga program on its database through a pipe: indexes on point, state, tags and words; one select with a"
        " drilldown for the matches and one for each facet chosen."
    )
    largest = 200_000
    beyond = "the comparison is set for 150,000"

    def take_in(self, listings: Listings) -> None:
        program = servers.program("groonga")
        self._database = self.workplace.folder / "groonga"
        shutil.rmtree(self._database, ignore_errors=True)
        self._database.mkdir()
        self._child = subprocess.Popen(
            [program, "-n", self._database / "db"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1
        )
        self.closing.callback(self._stop)
        for command in filter(None, _TABLES.splitlines()):
            self._say(command)
        rows = _rows(listings)
        while some := list(itertools.islice(rows, _ROWS_AT_A_TIME)):
            self._say(f"load --table Listings --values {json.dumps(json.dumps(some))}")
        for command in filter(None, _INDEXES.splitlines()):
            self._say(command)
        self.open(program)

    def open(self, program: Path) -> None:
        """What else is needed before questions can be asked."""

    def select(self, options: dict[str, Any]) -> Any:
        """The answer to one select."""
        words = (f"--{name} {json.dumps(str(value))}" for name, value in options.items())
        return self._say(f"select {' '.join(words)}")

    def _say(self, command: str) -> Any:
        pipe_in, pipe_out = self._child.stdin, self._child.stdout
        if pipe_in is None or pipe_out is None:
            raise ValueError("the child has no pipes")
        pipe_in.write(command.encode() + b"\n")
        pipe_in.flush()
        return _body(pipe_out.readline())

    def _stop(self) -> None:
        if self._child.stdin and not self._child.stdin.closed:
            self._child.stdin.close()
        if self._child.stdout:
            self._child.stdout.close()
        self._child.wait()

    def find(self, query: Query) -> Found:
        groups = range(len(query.groups))
        matching = self.select(_options(query, groups) | _PAGE | _order(query))
        own = [self.select(_options(query, counting.others(query, chosen)) | {"limit": 0}) for chosen in groups]
        total, ids = matching[0][0][0], [id_ for (id_,) in matching[0][2:]]
        return Found(total, counting.sideways(query, _counts(matching), map(_counts, own)), ids)


class GroongaHttp(GroongaPipe):
    """The groonga program as a server."""

    name = "Groonga over HTTP"
    how = "The same over Groonga's own HTTP server and one kept connection."
    in_process = False
    served = True

    def open(self, program: Path) -> None:
        self._stop()
        port = servers.free_port()
        self._connection = KeptConnection(port)
        options = ["--protocol", "http", "--bind-address", "127.0.0.1", "--port", str(port)]
        options += ["--log-path", str(self.workplace.folder / "server.log"), "--cache-limit", "0"]
        command = [program, *options, "-s", self._database / "db"]
        log = self.workplace.folder / "groonga.log"
        self.closing.enter_context(servers.running(command, ready=lambda: servers.listens(port), log=log))
        self.closing.callback(self._connection.close)

    def select(self, options: dict[str, Any]) -> Any:
        return _body(self._connection.get(f"/d/select?{urllib.parse.urlencode(options)}"))


_PAGE = {"output_columns": "_key", "limit": PAGE_SIZE}


def _options(query: Query, groups: Any) -> dict[str, Any]:
    terms = []
    if query.meters:
        meters = round(query.meters * _EARTH_METERS / EARTH_METERS)
        terms.append(f'geo_in_circle(place, "{_milliseconds(query)}", {meters}, "sphere")')
    if query.state:
        terms.append(f'state == "{query.state}"')
    terms += [f'words @^ "{word}"' for word in query.words]
    for group in groups:
        terms.append(f"({' || '.join(f'tags @ {catalog.NUMBER_OF_TAG[tag]}' for tag in query.groups[group])})")
    question = {"filter": " && ".join(terms)} if terms else {}
    drilldown = {"drilldown": "tags", "drilldown_output_columns": "_key,_nsubrecs", "drilldown_limit": -1}
    # The same question is asked in every repeat, and no peer may answer it from memory.
    return {"table": "Listings", "cache": "no"} | question | drilldown


def _order(query: Query) -> dict[str, Any]:
    distance = f'geo_distance(place, "{_milliseconds(query)}", "sphere")'
    meters = {"stage": "filtered", "type": "Float", "flags": "COLUMN_SCALAR", "value": distance}
    columns = {f"columns[meters].{name}": value for name, value in meters.items()}
    return columns | {"sort_keys": "meters,-verified,_key"}


def _milliseconds(query: Query) -> str:
    return f"{round(query.latitude * 3_600_000)}x{round(query.longitude * 3_600_000)}"


def _counts(answer: Any) -> dict[int, int]:
    return {int(tag): count for tag, count in answer[1][2:]}


def _rows(listings: Listings) -> Iterator[dict[str, Any]]:
    columns = listings.columns
    for row, tags in listings.tags(0, listings.size):
        latitude, longitude = columns.latitudes[row] * 3_600_000, columns.longitudes[row] * 3_600_000
        yield {
            "_key": row + 1,
            "place": f"{round(latitude)}x{round(longitude)}",
            "state": listings.states[row],
            "tags": tags.tolist(),
            "verified": int(columns.verified[row]),
            "words": listings.texts[row],
        }


def _body(answer: bytes) -> Any:
    (status, *_), *body = json.loads(answer)
    if status != 0:
        raise ValueError(f"groonga: {answer[:500]!r}")
    return body[0]
