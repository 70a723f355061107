"""Rows of somebody's table, and what each tells of its place."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from finder.domain.geo import Point
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule
from finder.domain.vocabulary import Tag
from finder.importing.bounds import UnreadableFile
from finder.importing.clean.address import clean_city, clean_state, clean_street, clean_zip, split_suite
from finder.importing.clean.hours import read_hours
from finder.importing.clean.name import clean_name
from finder.importing.clean.phone import read_phones
from finder.importing.clean.text import tidy
from finder.importing.formats.cells import Row
from finder.importing.formats.json_values import point_of
from finder.importing.formats.meeting_guide_address import read_address
from finder.importing.formats.table_columns import Columns, Fact
from finder.importing.formats.table_file import TableFile
from finder.importing.formats.table_values import read_age, read_ages
from finder.importing.meetings import Address
from finder.importing.report import ImportReport

LONGEST_TEXT = 4_000

_SECRET = re.compile(r"confiden[ct]ial|undisclosed|not disclosed|no divulgad", re.IGNORECASE)
_PHONES = {Fact.PHONE: PhoneKind.MAIN, Fact.INTAKE: PhoneKind.INTAKE, Fact.HOTLINE: PhoneKind.HOTLINE}


class Cells(NamedTuple):
    """One row."""

    number: int
    row: Row
    where: Mapping[Fact, tuple[int, ...]]
    columns: Columns
    headings: Mapping[str, int]

    def texts(self, fact: Fact) -> list[str]:
        """What the columns of this fact say, each as one clean line."""
        return [text for column in self.where.get(fact, ()) if (text := tidy(self.row.get(column, "")))]

    def text(self, fact: Fact) -> str:
        """The same of a fact that has one column; empty where it says nothing."""
        return next(iter(self.texts(fact)), "")


class Rows:
    """The rows of a table, as often as they are asked for. Raises `UnreadableFile` where a heading isn't there."""

    def __init__(self, table: TableFile, columns: Columns) -> None:
        if missing := sorted(columns.headings - table.headings.keys()):
            raise UnreadableFile(
                f"The table has no column {', '.join(missing)}. If its publisher calls it otherwise now, say again "
                "which column means what."
            )
        self._table, self._columns = table, columns
        self._where = {
            fact: tuple(table.headings[heading] for heading in headings) for fact, headings in columns.facts.items()
        }

    def __iter__(self) -> Iterator[Cells]:
        for number, row in self._table.rows():
            yield Cells(number, row, self._where, self._columns, self._table.headings)


def name_of(cells: Cells) -> str:
    """What the place is called."""
    return clean_name(cells.text(Fact.NAME))


def address_of(cells: Cells) -> Address:
    """The address, in parts or in one line; of a confidential one only where about it is."""
    is_told = not is_confidential(cells)
    if is_told and (line := cells.text(Fact.ADDRESS)):
        return read_address({"formatted_address": line})
    street, suite = "", ""
    if is_told:
        street, suite = split_suite(clean_street(cells.text(Fact.STREET)), clean_street(cells.text(Fact.SUITE)))
    city, state = clean_city(cells.text(Fact.CITY)), clean_state(cells.text(Fact.STATE))
    return Address(street, suite, city, state, clean_zip(cells.text(Fact.ZIP)))


def is_confidential(cells: Cells) -> bool:
    """Whether the row says in place of an address that it isn't told."""
    return any(_SECRET.search(cells.text(fact)) for fact in (Fact.STREET, Fact.ADDRESS))


def point_in(cells: Cells) -> Point | None:
    """Where the row says that it is; nothing of a confidential place."""
    if is_confidential(cells):
        return None
    return point_of({"latitude": cells.text(Fact.LATITUDE), "longitude": cells.text(Fact.LONGITUDE)})


def phones_of(cells: Cells, report: ImportReport) -> tuple[Phone, ...]:
    """All numbers; counts those that nobody could dial."""
    numbers = [(text, kind) for fact, kind in _PHONES.items() for text in cells.texts(fact)]
    phones, impossible = read_phones(numbers, clean_state(cells.text(Fact.STATE)))
    report.impossible_phones += impossible
    return phones


def tags_in(cells: Cells, report: ImportReport) -> frozenset[Tag]:
    """What the columns for tags say; values that nobody explained are counted with their heading."""
    found: frozenset[Tag] = frozenset()
    for column in cells.columns.tags:
        tags, unknown = column.tags_of(cells.row.get(cells.headings[column.heading], ""))
        report.note_unknown(f"{column.heading}: {value}" for value in unknown)
        found |= tags
    return found


def hours_of(cells: Cells) -> tuple[Schedule, ...] | None:
    """The hours, or ``None`` where they couldn't be read surely. Here a line break parts the days."""
    return next((read_hours(cells.row.get(column, "")) for column in cells.where.get(Fact.HOURS, ())), None)


def ages_of(cells: Cells) -> tuple[int | None, int | None]:
    """The youngest and oldest who are taken."""
    youngest, oldest = read_ages(cells.text(Fact.AGES))
    youngest = youngest if youngest is not None else read_age(cells.text(Fact.MINIMUM_AGE))
    oldest = oldest if oldest is not None else read_age(cells.text(Fact.MAXIMUM_AGE))
    return (youngest, oldest) if youngest is None or oldest is None or youngest <= oldest else (None, None)


def description_of(cells: Cells) -> str:
    """The text, with hours and ages in the table's own words where they couldn't be read surely."""
    told = cells.texts(Fact.DESCRIPTION)
    if (hours := cells.text(Fact.HOURS)) and hours_of(cells) is None:
        told.append(f"Hours: {hours}")
    if (ages := cells.text(Fact.AGES)) and read_ages(ages) == (None, None):
        told.append(f"Ages: {ages}")
    return " ".join(told)[:LONGEST_TEXT]
