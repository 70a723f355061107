"""The weekly meetings of a listing as the rows of ``GetSearchResults``."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from finder.domain.schedule import Schedule
from finder.domain.vocabulary import Tag
from finder.exporting.bmlt.bodies import ServiceBody, body_below, fellowship_body, number_of
from finder.exporting.bmlt.formats import formats_of
from finder.exporting.bmlt.venue import VIRTUAL, venues
from finder.exporting.weekly import WeeklyMeeting, weekly_meetings
from finder.search.times import UNTOLD_LENGTH

FIELDS = (
    "id_bigint",
    "worldid_mixed",
    "shared_group_id_bigint",
    "service_body_bigint",
    "service_body_name",
    "weekday_tinyint",
    "venue_type",
    "start_time",
    "duration_time",
    "time_zone",
    "formats",
    "lang_enum",
    "longitude",
    "latitude",
    "published",
    "format_shared_id_list",
    "meeting_name",
    "location_text",
    "location_info",
    "location_street",
    "location_city_subsection",
    "location_neighborhood",
    "location_municipality",
    "location_sub_province",
    "location_province",
    "location_postal_code_1",
    "location_nation",
    "comments",
    "train_lines",
    "bus_lines",
    "phone_meeting_number",
    "virtual_meeting_link",
    "virtual_meeting_additional_info",
)
"""The fields that are the same for whoever asks, in their order."""

CONFIDENTIAL = "The address is confidential. Call first."
DEFAULT_MINUTES = UNTOLD_LENGTH
"""How long a meeting counts whose end nobody told; its row says 0, for clients show no end then."""

_NATIONS = {"US": "USA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is read of a published listing with weekly meetings; ``address_1`` and ``address_2`` as they are stored."""

    id: int
    public_id: uuid.UUID
    name: str
    description: str
    alert: str
    address_1: str
    address_2: str
    city: str
    county: str
    state: str
    postal_code: str
    country: str
    confidential: bool
    latitude: float | None
    longitude: float | None
    time_zone: str
    website: str
    source_key: str
    source_name: str
    attribution: str
    organization_id: uuid.UUID | None
    organization: str
    helpline: str
    tags: frozenset[Tag]
    spans: tuple[Schedule, ...]

    @property
    def fellowships(self) -> frozenset[str]:
        """The codes of the fellowships that it belongs to, mostly one."""
        return frozenset(str(tag.code) for tag in self.tags if tag.facet == "fellowship")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One weekly meeting: its row, in the order of `FIELDS`, and what it is chosen by.

    ``listing`` is the row id of its listing. ``weekday`` counts from 1 = Sunday; ``starts`` and ``lasts`` are minutes,
    ``formats`` and ``body`` numbers. ``latitude`` and ``longitude`` are NaN where they aren't known.
    """

    id: int
    listing: int
    fellowships: frozenset[str]
    weekday: int
    venue: int
    starts: int
    lasts: int
    formats: frozenset[int]
    body: int
    latitude: float
    longitude: float
    row: tuple[str, ...]


def bodies_of(group: Group) -> tuple[ServiceBody, ServiceBody]:
    """The body that looks after the group's meetings, and the fellowship above it."""
    fellowship = fellowship_body(group.fellowships)
    if group.organization_id:
        facts = {"website": group.website, "helpline": group.helpline}
        key, name = f"organization {group.organization_id}", group.organization
    else:
        facts, key, name = {}, f"source {group.source_key}", group.source_name
    return body_below(fellowship, key, name, description=group.attribution, **facts), fellowship


def meetings_of(group: Group, body: ServiceBody) -> Iterator[Meeting]:
    """The group's meetings in the order of the week; ``body`` looks after them."""
    weekly = weekly_meetings(group.public_id, group.spans, group.tags)
    for meeting, venue in zip(weekly, venues(weekly), strict=True):
        yield _meeting(group, body, meeting, venue)


def _meeting(group: Group, body: ServiceBody, meeting: WeeklyMeeting, venue: int) -> Meeting:
    span = meeting.span
    formats = formats_of(meeting.tags, venue)
    fields = _where(group, venue) | {
        "id_bigint": str(number_of(meeting.id)),
        "shared_group_id_bigint": str(number_of(group.public_id)),
        "service_body_bigint": str(body.id),
        "service_body_name": body.name,
        "weekday_tinyint": str(_weekday(span)),
        "venue_type": str(venue),
        "start_time": f"{span.opens_at:%H:%M:00}",
        "duration_time": "00:00:00" if span.closes_at is None else "{:02}:{:02}:00".format(*divmod(_lasts(span), 60)),
        "time_zone": group.time_zone,
        "formats": ",".join(each.key for each in formats),
        "format_shared_id_list": ",".join(str(each.id) for each in formats),
        "lang_enum": "en",
        "published": "1",
        "meeting_name": group.name,
        "location_info": group.description,
        "comments": " ".join(filter(None, (group.alert, meeting.note))),
        "phone_meeting_number": span.join_phone,
        "virtual_meeting_link": span.join_url,
    }
    return Meeting(
        id=number_of(meeting.id),
        listing=group.id,
        fellowships=group.fellowships,
        weekday=_weekday(span),
        venue=venue,
        starts=_minute(span.opens_at),
        lasts=_lasts(span),
        formats=frozenset(each.id for each in formats),
        body=body.id,
        latitude=_or_nan(group.latitude),
        longitude=_or_nan(group.longitude),
        row=tuple(fields.get(name, "") for name in FIELDS),
    )


def _where(group: Group, venue: int) -> dict[str, str]:
    """The place. Of a confidential one its ZIP Code at most, whose middle is all that is stored of its position."""
    street, building = group.address_1, group.address_2
    if group.confidential:
        street, building = "", CONFIDENTIAL
    elif venue == VIRTUAL:
        street, building = "", ""  # nobody should go there
    return {
        "location_street": street,
        "location_text": building,
        "location_municipality": group.city,
        "location_sub_province": group.county,
        "location_province": group.state,
        "location_postal_code_1": group.postal_code,
        "location_nation": _NATIONS.get(group.country, group.country),
        "latitude": "" if group.latitude is None else str(group.latitude),
        "longitude": "" if group.longitude is None else str(group.longitude),
    }


def _weekday(span: Schedule) -> int:
    return (span.weekday + 1) % 7 + 1


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _lasts(span: Schedule) -> int:
    """Minutes; an end that isn't after the beginning lies on the next day."""
    if span.closes_at is None:
        return DEFAULT_MINUTES
    return (_minute(span.closes_at) - _minute(span.opens_at) - 1) % (24 * 60) + 1


def _or_nan(degrees: float | None) -> float:
    return float("nan") if degrees is None else degrees
