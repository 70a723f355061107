"""Tables for spreadsheets."""

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
_BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet may not read the table as UTF-8


def csv_of(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8, safe to open: no cell is taken for a formula."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(heads)
    table.writerows([_harmless(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    """The cell as text: with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
