"""What a server of BMLT tells of itself and of its fields."""

from collections.abc import Collection, Sequence

from finder.domain.geo import Point
from finder.exporting.bmlt.asking import ALL_FIELDS
from finder.exporting.bmlt.formats import LANGUAGES
from finder.exporting.bmlt.meeting import DEFAULT_MINUTES, FIELDS, Meeting

VERSION = "3.1.0"
"""The version of BMLT whose answers ours follow: clients ask before they use what older servers lack."""

_MIDDLE_OF_THE_COUNTRY = Point(39.8283, -98.5795)
_WORDS = {
    "id_bigint": "ID",
    "worldid_mixed": "World ID",
    "shared_group_id_bigint": "Group ID",
    "service_body_bigint": "Service body ID",
    "service_body_name": "Service body",
    "weekday_tinyint": "Weekday",
    "venue_type": "Venue type",
    "start_time": "Start time",
    "duration_time": "Duration",
    "time_zone": "Time zone",
    "formats": "Formats",
    "lang_enum": "Language",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "published": "Published",
    "format_shared_id_list": "Format IDs",
    "meeting_name": "Meeting name",
    "location_text": "Location name",
    "location_info": "Extra location info",
    "location_street": "Street address",
    "location_city_subsection": "Borough",
    "location_neighborhood": "Neighborhood",
    "location_municipality": "Town",
    "location_sub_province": "County",
    "location_province": "State",
    "location_postal_code_1": "ZIP code",
    "location_nation": "Nation",
    "comments": "Comments",
    "train_lines": "Train lines",
    "bus_lines": "Bus lines",
    "phone_meeting_number": "Phone meeting dial-in number",
    "virtual_meeting_link": "Virtual meeting link",
    "virtual_meeting_additional_info": "Virtual meeting additional information",
}


def server_info(meetings: Collection[Meeting]) -> list[dict[str, str]]:
    """The answer of ``GetServerInfo``."""
    major, minor, patch = (int(number) for number in VERSION.split("."))
    center = _MIDDLE_OF_THE_COUNTRY
    states = sorted({meeting.row[_STATE] for meeting in meetings} - {""})
    hours, minutes = divmod(DEFAULT_MINUTES, 60)
    told = {
        "version": VERSION,
        "versionInt": str(major * 1_000_000 + minor * 1_000 + patch),
        "langs": ",".join(LANGUAGES),
        "nativeLang": LANGUAGES[0],
        "centerLongitude": str(center.longitude),
        "centerLatitude": str(center.latitude),
        "centerZoom": "4",
        "defaultDuration": f"{hours:02}:{minutes:02}:00",
        "regionBias": "us",
        "charSet": "UTF-8",
        "distanceUnits": "mi",
        "semanticAdmin": "0",
        "emailEnabled": "0",
        "emailIncludesServiceBodies": "0",
        "changesPerMeeting": "0",
        "meeting_states_and_provinces": ",".join(states),
        "meeting_counties_and_sub_provinces": "",
        "available_keys": ",".join(ALL_FIELDS),
        "google_api_key": "",
        "meeting_time_zones_enabled": "1",
        "aggregator_mode_enabled": "0",
    }
    return [told]


_STATE = FIELDS.index("location_province")


def field_keys() -> list[dict[str, str]]:
    """The answer of ``GetFieldKeys``."""
    return [{"key": name, "description": _WORDS[name]} for name in FIELDS]


def field_values(meetings: Sequence[Meeting], name: str) -> list[dict[str, str]]:
    """The answer of ``GetFieldValues``: each value of a field with the ids of the meetings that have it."""
    place = FIELDS.index(name)
    ids: dict[str, list[int]] = {}
    for meeting in meetings:
        ids.setdefault(meeting.row[place], []).append(meeting.id)
    return [{name: value or "NULL", "ids": ",".join(map(str, sorted(ids[value])))} for value in sorted(ids)]


def coverage_area(meetings: Collection[Meeting]) -> list[dict[str, str]]:
    """The answer of ``GetCoverageArea``: the box around all meetings whose position is known."""
    known = [meeting for meeting in meetings if meeting.latitude == meeting.latitude]
    latitudes = [meeting.latitude for meeting in known] or [_MIDDLE_OF_THE_COUNTRY.latitude]
    longitudes = [meeting.longitude for meeting in known] or [_MIDDLE_OF_THE_COUNTRY.longitude]
    box = {
        "nw_corner_longitude": min(longitudes),
        "nw_corner_latitude": max(latitudes),
        "se_corner_longitude": max(longitudes),
        "se_corner_latitude": min(latitudes),
    }
    return [{name: str(degrees) for name, degrees in box.items()}]
