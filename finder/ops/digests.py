"""What a database holds, in figures by which it can be compared with its copy."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, inspect, select, table
from sqlalchemy import column as column_named

_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class TableDigest:
    """How many rows a table has, and the SHA-256 of all of them in the order of its key."""

    rows: int
    sha256: str


def digests(connection: Connection) -> dict[str, TableDigest]:
    """The digest of each table, by name. Two databases of one kind that hold the same give the same."""
    return {name: _digest(connection, name) for name in sorted(inspect(connection).get_table_names())}


def _digest(connection: Connection, name: str) -> TableDigest:
    found = inspect(connection)
    columns = [each["name"] for each in found.get_columns(name)]
    key = found.get_pk_constraint(name)["constrained_columns"] or columns
    said = table(name, *map(column_named, columns))
    hashed, rows = sha256(), 0
    query = select(said).order_by(*(said.c[each] for each in key))
    for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query):
        hashed.update(repr(tuple(row)).encode())
        rows += 1
    return TableDigest(rows, hashed.hexdigest())
