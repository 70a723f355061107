"""From rows of SAMHSA's directory to listings."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from finder.domain.address_key import address_key
from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.samhsa import samhsa_codes
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag
from finder.importing.bounds import TooMuch, Upload
from finder.importing.clean.address import clean_city, clean_state, clean_street, clean_zip, split_suite
from finder.importing.clean.name import clean_name, listing_name
from finder.importing.clean.phone import read_phones
from finder.importing.format import Reading
from finder.importing.formats.samhsa import RawFacility, read_facilities, service_codes
from finder.importing.formats.workbook import Workbook
from finder.importing.report import ImportReport
from finder.listings import ListingDraft
from finder.places import gazetteer

SOURCE_KEY = "samhsa"

NO_NAME = "no name"
NO_CONTACT = "neither an address nor a phone number"
TOO_LONG = "a name or address of more than 200 characters"
NOT_ADDICTION = "mental health care only, no addiction treatment"
NO_LEVEL = "The source names no level of care: is it detox, inpatient, outpatient or support?"
NO_STATE = "The address is in no state that we know."
WRONG_ZIP = "The ZIP Code lies in another state than the address."

_LONGEST = 200  # what the database keeps of a name or a line of an address
_MOST_UNKNOWN_CODES = 1_000  # SAMHSA has used 350 in all
_ATTENDANCE = Facet("attendance")
_IN_PERSON = Tag(_ATTENDANCE, Code("in_person"))
_MENTAL_HEALTH = "MH"
# The codes that only places which treat addiction have; OP, RES, HI and PEER stand for mental health care too.
_ADDICTION = frozenset(
    {"SA", "SUMH", "DT", "HID", "OD", "RD", "HIT", "RL", "RS", "ORT", "OIT", "ODT", "OMB", "OTP", "SHG", "RC"}
    | {"ADTX", "BDTX", "CDTX", "MDTX", "ODTX"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamhsaDirectory:
    """The workbook of the national directory, of the day ``as_of``, or else of the day when it was last saved."""

    as_of: dt.date | None
    today: dt.date

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`; notes the day of the facts too."""
        workbook = Workbook(upload)
        report.verified_on = self.as_of or _no_later(workbook.modified_on, self.today)
        groups = group_facilities(read_facilities(workbook), report)
        return Reading(groups.keys(), drafts(groups, report, report.verified_on))


class Facility(NamedTuple):
    """One row, cleaned."""

    row: int
    name1: str
    name2: str
    street: str
    suite: str
    city: str
    state: str
    zip_code: str
    phones: tuple[Phone, ...]
    codes: str


Group = list[Facility]
"""The rows that say something of one and the same facility, at least one."""


def group_facilities(rows: Iterable[RawFacility], report: ImportReport) -> dict[str, Group]:
    """The rows that can be listed, cleaned, by the name under which we know their facility; the report has the rest."""
    groups: dict[str, Group] = {}
    for raw in rows:
        report.rows += 1
        facility = _cleaned(raw, report)
        if reason := _unfit(facility):
            report.reject(reason, [raw.row])
        else:
            groups.setdefault(source_ref(facility), []).append(facility)
    return groups


def source_ref(facility: Facility) -> str:
    """A name for the facility, which has none of its own in the directory: made of its names and address.

    The same in every edition as long as those are the same but for spelling. Never change what goes into it: every
    listing would come in a second time.
    """
    key = address_key(facility.street, facility.city, facility.state, facility.zip_code)
    said = "|".join((facility.name1.casefold(), facility.name2.casefold(), *key))
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def drafts(groups: dict[str, Group], report: ImportReport, verified_on: dt.date | None) -> Iterator[ListingDraft]:
    """A draft of each facility that treats addiction. Raises `UnreadableFile` for codes that are none of SAMHSA's."""
    for ref, group in groups.items():
        codes = frozenset[str]().union(*(service_codes(facility.codes) for facility in group))
        if _MENTAL_HEALTH in codes and _ADDICTION.isdisjoint(codes):
            report.reject(NOT_ADDICTION, [facility.row for facility in group])
            continue
        report.merged += len(group) - 1
        _note_unknown_codes(samhsa_codes().unknown(codes), report)
        draft = _draft(ref, group, samhsa_codes().tags_of(codes), verified_on)
        report.without_point += draft.point is None
        report.without_phone += not draft.phones
        yield draft


