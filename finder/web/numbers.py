"""What may stand in addresses: the numbers of rows no larger than a row's can be, and texts without NUL."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

_LARGEST_ROW_NUMBER = 2**31 - 1  # of PostgreSQL's INTEGER


class RowNumber(IntegerConverter):
    """A row's number; where it is larger than any, there is no such page, instead of an error of the database."""

    def __init__(self, map: Map, max: int = _LARGEST_ROW_NUMBER) -> None:  # noqa: A002 (Werkzeug names them so)
        super().__init__(map, max=max)


class PlainText(UnicodeConverter):
    """A part of an address; with NUL in it there is no such page, for PostgreSQL takes no such text."""

    def __init__(self, map: Map) -> None:  # noqa: A002 (Werkzeug names it so)
        super().__init__(map)
        self.regex = "[^/\\x00]+"


def init_app(app: Flask) -> None:
    """Let ``<int:...>`` in a rule mean the number of a row, and ``<...>`` a text."""
    app.url_map.converters["int"] = RowNumber
    app.url_map.converters["default"] = PlainText
