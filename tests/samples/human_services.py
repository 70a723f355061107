"""Small directories in HSDS: in JSON, and as tables of its versions."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from finder.importing.bounds import Upload
from finder.importing.formats.hsds import Hsds
from finder.importing.report import ImportReport
from finder.listings import ListingDraft
from tests.factories import NOW
from tests.samples.feeds import raw_file

SERVICE: Mapping[str, Any] = {
    "id": "s1",
    "name": "Outpatient Program",
    "status": "active",
    "description": "<p>Groups &amp; counseling.</p><p>Call first.</p>",
    "url": "https://harbor.example/outpatient",
    "email": "intake@harbor.example",
    "assured_date": "2026-09-01",
    "minimum_age": 18,
    "fees_description": "Sliding scale",
    "organization": {"id": "o1", "name": "Harbor Health", "description": "", "website": "https://harbor.example"},
    "phones": [{"id": "p1", "number": "(312) 555-0123", "extension": 7, "type": "voice", "description": "Intake line"}],
    "languages": [{"id": "l1", "name": "Spanish", "code": "es"}],
    "attributes": [
        {"id": "a1", "taxonomy_term": {"id": "t1", "code": "RX-8450.8000", "name": "Substance Use Disorder Counseling"}}
    ],
    "service_at_locations": [
        {
            "id": "sl1",
            "location": {
                "id": "l1",
                "location_type": "physical",
                "latitude": 41.8858,
                "longitude": -87.6229,
                "addresses": [
                    {
                        "id": "ad1",
                        "address_1": "100 North Example Street, Suite 2",
                        "city": "Chicago",
                        "state_province": "Illinois",
                        "postal_code": "60601",
                        "country": "US",
                        "address_type": "physical",
                    }
                ],
                "accessibility": [{"id": "ac1", "description": "Wheelchair accessible"}],
            },
        }
    ],
}
"""A service of somebody else's directory, at one location."""


V3: Mapping[str, str] = {
    "datapackage.json": '{"resources": [{"name": "location", "path": "places.csv"}]}',
    "organizations.csv": "id,name,description\no1,Harbor Health,\n",
    "services.csv": "id,organization_id,name,status,assured_date,fees_description\n"
    "s1,o1,Alcohol detox,active,2026-09-01,'=free\n",
    "places.csv": "id,location_type,latitude,longitude\nl1,physical,41.8858,-87.6229\n",
    "service_at_location.csv": "id,service_id,location_id\nsl1,s1,l1\n",
    "addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
    "a1,l1,100 North Example Street,Chicago,IL,60601,US,physical\n",
    "phones.csv": "id,service_id,contact_id,number,extension,type,description\np1,s1,,'+13125550123,7,voice,\n",
    "schedules.csv": 'id,service_id,freq,byday,opens_at,closes_at\nsc1,s1,WEEKLY,"MO,TU",09:00,17:00\n',
    "attributes.csv": "id,link_id,link_entity,taxonomy_term_id\nat1,s1,service,t1\n",
    "taxonomy_terms.csv": "id,code,name\nt1,RX-1700,Detoxification\n",
    "languages.csv": "id,service_id,name,code\nla1,s1,Spanish,es\n",
    "accessibility.csv": "id,location_id,description\nac1,l1,Wheelchair\n",
    "taxonomies.csv": "id,name,description\nx1,211,\n",
}
_NEWER = ("attributes.csv", "taxonomy_terms.csv", "addresses.csv", "places.csv", "datapackage.json", "taxonomies.csv")

V2: Mapping[str, str] = {name: text for name, text in V3.items() if name not in _NEWER} | {
    "service_attribute.csv": "id,service_id,taxonomy_term_id\nat1,s1,t1\n",
    "taxonomy_term.csv": V3["taxonomy_terms.csv"],
    "physical_addresses.csv": V3["addresses.csv"],
    "location.csv": "id,name,latitude,longitude\nl1,Harbor,41.8858,-87.6229\n",
    "languages.csv": "id,service_id,language\nla1,s1,Spanish\n",
}
V1: Mapping[str, str] = {
    "data/organization.csv": V3["organizations.csv"],
    "data/service.csv": V3["services.csv"],
    "data/location.csv": "id,latitude,longitude\nl1,41.8858,-87.6229\n",
    "data/service_at_location.csv": V3["service_at_location.csv"],
    "data/physical_address.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "a1,l1,100 North Example Street,Chicago,IL,60601,US\n",
    "data/phone.csv": "id,service_id,number,extension,type\np1,s1,312-555-0123,7,voice\n",
    "data/regular_schedule.csv": "id,service_id,weekday,opens_at,closes_at\n"
    "r1,s1,1,09:00,17:00\nr2,s1,Tuesday,9:00 AM,5:00 PM\n",
    "data/service_taxonomy.csv": "id,service_id,taxonomy_id\nst1,s1,t1\n",
    "data/taxonomy.csv": "id,name,vocabulary\nt1,Detoxification,211\n",
    "data/language.csv": "id,service_id,language\nla1,s1,Spanish\n",
    "data/accessibility_for_disabilities.csv": "id,location_id,accessibility\nac1,l1,wheelchair\n",
}
"""One and the same directory as tables of three versions of HSDS."""


def a_service(**changes: Any) -> dict[str, Any]:
    """`SERVICE` with other fields."""
    return {**SERVICE, **changes}


def json_file(value: Any) -> Upload:
    """A file of JSON."""
    return raw_file(json.dumps(value).encode())


def zipped(tables: Mapping[str, str | bytes]) -> Upload:
    """A zip archive of tables, by their files' names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables.items():
            archive.writestr(name, content)
    return raw_file(packed.getvalue())


def read_services(upload: Upload) -> tuple[list[ListingDraft], ImportReport]:
    """The listings of a file, and the report on it."""
    report = ImportReport()
    reading = Hsds(source="county", as_of=None, today=NOW.date()).read(upload, report)
    return list(reading.drafts), report


def the_draft(*services: Mapping[str, Any]) -> ListingDraft:
    """The only listing that these services make."""
    (draft,) = read_services(json_file(list(services)))[0]
    return draft
