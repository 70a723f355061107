"""The fastest way to write many small rows."""

from collections.abc import Sequence
from typing import Any

from psycopg import sql
from sqlalchemy import Table, insert
from sqlalchemy.orm import Session


def insert_plain(session: Session, table: Table, rows: Sequence[tuple[int | str | None, ...]]) -> None:
    """Insert whole rows of numbers and texts, in the order of the table's columns, by the driver's fastest way.

    A listing has some fifty tags, and SQLAlchemy's care for each value costs twice as much as SQLite's own work;
    PostgreSQL takes a row in a tenth of the time when it is copied.
    """
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), list(rows))
        return
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns.keys()))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
