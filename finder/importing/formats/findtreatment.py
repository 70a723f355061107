"""FindTreatment.gov, SAMHSA's locator: the JSON of its ``exportsAsJson``, one page or several put together."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from finder.domain.geo import Point, Precision
from finder.domain.phone import Phone, PhoneKind
from finder.importing.bounds import Upload
from finder.importing.clean.phone import read_phone
from finder.importing.clean.web import clean_web_address
from finder.importing.distance import FAR_MILES, miles_between
from finder.importing.format import Reading
from finder.importing.formats.findtreatment_services import codes_of
from finder.importing.formats.json_rows import read_rows
from finder.importing.formats.json_values import Row, point_of, text_of
from finder.importing.formats.samhsa import RawFacility
from finder.importing.meetings.meeting import NOT_A_ROW
from finder.importing.report import ImportReport
from finder.importing.samhsa import Group, drafts, group_facilities
from finder.listings import ListingDraft

SOURCE_KEY = "findtreatment"


class _Beside(NamedTuple):
    """What the locator knows and the directory doesn't."""

    website: str
    point: Point | None
    hotline: Phone | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindTreatment:
    """Answers of the locator, fetched on the day ``as_of``.

    Facilities are grouped and described as those of the national directory are: one stands in the locator once for
    addiction treatment and once for mental health care.
    """

    as_of: dt.date | None

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`."""
        report.verified_on = self.as_of
        beside: dict[int, _Beside] = {}
        groups = group_facilities(_facilities(upload, beside, report), report)
        return Reading(groups.keys(), self._drafts(groups, beside, report))

    def _drafts(
        self, groups: dict[str, Group], beside: dict[int, _Beside], report: ImportReport
    ) -> Iterator[ListingDraft]:
        for draft in drafts(groups, report, self.as_of):
            group = groups[draft.source_ref]
            yield _completed(draft, [beside[facility.row] for facility in group])


def _facilities(upload: Upload, beside: dict[int, _Beside], report: ImportReport) -> Iterator[RawFacility]:
    for number, row in read_rows(upload, ("rows",)):
        if not isinstance(row, dict):
            report.rows += 1
            report.reject(NOT_A_ROW, [number])
            continue
        codes, unknown = codes_of(row.get("services"))
        report.note_unknown(unknown)
        beside[number] = _beside(row)
        yield _facility(number, row, codes)


def _facility(number: int, row: Row, codes: frozenset[str]) -> RawFacility:
    return RawFacility(
        row=number,
        name1=text_of(row, "name1"),
        name2=text_of(row, "name2"),
        street1=text_of(row, "street1"),
        street2=text_of(row, "street2"),
        city=text_of(row, "city"),
        state=text_of(row, "state"),
        zip=text_of(row, "zip"),
        zip4="",
        phone=text_of(row, "phone"),
        intakes=tuple(filter(None, (text_of(row, "intake1"), text_of(row, "intake2")))),
        codes=" ".join(sorted(codes)),
    )


def _beside(row: Row) -> _Beside:
    hotline = text_of(row, "hotline1")
    return _Beside(
        clean_web_address(text_of(row, "website")),
        point_of(row),
        read_phone(hotline, PhoneKind.HOTLINE) if hotline else None,
    )


def _completed(draft: ListingDraft, beside: list[_Beside]) -> ListingDraft:
    point = next((each.point for each in beside if each.point), None)
    if point is not None and (draft.point is None or miles_between(point, draft.point) <= FAR_MILES):
        draft = replace(draft, point=point, precision=Precision.ADDRESS)
    known = {phone.number for phone in draft.phones}
    hotlines = dict.fromkeys(each.hotline for each in beside if each.hotline and each.hotline.number not in known)
    website = next((each.website for each in beside if each.website), "")
    return replace(draft, source=SOURCE_KEY, website=website, phones=(*draft.phones, *hotlines))
