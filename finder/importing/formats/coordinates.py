"""Tables of addresses with coordinates: CSV with the columns street1, city, state, zip, latitude, longitude."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from finder.importing.bounds import MAX_COLUMNS, UnreadableFile, Upload
from finder.importing.formats.cells import Row
from finder.importing.formats.delimited import delimited_rows, look_at

_NEEDED = ("street1", "city", "state", "zip", "latitude", "longitude")
_PLAIN = re.compile(r"[^a-z0-9]")


class RawPosition(NamedTuple):
    """One row of the table, nothing cleaned yet; ``row`` counts from the header's 1."""

    row: int
    street: str
    city: str
    state: str
    zip: str
    latitude: str
    longitude: str


def read_coordinates(upload: Upload) -> Iterator[RawPosition]:
    """The rows in order. Columns may stand in any order beside others, in any case.

    Raises `UnreadableFile` for what is no such table, when the first row is asked for or where the reading ends.
    """
    rows = delimited_rows(upload, look_at(upload))
    columns = _columns(next(rows, (1, {}))[1])
    for number, row in rows:
        yield RawPosition(number, *(row.get(column, "") for column in columns))


def _columns(header: Row) -> list[int]:
    names = {_PLAIN.sub("", name.lower()): column for column, name in reversed(header.items()) if column < MAX_COLUMNS}
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        needed = ", ".join(_NEEDED)
        raise UnreadableFile(f"The table's first row names no column {', '.join(missing)}. Needed are {needed}.")
    return [names[name] for name in _NEEDED]
