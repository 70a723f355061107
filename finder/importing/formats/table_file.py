"""Somebody's table, in CSV or a workbook: its headings, its rows, and what its columns hold."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from finder.importing.bounds import MAX_COLUMNS, UnreadableFile, Upload
from finder.importing.clean.text import tidy, unprotected
from finder.importing.formats.cells import Row
from finder.importing.formats.delimited import delimited_rows, look_at
from finder.importing.formats.table_columns import LONGEST_HEADING, MOST_VALUES, values_in
from finder.importing.formats.workbook import Workbook

_HEADER_AMONG_FIRST = 20
_LOOKED_AT_ROWS = 20_000
_MOST_SAMPLES = 3
_LONGEST_SAMPLE = 80
_LONGEST_LIST = 1_000  # characters of a cell that lists values; a longer one is free text
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")  # the second: of Excel before 2007, and protected ones


class TableFile:
    """An open table: ``described`` says in words how it is written, ``sheets`` names a workbook's.

    The header is the first row with two cells or more. Raises `UnreadableFile` for what is no table, for a sheet that
    isn't there, and for more columns than a person would sort out.
    """

    def __init__(self, upload: Upload, sheet: str = "") -> None:
        upload.check_size()
        head = upload.file.read(4)
        upload.file.seek(0)
        self._all_rows: Callable[[], Iterator[tuple[int, Row]]]
        if head.startswith(_WORKBOOKS):
            self._open_workbook(upload, sheet)
        else:
            how = look_at(upload)
            self.sheets: tuple[str, ...] = ()
            self.described = str(how)
            self._all_rows = lambda: delimited_rows(upload, how)
        self._header_row, self.headings = self._header()

    def _open_workbook(self, upload: Upload, sheet: str) -> None:
        workbook = Workbook(upload)
        tabs = workbook.tabs
        name = sheet or next(iter(tabs), "")
        if name not in tabs:
            named = f"called {sheet!r}" if sheet else "that could be read"
            raise UnreadableFile(f"The workbook has no sheet {named}. It has: {', '.join(tabs) or 'none'}.")
        self.sheets = tuple(tabs)
        self.described = f"Excel workbook, sheet {name!r}"
        self._all_rows = lambda: workbook.rows(tabs[name])

    def _header(self) -> tuple[int, Mapping[str, int]]:
        """The header's number, and the column of each heading."""
        for number, row in islice(self._all_rows(), _HEADER_AMONG_FIRST):
            if len(row) > MAX_COLUMNS or max(row) >= MAX_COLUMNS:
                raise UnreadableFile(f"The table has more than {MAX_COLUMNS} columns. Save one with fewer.")
            if len(row) > 1:
                return number, _headings(row)
        raise UnreadableFile("The table has no row of headings: its first rows have fewer than two cells.")

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows below the header, each with its number as spreadsheet programs show it; without the marks that
        keep texts from being taken for formulas.
        """
        for number, row in self._all_rows():
            if number > self._header_row:
                yield number, {column: unprotected(text) for column, text in row.items()}


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column as a person or `guessed_columns` judges it: a few of its cells, and how many rows have each value.

    ``values`` (`canonical` ones) are empty of a column that has too many to stand for tags.
    """

    heading: str
    samples: tuple[str, ...]
    values: Mapping[str, int]


def columns_of(table: TableFile) -> list[SeenColumn]:
    """What the columns of a table hold, in their order, as its first 20,000 rows tell."""
    seen = {column: _Seen() for column in table.headings.values()}
    for _, row in islice(table.rows(), _LOOKED_AT_ROWS):
        for column, text in row.items():
            if column in seen:
                seen[column].add(text)
    return [seen[column].as_column(heading) for heading, column in table.headings.items()]


class _Seen:
    def __init__(self) -> None:
        self._samples: dict[str, None] = {}
        self._values: Counter[str] = Counter()
        self._is_free_text = False

    def add(self, text: str) -> None:
        sample = tidy(text[: 4 * _LONGEST_SAMPLE])[:_LONGEST_SAMPLE]
        if not sample:
            return
        if len(self._samples) < _MOST_SAMPLES:
            self._samples.setdefault(sample)
        if not self._is_free_text:
            self._values.update(values_in(text[:_LONGEST_LIST]))
            self._is_free_text = len(self._values) > MOST_VALUES or len(text) > _LONGEST_LIST

    def as_column(self, heading: str) -> SeenColumn:
        values = {} if self._is_free_text else dict(self._values.most_common())
        return SeenColumn(heading, tuple(self._samples), values)


def _headings(row: Row) -> dict[str, int]:
    """The column of each heading, in order; of one that stands twice the second is numbered."""
    found: dict[str, int] = {}
    for column, text in sorted(row.items()):
        heading = plain = tidy(unprotected(text))[:LONGEST_HEADING]
        again = 2
        while heading in found:
            heading = f"{plain[: LONGEST_HEADING - 6]} ({again})"
            again += 1
        if heading:
            found[heading] = column
    return found
