"""One place in schema.org's words (JSON-LD), for search engines and other programs."""

import datetime as dt
from typing import Any

import orjson
from flask import Response
from markupsafe import Markup

from finder.domain.geo import Precision
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import LEVEL_OF_CARE
from finder.models import Provider
from finder.web.directory import current_directory
from finder.web.public import blueprint
from finder.web.public.found import found_listing, listing_url

Data = dict[str, Any]

_PRECISE = {Precision.ADDRESS, Precision.STREET}
_HERE = {("attendance", "in_person"), ("attendance", "hybrid")}
_TREATMENT = {"detox", "inpatient", "outpatient"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What could end a script element, or a line of one, in the middle of a text.
_IN_A_PAGE = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"), (b"\xe2\x80\xa8", b"\\u2028"))


@blueprint.get("/providers/<slug>.jsonld")
def provider_as_json_ld(slug: str) -> Response:
    """The place as JSON-LD, as it stands in its page too."""
    listing = found_listing(slug)
    return Response(orjson.dumps(structured(listing, current_directory().now())), mimetype="application/ld+json")


def json_ld_for_a_page(data: Data) -> Markup:
    """The data as the text of a script element, which nothing in it can leave."""
    text = orjson.dumps(data)
    for character, escaped in _IN_A_PAGE:
        text = text.replace(character, escaped)
    return Markup(text.decode())  # noqa: S704 (no markup is left in it)


def structured(listing: Provider, now: dt.datetime) -> Data:
    """The place as schema.org has it; of a confidential one neither street nor position."""
    page = listing_url(listing)
    levels = {tag.code for tag in listing.tags if tag.facet == LEVEL_OF_CARE}
    said = listing.availability_at(now)
    data: Data = {
        "@context": "https://schema.org",
        "@type": "MedicalOrganization" if levels & _TREATMENT else "Organization",
        "@id": f"{page}#place",
        "identifier": str(listing.public_id),
        "mainEntityOfPage": page,
        "name": listing.name,
        "description": listing.description,
        "url": listing.website if listing.website.startswith(("https://", "http://")) else "",
        "email": listing.email,
        "telephone": listing.phones[0].number if listing.phones else "",
        "contactPoint": [_contact(row.number, row.kind.value) for row in listing.phones],
        "parentOrganization": _organization(listing),
        "address": _address(listing),
        "location": _location(listing),
        "event": [_event(listing, span) for span in _spans(listing, ScheduleKind.MEETING)],
    }
    if said and said.accepting is not None and levels & _TREATMENT:
        data["isAcceptingNewPatients"] = said.accepting
    return _without_nothing(data)


def _contact(number: str, kind: str) -> Data:
    return {"@type": "ContactPoint", "telephone": number, "contactType": kind}


def _organization(listing: Provider) -> Data:
    if listing.organization is None or listing.organization.name == listing.name:
        return {}
    return {"@type": "Organization", "name": listing.organization.name}


def _address(listing: Provider) -> Data:
    street = "" if listing.confidential else ", ".join(filter(None, (listing.address_1, listing.address_2)))
    address = {
        "streetAddress": street,
        "addressLocality": listing.city,
        "addressRegion": listing.state,
        "postalCode": listing.postal_code,
    }
    told = _without_nothing(address)
    return {"@type": "PostalAddress", **told, "addressCountry": listing.country} if told else {}


def _location(listing: Provider) -> Data:
    place = {
        "name": listing.name,
        "address": _address(listing),
        "geo": _position(listing),
        "openingHoursSpecification": [_hours(span) for span in _spans(listing, ScheduleKind.HOURS)],
    }
    return {"@type": "Place", **_without_nothing(place)}


def _position(listing: Provider) -> Data:
    if listing.confidential or listing.precision not in _PRECISE:
        return {}
    return {"@type": "GeoCoordinates", "latitude": listing.latitude, "longitude": listing.longitude}


def _spans(listing: Provider, kind: ScheduleKind) -> list[Schedule]:
    return [row.value for row in listing.schedules if row.kind is kind]


def _hours(span: Schedule) -> Data:
    hours = {"dayOfWeek": f"https://schema.org/{_WEEKDAYS[span.weekday]}", **_times(span, "opens", "closes")}
    return {"@type": "OpeningHoursSpecification", **hours}


def _event(listing: Provider, span: Schedule) -> Data:
    weekly = {
        "@type": "Schedule",
        "repeatFrequency": "P1W",
        "byDay": f"https://schema.org/{_WEEKDAYS[span.weekday]}",
        **_times(span, "startTime", "endTime"),
        "scheduleTimezone": listing.time_zone,
    }
    event = {"@type": "Event", "name": listing.name, "eventSchedule": _without_nothing(weekly)}
    if not span.join_url.lower().startswith(("https://", "http://")):
        return event
    way = "Online" if _HERE.isdisjoint((tag.facet, tag.code) for tag in listing.tags) else "Mixed"
    joining = {"@type": "VirtualLocation", "url": span.join_url}
    return {**event, "eventAttendanceMode": f"https://schema.org/{way}EventAttendanceMode", "location": joining}


def _times(span: Schedule, first: str, last: str) -> Data:
    times = {first: span.opens_at.isoformat("minutes")}
    if span.closes_at == span.opens_at:
        times[last] = "23:59"  # how a whole day is told
    elif span.closes_at:
        times[last] = span.closes_at.isoformat("minutes")
    return times


def _without_nothing(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}
