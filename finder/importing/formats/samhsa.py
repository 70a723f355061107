"""SAMHSA's national directory of facilities, as its workbook has it: every edition's columns, nothing cleaned yet."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from finder.importing.bounds import UnreadableFile
from finder.importing.formats.cells import Row
from finder.importing.formats.workbook import Workbook

_HEADER_AMONG_FIRST = 20
_PLAIN = re.compile(r"[^a-z0-9]")
_NEEDED = frozenset({"name1", "street1", "city", "state", "zip"})
_CODES = frozenset({"servicecodeinfo", "servicecodesinfo", "servicecodes", "servicecode"})
_OTHER_NAMES = {
    **dict.fromkeys(("name", "facilityname", "facility", "programname"), "name1"),
    **dict.fromkeys(("street", "address", "address1", "streetaddress"), "street1"),
    **dict.fromkeys(("address2", "suite"), "street2"),
    **dict.fromkeys(("zipcode", "postalcode", "zip5"), "zip"),
    **dict.fromkeys(("statecode", "stateabbreviation"), "state"),
    **dict.fromkeys(("telephone", "phonenumber", "phone1"), "phone"),
}
_INTAKE = "intake"
_BETWEEN_CODES = str.maketrans("*,;/|", "     ")
_HOW_TO = "Choose SAMHSA's national directory workbook, as it was downloaded."


class RawFacility(NamedTuple):
    """One row of the sheet of facilities. ``row`` is its number in the sheet; an absent column reads as empty.

    ``codes`` is the whole cell; `service_codes` takes it apart.
    """

    row: int
    name1: str
    name2: str
    street1: str
    street2: str
    city: str
    state: str
    zip: str
    zip4: str
    phone: str
    intakes: tuple[str, ...]
    codes: str


def service_codes(cell: str) -> frozenset[str]:
    """The codes in a cell, whatever stands between them and in whatever case."""
    return frozenset(cell.upper().translate(_BETWEEN_CODES).split())


def read_facilities(workbook: Workbook) -> Iterator[RawFacility]:
    """The facilities in the order of the sheet: the first sheet that has the columns, whatever it is called.

    Raises `UnreadableFile` where no sheet has them, and where there are no service codes: without codes nobody could
    tell detox from outpatient.
    """
    lacks_codes = False
    for sheet in workbook.sheets:
        rows = workbook.rows(sheet)
        columns = _find_header(rows)
        if columns and columns.codes is not None:
            yield from _having_codes(_facility(number, row, columns) for number, row in rows)
            return
        lacks_codes = lacks_codes or columns is not None
    if lacks_codes:
        raise UnreadableFile(f"The workbook has no column of service codes (service_code_info). {_HOW_TO}")
    raise UnreadableFile(f"No sheet of the workbook has the columns name1, street1, city, state and zip. {_HOW_TO}")


class _Columns(NamedTuple):
    """Where the fields stand: position by plain name, the intake numbers in order, the service codes."""

    by_name: dict[str, int]
    intakes: tuple[int, ...]
    codes: int | None


def _find_header(rows: Iterator[tuple[int, Row]]) -> _Columns | None:
    """The columns, if one of the first rows names them all; takes the rows up to it."""
    for _, row in islice(rows, _HEADER_AMONG_FIRST):
        names = _names(row)
        if names.keys() >= _NEEDED:
            intakes = sorted(column for name, column in names.items() if name.startswith(_INTAKE))
            codes = next((column for name, column in names.items() if name in _CODES), None)
            return _Columns(names, tuple(intakes), codes)
    return None


def _names(row: Row) -> dict[str, int]:
    """The column of each name; one that the editions have commonly counts before another word for the same."""
    plain = {_PLAIN.sub("", text.lower()): column for column, text in reversed(row.items())}
    return {_OTHER_NAMES[name]: column for name, column in plain.items() if name in _OTHER_NAMES} | plain


def _facility(number: int, row: Row, columns: _Columns) -> RawFacility:
    def cell(name: str) -> str:
        return row.get(columns.by_name.get(name, -1), "")

    return RawFacility(
        row=number,
        name1=cell("name1"),
        name2=cell("name2"),
        street1=cell("street1"),
        street2=cell("street2"),
        city=cell("city"),
        state=cell("state"),
        zip=cell("zip"),
        zip4=cell("zip4"),
        phone=cell("phone"),
        intakes=tuple([row[column] for column in columns.intakes if column in row]),
        codes="" if columns.codes is None else row.get(columns.codes, ""),
    )


def _having_codes(facilities: Iterator[RawFacility]) -> Iterator[RawFacility]:
    """The facilities, held back until one has codes, so that of a file without any nothing is taken."""
    held_back: list[RawFacility] = []
    for facility in facilities:
        held_back.append(facility)
        if service_codes(facility.codes):
            yield from held_back
            yield from facilities
            return
    raise UnreadableFile(f"The column of service codes is empty in every row. {_HOW_TO}")
