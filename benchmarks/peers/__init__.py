"""The designs that are compared, each behind `benchmarks.peers.peer.Peer`."""

from importlib import import_module

from benchmarks.peers.peer import NotHereError, Peer

PEERS = {
    "finder": "ours:Ours",
    "reference": "reference:Reference",
    "sqlite-join": "sqlite_join:SqliteJoin",
    "sqlite-masks": "sqlite_best:SqliteBest",
    "postgres-join": "postgres_join:PostgresJoin",
    "postgres-array": "postgres_array:PostgresArray",
    "postgres-masks": "postgres_best:PostgresBest",
    "duckdb": "duck:DuckDb",
    "redisearch": "redisearch:RediSearch",
    "groonga": "groonga:GroongaPipe",
    "lucene": "lucene:Lucene",
    "finder-http": "over_http:OursHttp",
    "datasette": "over_http:Datasette",
    "groonga-http": "groonga:GroongaHttp",
}
"""Modules and classes by the names for the command line, in the order of the tables."""


def peer_class(name: str) -> type[Peer]:
    """The class of a peer. Raises `NotHereError` where a Python package that it needs is missing."""
    module, class_name = PEERS[name].split(":")
    try:
        found: type[Peer] = getattr(import_module(f"benchmarks.peers.{module}"), class_name)
    except ModuleNotFoundError as error:
        raise NotHereError(f"the package {error.name} is not here: run benchmarks/setup.sh") from error
    return found


def chosen(wanted: str) -> list[str]:
    """The peers of a list with commas, all where it is empty. Raises ``ValueError`` for one that doesn't exist."""
    names = wanted.split(",") if wanted else list(PEERS)
    if unknown := set(names) - PEERS.keys():
        raise ValueError(f"no such peer: {', '.join(sorted(unknown))}")
    return [name for name in PEERS if name in names]
