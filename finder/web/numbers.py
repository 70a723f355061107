"""Numbers in addresses, such as that of a listing: no larger than a row's can be."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

_LARGEST_ROW_NUMBER = 2**31 - 1  # of PostgreSQL's INTEGER


class RowNumber(IntegerConverter):
    """A row's number; where it is larger than any, there is no such page, instead of an error of the database."""

    def __init__(self, map: Map, max: int = _LARGEST_ROW_NUMBER) -> None:  # noqa: A002 (Werkzeug names them so)
        super().__init__(map, max=max)


def init_app(app: Flask) -> None:
    """Let ``<int:...>`` in a rule mean the number of a row."""
    app.url_map.converters["int"] = RowNumber
