"""Feeds for tests, row by row. All meetings and facilities are fictional."""

import datetime as dt
import io
import json
from typing import Any

from finder.importing import Bmlt, FeedFacts, Format, MeetingGuide, Upload
from finder.importing.report import ImportReport
from finder.listings import ListingDraft
from tests.samples.workbooks import MAX_MEGABYTES

FACTS = FeedFacts(source="aa-lakeview", fellowship="aa", as_of=None, today=dt.date(2026, 11, 1))
NA_FACTS = FeedFacts(source="na-lakeview", fellowship="na", as_of=None, today=dt.date(2026, 11, 1))


def a_meeting(**changes: Any) -> dict[str, Any]:
    """A row of a Meeting Guide feed; ``changes`` say what is different, ``None`` leaves a field out."""
    row = {
        "name": "Lakeview Beginners",
        "slug": "lakeview-beginners",
        "day": 1,
        "time": "19:00",
        "end_time": "20:00",
        "types": ["O", "BE"],
        "location": "Harbor Church",
        "formatted_address": "100 North Example Street, Chicago, IL 60601, USA",
        "latitude": 41.8858,
        "longitude": -87.6229,
        "updated": "2026-05-04 10:00:00",
        "url": "https://aa.example/lakeview",
        "contact_1_name": "Pat Person",
        "contact_1_email": "pat@person.example",
        "contact_1_phone": "312-555-0199",
        "feedback_emails": ["pat@person.example"],
    } | changes
    return {name: value for name, value in row.items() if value is not None}


def a_bmlt_meeting(**changes: Any) -> dict[str, Any]:
    """A row of ``GetSearchResults``; ``changes`` as in `a_meeting`."""
    row = {
        "id_bigint": "7",
        "service_body_bigint": "3",
        "weekday_tinyint": "2",
        "venue_type": "1",
        "start_time": "19:30:00",
        "duration_time": "01:30:00",
        "formats": "O,Bt",
        "latitude": "41.8858",
        "longitude": "-87.6229",
        "published": "1",
        "meeting_name": "Just One Day",
        "location_text": "Harbor Church",
        "location_info": "Ring the bell",
        "location_street": "100 North Example Street",
        "location_municipality": "Chicago",
        "location_province": "IL",
        "location_postal_code_1": "60601",
        "contact_name_1": "Pat Person",
        "contact_email_1": "pat@person.example",
    } | changes
    return {name: value for name, value in row.items() if value is not None}


FORMATS = [
    {"key_string": "O", "worldid_mixed": "OPEN", "lang_enum": "en", "name_string": "Open"},
    {"key_string": "Bt", "worldid_mixed": "BEG", "lang_enum": "en", "name_string": "Beginners"},
    {"key_string": "VM", "worldid_mixed": "", "lang_enum": "en", "name_string": "Virtual"},
]
SERVICE_BODIES = [
    {"id": "3", "name": "Lakeview Area", "url": "https://na.example/", "helpline": "312-555-0150"},
]


def a_located_facility(**changes: Any) -> dict[str, Any]:
    """A row of FindTreatment.gov; ``changes`` say what is different."""
    return {
        "name1": "Harbor Light Recovery",
        "name2": "",
        "street1": "100 North Example Street",
        "street2": None,
        "city": "Chicago",
        "state": "IL",
        "zip": "60601",
        "phone": "312-555-0100",
        "intake1": None,
        "hotline1": "312-555-0111",
        "website": "http://www.harbor.example",
        "latitude": "41.8861",
        "longitude": "-87.6186",
        "services": [
            {"f1": "Type of Care", "f2": "TC", "f3": "Substance use treatment; Detoxification"},
            {"f1": "Service Settings", "f2": "SET", "f3": "Outpatient; Residential"},
        ],
    } | changes


def a_feed(*rows: Any) -> Upload:
    """A file with these rows."""
    return json_file(list(rows))


def json_file(document: Any, name: str = "meetings.json") -> Upload:
    """A file with this document."""
    return raw_file(json.dumps(document).encode(), name)


def raw_file(content: bytes, name: str = "meetings.json", max_megabytes: int = MAX_MEGABYTES) -> Upload:
    """A file with these bytes."""
    return Upload(file=io.BytesIO(content), name=name, max_megabytes=max_megabytes)


def bmlt() -> Bmlt:
    """The format of a server with `FORMATS` and `SERVICE_BODIES`."""
    return Bmlt(facts=NA_FACTS, formats=json_file(FORMATS), service_bodies=json_file(SERVICE_BODIES))


def drafts_of(
    *rows: Any,
    file_format: Format = MeetingGuide(FACTS),  # noqa: B008 (a value)
) -> tuple[list[ListingDraft], ImportReport]:
    """What becomes of these rows."""
    report = ImportReport()
    return list(file_format.read(a_feed(*rows), report).drafts), report


def draft_of(file_format: Format = MeetingGuide(FACTS), **changes: Any) -> ListingDraft:  # noqa: B008 (a value)
    """The draft of one row of Meeting Guide."""
    (draft,), _ = drafts_of(a_meeting(**changes), file_format=file_format)
    return draft
