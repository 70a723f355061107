"""BMLT: the JSON of ``GetSearchResults`` with ``GetFormats`` and ``GetServiceBodies``, of Narcotics Anonymous.

Contacts of persons (``contact_name_1``, ``contact_phone_1``, ``contact_email_1`` and so on) are never read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from finder.domain.phone import Phone, PhoneKind
from finder.domain.vocabulary import Tag
from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.clean.address import clean_city, clean_state, clean_street, clean_zip, split_suite
from finder.importing.clean.contacts import without_contacts
from finder.importing.clean.phone import read_phone
from finder.importing.clean.times import clean_time, later
from finder.importing.clean.web import clean_web_address
from finder.importing.clean.zone import clean_time_zone
from finder.importing.format import Reading
from finder.importing.formats.bmlt_formats import known_formats, read_formats
from finder.importing.formats.json_rows import read_rows
from finder.importing.formats.json_values import Row, point_of, text_of
from finder.importing.meetings import Address, FeedFacts, Kinds, Meeting, read_joining, read_meetings
from finder.importing.meetings.codes import tags_of, words_of
from finder.importing.meetings.meeting import BY_PHONE, HYBRID, IN_PERSON, NOT_A_ROW, ONLINE, UNREADABLE_TIME
from finder.importing.report import ImportReport
from finder.places import gazetteer

NOT_PUBLISHED = "not published by its service body"

_WEEKDAYS = {str(number): (number - 2) % 7 for number in range(1, 8)}  # 1 = Sunday
_VENUES = {"1": IN_PERSON, "2": ONLINE, "3": HYBRID}
_VENUE_FORMATS = {"VM": "2", "HY": "3"}


class ServiceBody(NamedTuple):
    """Those who look after meetings: name, page, helpline."""

    name: str
    website: str
    phones: tuple[Phone, ...]


_NOBODY = ServiceBody("", "", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Bmlt:
    """A server's meetings; ``formats`` and ``service_bodies`` are files of the same server."""

    facts: FeedFacts
    formats: Upload
    service_bodies: Upload

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`."""
        shared = read_formats(self.formats)
        if not shared:
            raise UnreadableFile("The file of formats holds none of NA's. Is it the answer of GetFormats?")
        bodies = _read_bodies(self.service_bodies)
        return read_meetings(_meetings(upload, shared, bodies, report), self.facts, report)


def _read_bodies(upload: Upload) -> Mapping[str, ServiceBody]:
    bodies: dict[str, ServiceBody] = {}
    for _, row in read_rows(upload):
        if isinstance(row, dict):
            bodies[text_of(row, "id", "id_bigint")] = _body(row)
    return bodies


def _body(row: Row) -> ServiceBody:
    # Servers of before 2021 keep the helpline in a field that was meant for a map.
    phone = read_phone(text_of(row, "helpline", "kml_file_uri_string"), PhoneKind.HOTLINE)
    website = clean_web_address(text_of(row, "url", "uri_string"))
    return ServiceBody(text_of(row, "name", "name_string"), website, (phone,) if phone else ())


def _meetings(
    upload: Upload, shared: Mapping[str, str], bodies: Mapping[str, ServiceBody], report: ImportReport
) -> Iterator[Meeting]:
    for number, row in read_rows(upload, ("meetings",)):
        report.rows += 1
        if not isinstance(row, dict):
            report.reject(NOT_A_ROW, [number])
        elif text_of(row, "published") == "0":
            report.reject(NOT_PUBLISHED, [number])
        elif text_of(row, "weekday_tinyint") not in _WEEKDAYS or clean_time(text_of(row, "start_time")) is None:
            report.reject(UNREADABLE_TIME, [number])
        else:
            meeting = _meeting(number, row, shared, bodies.get(text_of(row, "service_body_bigint"), _NOBODY), report)
            if meeting.unfit:
                report.reject(meeting.unfit, [number])
            else:
                yield meeting


def _meeting(number: int, row: Row, shared: Mapping[str, str], body: ServiceBody, report: ImportReport) -> Meeting:
    starts = clean_time(text_of(row, "start_time"))
    lasts = clean_time(text_of(row, "duration_time"))
    return Meeting(
        row=number,
        name=text_of(row, "meeting_name"),
        organization=body.name,
        days=(_WEEKDAYS[text_of(row, "weekday_tinyint")],),
        starts=starts,
        ends=later(starts, lasts.hour * 60 + lasts.minute) if starts and lasts else None,
        time_zone=clean_time_zone(text_of(row, "time_zone")),
        kinds=_kinds(row, shared, report),
        address=_address(row),
        point=point_of(row),
        notes=without_contacts(text_of(row, "comments")),
        about=tuple(filter(None, (without_contacts(text_of(row, "location_info")),))),
        joining=read_joining(
            text_of(row, "virtual_meeting_link"),
            text_of(row, "phone_meeting_number"),
            address_notes=text_of(row, "virtual_meeting_additional_info"),
        ),
        website=body.website,
        phones=body.phones,
    )


def _kinds(row: Row, shared: Mapping[str, str], report: ImportReport) -> Kinds:
    keys = [key.strip()[:40] for key in text_of(row, "formats").split(",") if key.strip()]
    known, unknown = known_formats(keys, shared)
    report.note_unknown(unknown)
    venue = text_of(row, "venue_type") or next((_VENUE_FORMATS[key] for key in keys if key in _VENUE_FORMATS), "1")
    by_phone: set[Tag] = {BY_PHONE} if text_of(row, "phone_meeting_number") else set()
    ways = {_VENUES.get(venue, IN_PERSON)} | by_phone
    return Kinds(tags_of(known) | ways, words_of(known), paused="TC" in keys and venue == "1")


def _address(row: Row) -> Address:
    street, suite = split_suite(clean_street(text_of(row, "location_street")), "")
    zip_code = clean_zip(text_of(row, "location_postal_code_1"))
    state = clean_state(text_of(row, "location_province"))
    return Address(street, suite, _city(row, zip_code), state, zip_code, text_of(row, "location_text"))


def _city(row: Row, zip_code: str) -> str:
    """The city that the Postal Service has: of New York's boroughs Brooklyn is one and Manhattan isn't."""
    place = gazetteer().zip_place(zip_code) if zip_code else None
    borough = clean_city(text_of(row, "location_city_subsection"))
    if place and borough and place.city == borough:
        return borough
    named = text_of(row, "location_municipality", "location_city_subsection")
    return clean_city(named) or (place.city if place else "") or clean_city(text_of(row, "location_neighborhood"))
