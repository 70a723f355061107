"""From rows of SAMHSA's directory to listings."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from finder.domain.address_key import address_key
from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.samhsa import samhsa_codes
from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, Code, Facet, Tag
from finder.importing.bounds import TooMuch
from finder.importing.clean.address import clean_city, clean_state, clean_street, clean_zip, split_suite
from finder.importing.clean.name import clean_name, listing_name
from finder.importing.clean.phone import read_phones
from finder.importing.formats.samhsa import RawFacility, service_codes
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
_CARE = frozenset({LEVEL_OF_CARE, KIND_OF_CARE})
# The codes that only places which treat addiction have; OP, RES, HI and PEER stand for mental health care too.
_ADDICTION = frozenset(
    {"SA", "SUMH", "DT", "HID", "OD", "RD", "HIT", "RL", "RS", "ORT", "OIT", "ODT", "OMB", "OTP", "SHG", "RC"}
    | {"ADTX", "BDTX", "CDTX", "MDTX", "ODTX"}
)


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


def group_facilities(rows: Iterable[RawFacility], report: ImportReport, *, of: str = "") -> dict[str, Group]:
    """The rows that can be listed, cleaned, by the name under which we know their facility; the report has the rest.

    Of several files ``of`` names the one that the rows left out stand in.
    """
    groups: dict[str, Group] = {}
    for raw in rows:
        report.rows += 1
        facility = _cleaned(raw, report)
        if reason := _unfit(facility):
            report.reject(f"{reason}, in {of}" if of else reason, [raw.row])
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


def drafts(
    groups: Mapping[str, Group], report: ImportReport, verified_on: dt.date | None, *, source: str = SOURCE_KEY
) -> Iterator[ListingDraft]:
    """A draft of each facility that treats addiction. Raises `UnreadableFile` for codes that are none of SAMHSA's."""
    for ref, group in groups.items():
        codes = [service_codes(facility.codes) for facility in group]
        if all(_MENTAL_HEALTH in each for each in codes) and not any(_ADDICTION & each for each in codes):
            report.reject(NOT_ADDICTION, [facility.row for facility in group])
            continue
        report.merged += len(group) - 1
        _note_unknown_codes(samhsa_codes().unknown(frozenset[str]().union(*codes)), report)
        draft = _draft(ref, group, frozenset[Tag]().union(*map(_tags, codes)), verified_on, source)
        report.without_point += draft.point is None
        report.without_phone += not draft.phones
        yield draft


def _tags(codes: frozenset[str]) -> frozenset[Tag]:
    """What a row's codes say. Of a row for mental health care alone its kinds of care are no treatment of addiction."""
    tags = samhsa_codes().tags_of(codes)
    if _MENTAL_HEALTH in codes and _ADDICTION.isdisjoint(codes):
        return frozenset(tag for tag in tags if tag.facet not in _CARE)
    return tags


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


def _draft(ref: str, group: Group, tags: frozenset[Tag], verified_on: dt.date | None, source: str) -> ListingDraft:
    first, facets = group[0], {tag.facet for tag in tags}
    place = gazetteer().zip_place(first.zip_code) if first.zip_code else None
    lies_elsewhere = place is not None and bool(first.state) and place.state != first.state
    point = None if place is None or lies_elsewhere else place.point
    reasons = [
        reason
        for reason, applies in (
            (NO_LEVEL, LEVEL_OF_CARE not in facets),
            (NO_STATE, not first.state),
            (WRONG_ZIP, lies_elsewhere),
        )
        if applies
    ]
    return ListingDraft(
        source=source,
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
        tags=tags if _ATTENDANCE in facets else tags | {_IN_PERSON},
    )


def _united_phones(group: Group) -> tuple[Phone, ...]:
    phones: dict[tuple[str, str], Phone] = {}
    for facility in group:
        for phone in facility.phones:
            phones.setdefault((phone.number, phone.extension), phone)
    return tuple(phones.values())


def _a_year_after(day: dt.date) -> dt.date:
    """The same day next year; of February 29, February 28."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
