"""How long an answer of a database server is waited for, so that one that hangs hangs nobody.

A server's own ``statement_timeout`` doesn't help where the server itself stands still; nor does asking a connection
whether it is alive, for that is a question too. So the waiting itself ends, in the client, and for a moment after that
nobody else begins to wait.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout  # what `Connection.wait` is documented to raise
from sqlalchemy import Dialect

STATEMENT_TIMEOUT = "statement_timeout"
"""An option of `connect_patiently`: after what time the server ends a statement, such as ``60s``."""

REST_SECONDS = 0.5
"""So long after a failure nobody who is in a hurry tries again: the server is back, or the answer is the same."""

_Answer = TypeVar("_Answer")
_seconds: ContextVar[float | None] = ContextVar("patience", default=None)
_failed_at: WeakKeyDictionary[Dialect, float] = WeakKeyDictionary()


@contextmanager
def patience(seconds: float | None) -> Iterator[None]:
    """Wait no longer than so many seconds for each answer of a server meanwhile; ``None`` for as long as it takes."""
    token = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(token)


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when an answer takes longer than the `patience`.

    Raises `psycopg.OperationalError` then, as for a server that is gone.
    """

    dialect: Dialect | None = None

    def wait(self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None) -> _Answer:
        """As psycopg's; without a ``timeout``, the `patience` counts."""
        seconds = timeout if timeout is not None else _seconds.get()
        try:
            return super().wait(gen, interval, seconds)
        except _WaitTimeout:
            if timeout is not None:
                raise
            self.pgconn.finish()
            if self.dialect:
                _failed_at[self.dialect] = time.monotonic()
            raise psycopg.OperationalError(f"the database did not answer within {seconds} seconds") from None


def connect_patiently(dialect: Dialect, arguments: list[Any], options: dict[str, Any]) -> PatientConnection:
    """A new connection, with the arguments of psycopg's ``connect``, and `STATEMENT_TIMEOUT`.

    Raises `psycopg.OperationalError` where there is no server, and for who is in a hurry at once if that was so a
    moment ago.
    """
    now = time.monotonic()
    if dialect in _failed_at:
        if _seconds.get() is not None and now - _failed_at[dialect] < REST_SECONDS:
            raise psycopg.OperationalError("the database could not be reached a moment ago")
        _failed_at[dialect] = now  # one tries again, and the others rest meanwhile
    try:
        connection = _connected(arguments, options)
    except psycopg.OperationalError:
        _failed_at[dialect] = time.monotonic()
        raise
    _failed_at.pop(dialect, None)
    connection.dialect = dialect
    return connection


def _connected(arguments: list[Any], options: dict[str, Any]) -> PatientConnection:
    of_psycopg = {name: value for name, value in options.items() if name != STATEMENT_TIMEOUT}
    connection = PatientConnection.connect(*arguments, **of_psycopg)
    if timeout := options.get(STATEMENT_TIMEOUT):
        # Not among the options of the start, which PgBouncer refuses.
        connection.autocommit = True
        connection.execute("SELECT set_config('statement_timeout', %s, false)", [timeout])
        connection.autocommit = False
    return connection
