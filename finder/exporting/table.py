"""Tables for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable

# What a spreadsheet takes for the beginning of a formula, also behind apostrophes: so that one more can be taken away
# again, whatever the cell was.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet may not read the table as UTF-8


def csv_of(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8, safe to open: no cell is taken for a formula."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(heads)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def harmless(cell: str) -> str:
    """The cell as text: with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