def _note_unknown_codes(codes: frozenset[str], report: ImportReport) -> None:
    report.unknown_codes.update(codes)
    if len(report.unknown_codes) > _MOST_UNKNOWN_CODES:
        raise TooMuch(f"more than {_MOST_UNKNOWN_CODES:,} service codes that no edition explains")


def _cleaned(raw: RawFacility, report: ImportReport) -> Facility:
    state = clean_state(raw.state)
    street, suite = split_suite(clean_street(raw.street1), clean_street(raw.street2))
    numbers = [(raw.phone, PhoneKind.MAIN), *((text, PhoneKind.INTAKE) for text in raw.intakes)]
    phones, impossible = read_phones(numbers, state)
    report.impossible_phones += impossible
    name1, name2 = clean_name(raw.name1), clean_name(raw.name2)
    zip_code = clean_zip(raw.zip, raw.zip4)
    return Facility(raw.row, name1, name2, street, suite, clean_city(raw.city), state, zip_code, phones, raw.codes)


def _unfit(facility: Facility) -> str:
    """Why a row can't be listed; empty if it can."""
    name = listing_name(facility.name1, facility.name2)
    if not name:
        return NO_NAME
    if not facility.street and not facility.phones:
        return NO_CONTACT
    # A city may have half as much: 100 characters.
    if max(len(name), len(facility.street), len(facility.suite), 2 * len(facility.city)) > _LONGEST:
        return TOO_LONG
    return ""


def _draft(ref: str, group: Group, tags: frozenset[Tag], verified_on: dt.date | None) -> ListingDraft:
    first = group[0]
    place = gazetteer().zip_place(first.zip_code) if first.zip_code else None
    lies_elsewhere = place is not None and bool(first.state) and place.state != first.state
    point = None if place is None or lies_elsewhere else place.point
    reasons = [
        reason
        for reason, applies in (
            (NO_LEVEL, all(tag.facet != LEVEL_OF_CARE for tag in tags)),
            (NO_STATE, not first.state),
            (WRONG_ZIP, lies_elsewhere),
        )
        if applies
    ]
    return ListingDraft(
        source=SOURCE_KEY,
        source_ref=ref,
        name=listing_name(first.name1, first.name2),
        organization=first.name1,
        status=Status.DRAFT if reasons else Status.PUBLISHED,
        review_reason=" ".join(reasons),
        address_1=first.street,
        address_2=first.suite,
        city=first.city,
        county=place.county if place and point else "",
        state=first.state,
        postal_code=first.zip_code,
        point=point,
        precision=Precision.ZIP if point else Precision.NONE,
        time_zone=place.time_zone if place and point else "",
        verified_on=verified_on,
        review_due_on=verified_on and _a_year_after(verified_on),
        phones=_united_phones(group),
        tags=tags if any(tag.facet == _ATTENDANCE for tag in tags) else tags | {_IN_PERSON},
    )


def _united_phones(group: Group) -> tuple[Phone, ...]:
    phones: dict[tuple[str, str], Phone] = {}
    for facility in group:
        for phone in facility.phones:
            phones.setdefault((phone.number, phone.extension), phone)
    return tuple(phones.values())


def _no_later(day: dt.date | None, limit: dt.date) -> dt.date | None:
    """The day, unless it lies in the future: then the workbook's clock was wrong and nothing is known."""
    return day if day and day <= limit else None


def _a_year_after(day: dt.date) -> dt.date:
    """The same day next year; of February 29, February 28."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
