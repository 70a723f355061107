"""How we speak to each kind of database."""

import sqlite3
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Dialect, event, make_url
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from finder.models.patience import STATEMENT_TIMEOUT, PatientConnection, connect_patiently

_BUSY_MILLISECONDS = 10_000
_WRITES = "finder_writes"
_CONNECT_SECONDS = 2  # the least that libpq knows
_THREADS = 16  # of one process of the server, as deploy/gunicorn.conf.py has them


def engine_options(url: str) -> dict[str, Any]:
    """Options for ``create_engine``: no values in error messages, no dead connection in the pool, no endless statement.

    Creates the folder of a SQLite file.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        return {"hide_parameters": True, "json_serializer": _json}
    # Statements that the server has prepared are unknown to the next one that PgBouncer hands out.
    server = {"connect_timeout": _CONNECT_SECONDS, "prepare_threshold": None, STATEMENT_TIMEOUT: "60s"}
    # A thread needs one for its session and now and then another for the search: none ever waits for a connection.
    pool = {"pool_size": _THREADS, "max_overflow": _THREADS, "pool_timeout": _CONNECT_SECONDS, "pool_pre_ping": True}
    return {"hide_parameters": True, "json_serializer": _json, "connect_args": server, **pool}


def _json(value: object) -> str:
    # Ten times as fast as the standard library: an import writes as many revisions as listings.
    return orjson.dumps(value).decode()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """WAL: readers never wait for a writer. FULL: a save survives a power cut. Foreign keys are off by default."""
    if not isinstance(connection, sqlite3.Connection):
        return
    # Python's driver would begin a transaction only at the first change; `_begin_sqlite` does so before the first read.
    connection.isolation_level = None
    # The time-out first: switching to WAL waits for a lock too.
    busy_timeout = f"busy_timeout = {_BUSY_MILLISECONDS}"
    for pragma in (busy_timeout, "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "do_connect")
def _connect(
    dialect: Dialect, _entry: ConnectionPoolEntry, arguments: list[Any], options: dict[str, Any]
) -> PatientConnection | None:
    """A connection to a server; ``None`` leaves SQLite to SQLAlchemy."""
    return connect_patiently(dialect, arguments, options) if dialect.driver == "psycopg" else None


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        begin = "BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN"
        # Past SQLAlchemy, whose way to execute a statement takes longer than the small queries that follow; but what
        # goes wrong goes wrong as everywhere else.
        try:
            connection.connection.cursor().execute(begin)
        except sqlite3.OperationalError as error:
            raise OperationalError(begin, None, error) from error


def begin_writing(session: Session) -> None:
    """Begin the session's transaction as one that will write; nothing may have been read in it yet.

    In SQLite a transaction that reads first and then writes fails at once if somebody else wrote in between. This one
    waits for its turn before it reads. PostgreSQL needs nothing of the kind.
    """
    session.connection(execution_options={_WRITES: True})
