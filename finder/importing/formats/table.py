"""Somebody's own table of places, in CSV or a workbook, by the columns that a person said (`Columns`)."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from finder.domain.address_key import address_key
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, Tag, vocabulary
from finder.importing.bounds import Upload
from finder.importing.clean.name import clean_name
from finder.importing.format import Reading
from finder.importing.formats.table_columns import Columns, Fact
from finder.importing.formats.table_file import TableFile, columns_of
from finder.importing.formats.table_guess import guessed_columns
from finder.importing.formats.table_rows import (
    LONGEST_TEXT,
    Cells,
    Rows,
    address_of,
    ages_of,
    description_of,
    hours_of,
    is_confidential,
    name_of,
    phones_of,
    point_in,
    tags_in,
)
from finder.importing.formats.table_values import read_day, read_email, read_web_address
from finder.importing.meetings.feed import NO_STATE
from finder.importing.meetings.meeting import ATTENDANCE, BY_PHONE, IN_PERSON, LONGEST_LINE, NO_NAME, ONLINE, TOO_LONG
from finder.importing.meetings.position import position_of
from finder.importing.report import ImportReport
from finder.importing.samhsa import NO_LEVEL
from finder.listings import ListingDraft

NO_PLACE = "neither an address nor a position, and nothing that can be used from home"
NO_COLUMNS = "nobody said yet which column is the name of the place"
DIFFERENT_ID = "an id that an earlier row has for another place"

_LONGEST_ID = 100  # what the database keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the source with this key. Without ``columns`` what they mean is guessed, for a person to look at.
    ``as_of`` is the day of facts that bear no date of their own; dates after ``today`` are not believed.
    """

    source: str
    columns: Columns | None
    as_of: dt.date | None
    today: dt.date

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`. The file is read twice, so that it needn't be held."""
        table = TableFile(upload, self.columns.sheet if self.columns else "")
        columns = self.columns or _guessed(table)
        if columns is None:
            return _nothing(table, report)
        rows = Rows(table, columns)
        places = self._places(rows, report)
        report.verified_on = max(
            (place.checked_on for place in places.values() if place.checked_on), default=self.as_of
        )
        return Reading(places.keys(), self._drafts(rows, places, report))

    def _places(self, rows: "Rows", report: ImportReport) -> dict[str, "_Place"]:
        """The places of the table by the name under which we know them, with what further rows of theirs tell."""
        places: dict[str, _Place] = {}
        for cells in rows:
            report.rows += 1
            if reason := _unfit(cells):
                report.reject(reason, [cells.number])
                continue
            ref, who = _identity(cells)
            place = places.setdefault(ref, _Place(cells.number, who))
            place.checked_on = max(filter(None, (place.checked_on, self._checked_on(cells))), default=None)
            if place.row == cells.number:
                continue
            if place.who != who:
                report.reject(DIFFERENT_ID, [cells.number])
                continue
            report.merged += 1
            place.phones += phones_of(cells, report)
            place.tags |= tags_in(cells, report)
        return places

    def _checked_on(self, cells: "Cells") -> dt.date | None:
        day = read_day(cells.text(Fact.CHECKED_ON))
        return day if day and day <= self.today else None

    def _drafts(self, rows: "Rows", places: Mapping[str, "_Place"], report: ImportReport) -> Iterator[ListingDraft]:
        refs = {place.row: ref for ref, place in places.items()}
        for cells in rows:
            if ref := refs.get(cells.number):
                draft = self._draft(ref, cells, places[ref], report)
                report.without_phone += not draft.phones
                report.without_point += draft.point is None
                yield draft

    def _draft(self, ref: str, cells: "Cells", place: "_Place", report: ImportReport) -> ListingDraft:
        address, tags = address_of(cells), _with_ways(tags_in(cells, report) | place.tags)
        position = position_of(address, point_in(cells), approximate=False)
        report.recovered += position.recovered
        schedules = hours_of(cells)
        state = address.state or position.state
        reasons = _reasons(tags, position.doubt, state)
        youngest, oldest = ages_of(cells)
        return ListingDraft(
            source=self.source,
            source_ref=ref,
            name=name_of(cells),
            organization=clean_name(cells.text(Fact.ORGANIZATION))[:LONGEST_LINE],
            description=description_of(cells),
            status=Status.DRAFT if reasons else Status.PUBLISHED,
            review_reason=" ".join(reasons),
            address_1=address.street,
            address_2=address.suite,
            city=address.city or position.city,
            county=position.county,
            state=state,
            postal_code=address.zip_code,
            confidential=is_confidential(cells),
            point=position.point,
            precision=position.precision,
            time_zone=position.time_zone,
            website=read_web_address(cells.text(Fact.WEBSITE)),
            email=read_email(cells.text(Fact.EMAIL)),
            fees=cells.text(Fact.FEES)[:LONGEST_TEXT],
            minimum_age=youngest,
            maximum_age=oldest,
            verified_on=place.checked_on or self.as_of,
            phones=tuple(dict.fromkeys((*phones_of(cells, report), *place.phones))),
            tags=tags,
            schedules=schedules or (),
        )


def _guessed(table: TableFile) -> Columns | None:
    try:
        return guessed_columns(columns_of(table))
    except ValueError:
        return None


def _nothing(table: TableFile, report: ImportReport) -> Reading:
    """A table that nobody explained: all of it is left out."""
    numbers = [number for number, _ in table.rows()]
    report.rows = len(numbers)
    report.reject(NO_COLUMNS, numbers)
    return Reading((), iter(()))


@dataclass(slots=True)
class _Place:
    """A place: the number of its first row, who it is, and what its further rows tell besides."""

    row: int
    who: bytes
    checked_on: dt.date | None = None
    phones: tuple[Phone, ...] = ()
    tags: frozenset[Tag] = field(default_factory=frozenset)


def _unfit(cells: Cells) -> str:
    """Why the row can't be listed; empty if it can."""
    name, address = name_of(cells), address_of(cells)
    if not name:
        return NO_NAME
    if max(map(len, (name, address.street, address.suite, 2 * address.city))) > LONGEST_LINE:
        return TOO_LONG
    if any((address.street, address.city, address.state, address.zip_code, point_in(cells))):
        return ""
    return "" if {ONLINE, BY_PHONE} & tags_in(cells, ImportReport()) else NO_PLACE


def _identity(cells: Cells) -> tuple[str, bytes]:
    """A name for the place within its source, the table's own or else made of name and address; and who it is.

    Never change what goes into it: every listing would come in a second time.
    """
    address = address_of(cells)
    key = address_key(address.street, address.city, address.state, address.zip_code)
    who = hashlib.sha256("|".join((name_of(cells).casefold(), *key)).encode())
    own = cells.text(Fact.ID)
    if len(own) > _LONGEST_ID:
        own = hashlib.sha256(own.encode()).hexdigest()[:20]
    return own or who.hexdigest()[:20], who.digest()


def _with_ways(tags: frozenset[Tag]) -> frozenset[Tag]:
    """The same with the levels of its kinds of care, and with how people take part where nothing says so."""
    levels = (vocabulary().term(*tag).level for tag in tags if tag.facet == KIND_OF_CARE)
    tags |= {Tag(LEVEL_OF_CARE, level) for level in levels if level}
    return tags if any(tag.facet == ATTENDANCE for tag in tags) else tags | {IN_PERSON}


def _reasons(tags: frozenset[Tag], doubt: str, state: str) -> list[str]:
    """Why a person must look at the listing before the public sees it."""
    is_remote = tags.isdisjoint((IN_PERSON,)) and not tags.isdisjoint((ONLINE, BY_PHONE))
    doubts = (
        (NO_LEVEL, all(tag.facet != LEVEL_OF_CARE for tag in tags)),
        (NO_STATE, not state and not is_remote),
        (doubt, bool(doubt)),
    )
    return [reason for reason, applies in doubts if applies]
