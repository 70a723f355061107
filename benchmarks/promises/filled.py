"""Puts a generated directory into a PostgreSQL database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import create_engine, make_url

_TABLES = ("source", "directory_version", "organization", "provider", "provider_phone", "provider_tag")
_NUMBERED = ("organization", "provider")


def fill(url: str, file: Path) -> None:
    """Copy the rows of the SQLite file into the migrated database at the address."""
    engine = create_engine(make_url(url))
    with closing(sqlite3.connect(file)) as source, closing(engine.raw_connection()) as target:
        connection = target.driver_connection
        assert isinstance(connection, psycopg.Connection)  # noqa: S101 (for the type checker)
        with connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            for table in _TABLES:
                _copy(source, cursor, table)
            for table in _NUMBERED:
                next_id = SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}")
                cursor.execute(next_id.format(table, Identifier(table)))
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")
    engine.dispose()


def _copy(source: sqlite3.Connection, target: psycopg.Cursor[tuple[object, ...]], table: str) -> None:
    rows = source.execute(f"SELECT * FROM {table}")
    names = SQL(", ").join(Identifier(column[0]) for column in rows.description)
    target.execute(SQL("DELETE FROM {}").format(Identifier(table)))
    with target.copy(SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), names)) as copy:
        for row in _rows(rows):
            copy.write_row(row)


def _rows(rows: sqlite3.Cursor) -> Iterator[tuple[object, ...]]:
    while some := rows.fetchmany(10_000):
        yield from some
