"""Tables for tests, as counties and charities keep them. All places are fictional."""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence

from finder.importing import Upload
from finder.importing.formats.table import Table
from finder.importing.formats.table_columns import Columns
from finder.importing.formats.table_file import TableFile, columns_of
from finder.importing.formats.table_guess import guessed_columns
from finder.importing.report import ImportReport
from finder.listings import ListingDraft
from tests.samples.workbooks import upload

TODAY = dt.date(2026, 11, 1)
_A_PLACE = {
    "Name": "Harbor Light Recovery",
    "Address": "100 North Example Street",
    "City": "Chicago",
    "State": "IL",
    "ZIP": "60601",
    "Phone": "312-555-0100",
    "Services": "Detox; Outpatient",
}


def a_place(**changes: str) -> dict[str, str]:
    """A row of a table by heading; ``changes`` say what is different, with "_" for the blanks of a heading."""
    return _A_PLACE | {heading.replace("_", " "): text for heading, text in changes.items()}


def csv_text(rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> str:
    """A table of these rows, with the headings of all of them."""
    text = io.StringIO()
    headings = dict.fromkeys(heading for row in rows for heading in row)
    table = csv.DictWriter(text, list(headings), restval="", delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def a_table(*rows: Mapping[str, str], name: str = "places.csv") -> Upload:
    """A file with these rows."""
    return upload(csv_text(rows).encode(), name)


def guessed(file: Upload, sheet: str = "") -> Columns:
    """What we take the columns of a file for."""
    return guessed_columns(columns_of(TableFile(file, sheet)), sheet)


def table_of(columns: Columns, as_of: dt.date | None = None) -> Table:
    """The format of tables with these columns."""
    return Table(source="lakeview", columns=columns, as_of=as_of, today=TODAY)


def listed(file: Upload, columns: Columns | None = None) -> tuple[list[ListingDraft], ImportReport]:
    """What becomes of a file, by default with the columns that we guess."""
    report = ImportReport()
    return list(table_of(columns or guessed(file)).read(file, report).drafts), report
