"""Days between two dates, as each kind of database counts them."""

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _DaysBetween(FunctionElement[int]):
    type = Integer()
    inherit_cache = True


def days_between(earlier: ColumnElement[dt.date], later: dt.date) -> ColumnElement[int]:
    """How many days lie between a column and a date."""
    return _DaysBetween(earlier, bindparam(None, later, type_=Date()))


@compiles(_DaysBetween)
def _subtracted(element: _DaysBetween, compiler: Any, **options: Any) -> str:
    earlier, later = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({later} - {earlier})"


@compiles(_DaysBetween, "sqlite")
def _by_julian_days(element: _DaysBetween, compiler: Any, **options: Any) -> str:
    # SQLite keeps dates as text.
    earlier, later = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"
