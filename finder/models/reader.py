"""Reading from a standby, and from the primary while there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import Dialect, make_url

from finder.models.connection import engine_options
from finder.models.patience import PatientConnection, connect_patiently

_LOOK_AGAIN_SECONDS = 60
"""After so long a connection is made anew, so that a standby that is back is found."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Server:
    """Where to connect to, with the arguments of psycopg's ``connect``; by its dialect it is known how it fared."""

    dialect: Dialect
    arguments: list[Any]
    options: dict[str, Any]


def reader_options(url: str, primary_url: str) -> dict[str, Any]:
    """Options for ``create_engine``: reads at ``url``, and at ``primary_url`` while nobody answers there."""
    options = engine_options(url)
    servers = [_server(each, options["connect_args"]) for each in (url, primary_url)]
    connect = partial(_connect_to_first, servers)
    return {**options, "connect_args": {}, "creator": connect, "pool_recycle": _LOOK_AGAIN_SECONDS}


def _server(url: str, options: dict[str, Any]) -> _Server:
    address = make_url(url)
    dialect = address.get_dialect()()
    arguments, of_address = dialect.create_connect_args(address)
    return _Server(dialect, list(arguments), {**of_address, **options})


def _connect_to_first(servers: Sequence[_Server]) -> PatientConnection:
    """A connection to the first that answers. Raises `psycopg.OperationalError` where none does."""
    *preferred, last = servers
    for server in preferred:
        try:
            return connect_patiently(server.dialect, server.arguments, server.options)
        except psycopg.OperationalError:
            pass
    return connect_patiently(last.dialect, last.arguments, last.options)
