"""Tables that are laid aside on the disk, so that a package of any size takes no more memory than one service."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from finder.importing.formats.hsds.known_tables import COLUMNS

_LINKS = frozenset({"service_id", "location_id", "service_at_location_id", "organization_id", "link_id"})
_MOST = 20_000  # rows of one table that belong to one thing: no service has so many, but a broken table may say so
_FOUND_BY_ID = frozenset({"organization", "location", "unit", "taxonomy_term"})
_TERMS = (
    "SELECT link_type, value, label, code, name FROM attribute"
    " LEFT JOIN taxonomy_term ON taxonomy_term.id = attribute.taxonomy_term_id WHERE attribute.link_id = ?"
    " ORDER BY attribute.rowid LIMIT ?"
)


class Shelf:
    """The tables that we read, in a database that nobody else sees and that is gone when it is closed."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a file without a name, deleted as soon as it is closed
        self._database.row_factory = sqlite3.Row
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32000"):
            self._database.execute(f"PRAGMA {pragma}")
        for table, columns in COLUMNS.items():
            self._database.execute(f"CREATE TABLE {table} ({', '.join(map(_quoted, columns))})")
        self._filled: set[str] = set()

    def add(self, table: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
        """Lay rows aside, each with a cell for each of these columns."""
        names = list(columns)
        marks = ", ".join("?" * len(names))
        # Names of tables and columns are those of COLUMNS, never a file's.
        statement = f"INSERT INTO {table} ({', '.join(map(_quoted, names))}) VALUES ({marks})"  # noqa: S608 (quoted)
        self._database.executemany(statement, rows)
        self._filled.add(table)

    def look_up(self) -> None:
        """Make what was laid aside quick to find: once, when all is."""
        for table in self._filled:
            ids = ["id"] if table in _FOUND_BY_ID else []
            for column in (*ids, *(column for column in COLUMNS[table] if column in _LINKS)):
                self._database.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")

    def services(self) -> Iterator[Mapping[str, Any]]:
        """All services in the order of the file."""
        for row in self._database.execute("SELECT * FROM service ORDER BY rowid"):
            yield dict(row)

    def one(self, table: str, id_: str) -> dict[str, Any]:
        """The row with this id; empty where there is none."""
        return next(iter(self.having(table, "id", id_)), {})

    def having(self, table: str, column: str, id_: str) -> list[dict[str, Any]]:
        """The rows with this id in a column; none for an empty one."""
        if not id_ or table not in self._filled:
            return []
        # Our own names again, never a file's.
        query = f"SELECT * FROM {table} WHERE {column} = ? ORDER BY rowid LIMIT ?"  # noqa: S608 (our own names)
        return [dict(row) for row in self._database.execute(query, (id_, _MOST))]

    def attributes(self, link_id: str) -> list[dict[str, Any]]:
        """The attributes of what has this id, each with its term."""
        if not link_id or "attribute" not in self._filled:
            return []
        return [
            {"link_type": kind, "value": value, "label": label, "taxonomy_term": {"code": code, "name": name}}
            for kind, value, label, code, name in self._database.execute(_TERMS, (link_id, _MOST))
        ]

    def close(self) -> None:
        """Forget everything."""
        self._database.close()


def _quoted(column: str) -> str:
    return f'"{column}"'  # "interval" and "count" are words of SQL
