"""Directories of human services, as others publish them."""

import datetime as dt
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.formats.hsds.listing import CLOSED, NO_LOCATION, NOT_ABOUT_IT, PAUSED
from finder.importing.samhsa import NO_LEVEL
from tests.factories import tags
from tests.samples.feeds import raw_file
from tests.samples.human_services import SERVICE, V1, V2, V3, a_service, json_file, read_services, the_draft, zipped

AT_LOCATION = {**SERVICE["service_at_locations"][0], "service": SERVICE}
ORGANIZATION = {**SERVICE["organization"], "services": [SERVICE]}


def test_a_service_at_a_location_is_a_listing_with_all_that_is_told_of_both() -> None:
    draft = the_draft(SERVICE)

    assert (draft.source, draft.source_ref, draft.status) == ("county", "sl1", Status.PUBLISHED)
    assert (draft.name, draft.organization) == ("Harbor Health \N{EN DASH} Outpatient Program", "Harbor Health")
    assert draft.description == "Groups & counseling.\nCall first."
    assert (draft.address_1, draft.address_2, draft.city) == ("100 North Example Street", "Suite 2", "Chicago")
    assert (draft.county, draft.state, draft.postal_code) == ("Cook County", "IL", "60601")
    assert (draft.precision, draft.time_zone) == (Precision.ADDRESS, "America/Chicago")
    assert (draft.website, draft.email) == ("https://harbor.example/outpatient", "intake@harbor.example")
    assert draft.phones == (Phone("+13125550123", PhoneKind.INTAKE, "7"),)
    assert (draft.minimum_age, draft.fees, draft.verified_on) == (18, "Sliding scale", dt.date(2026, 9, 1))
    assert draft.tags == tags(
        *("level_of_care:outpatient", "language:spanish", "accessibility:wheelchair", "payment_help:sliding_fee"),
        "attendance:in_person",
    )


@pytest.mark.parametrize(
    "upload",
    [
        json_file({"total_items": 1, "contents": [SERVICE]}),
        json_file({"version": "3.1", "services": [SERVICE]}),
        json_file(SERVICE),
        raw_file(json.dumps(SERVICE, indent=2).encode("utf-8-sig")),
        raw_file(json.dumps(SERVICE).encode() + b"\n\n"),
        json_file([AT_LOCATION]),
        json_file({"contents": [ORGANIZATION]}),
        json_file(ORGANIZATION),
    ],
    ids=["page", "named list", "single", "pretty", "ndjson", "service at location", "organizations", "organization"],
)
def test_every_form_of_json_tells_the_same(upload: Upload) -> None:
    assert read_services(upload)[0] == [the_draft(SERVICE)]


def test_one_a_line_is_read_to_its_end() -> None:
    lines = "\n".join(json.dumps({**SERVICE, "id": f"s{n}", "service_at_locations": []}) for n in range(500))

    drafts, report = read_services(raw_file(lines.encode()))

    assert [draft.source_ref for draft in drafts] == [f"s{n}" for n in range(500)]
    assert report.rows == 500


def test_a_service_at_two_locations_is_two_listings_with_what_each_has_of_its_own() -> None:
    elsewhere = {"id": "l2", "location_type": "physical", "addresses": [{"city": "Omaha", "state_province": "NE"}]}
    service = a_service(
        service_at_locations=[*SERVICE["service_at_locations"], {"location": elsewhere}],
        phones=[{"number": "312-555-0100", "location_id": "l1"}, {"number": "402-555-0100", "location_id": "l2"}],
    )

    drafts, report = read_services(json_file([service, service]))

    assert [(draft.source_ref, draft.city, draft.phones) for draft in drafts] == [
        ("sl1", "Chicago", (Phone("+13125550100"),)),
        ("s1@l2", "Omaha", (Phone("+14025550100"),)),
    ]
    assert (report.rows, report.merged) == (4, 2)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "inactive"}, CLOSED),
        ({"status": "defunct"}, CLOSED),
        ({"status": "temporarily closed"}, PAUSED),
        ({"attributes": []}, NO_LEVEL),
        ({"service_at_locations": []}, NO_LOCATION),
    ],
)
def test_what_is_in_doubt_waits_for_a_review(changes: dict[str, Any], reason: str) -> None:
    draft = the_draft(a_service(name="Alcohol counseling", **changes))

    assert (draft.status, draft.review_reason) == (Status.DRAFT, reason)


def test_food_and_shelter_are_left_out() -> None:
    pantry = a_service(id="s2", name="Food pantry", attributes=[], description="Groceries on Mondays.")

    drafts, report = read_services(json_file([SERVICE, pantry]))

    assert len(drafts) == 1
    assert report.rejected == {NOT_ABOUT_IT: [2]}


def test_terms_that_nobody_knows_are_counted() -> None:
    term = {"code": "XX-1000", "name": "Equine therapy"}
    service = a_service(attributes=[*SERVICE["attributes"], {"taxonomy_term": term}])

    _, report = read_services(json_file([service]))

    assert report.unknown_codes == {"XX-1000": 1}


def test_persons_stay_out() -> None:
    person = {"name": "Canary", "email": "canary@harbor.example", "phones": [{"number": "312-555-0199"}]}
    service = a_service(
        assurer_email="canary@harbor.example",
        contacts=[person],
        phones=[*SERVICE["phones"], {"number": "312-555-0199", "contact_id": "c1"}],
    )
    contacts = {
        "contacts.csv": "id,service_id,name\nc1,s1,Canary\n",
        "phones.csv": V3["phones.csv"] + "p2,s1,c1,3125550199,,,\n",
    }

    assert the_draft(service) == the_draft(SERVICE)
    assert read_services(zipped({**V3, **contacts}))[0] == read_services(zipped(V3))[0]


def test_the_tables_of_every_version_tell_the_same() -> None:
    (newest,), _ = read_services(zipped(V3))
    assert (newest.source_ref, newest.fees, newest.phones) == ("sl1", "=free", (Phone("+13125550123", extension="7"),))
    assert [span.weekday for span in newest.schedules] == [0, 1]
    assert tags("level_of_care:detox", "language:spanish", "accessibility:wheelchair") < newest.tags

    assert read_services(zipped(V2))[0] == [newest]
    assert read_services(zipped(V1))[0] == [newest]


def test_a_service_of_version_1_may_name_its_location_itself() -> None:
    tables = {name: text for name, text in V1.items() if "service_at" not in name}
    tables["data/service.csv"] = "id,organization_id,location_id,name\ns1,o1,l1,Alcohol detox\n"

    (draft,), _ = read_services(zipped(tables))

    assert (draft.source_ref, draft.city) == ("s1@l1", "Chicago")


def _protected() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("services.csv", V3["services.csv"])
    content = bytearray(packed.getvalue())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (raw_file(b""), "The file is empty"),
        (raw_file(b"id,name\ns1,Detox\n"), "no JSON file"),
        (raw_file(b"PK\x03\x04" + b"x" * 50), "The archive is damaged"),
        (zipped({"readme.csv": "a,b\n"}), "no table of services"),
        (zipped({"services.csv": V3["services.csv"].encode("utf-16")}), "is not in UTF-8"),
        (zipped({"services.csv": "id,name\n" + "x" * 600_000}), "a line of more than 500,000 characters"),
        (zipped({"services.csv": 'id,name\ns1,"' + "x\n" * 200_000}), "is broken near line"),
        (raw_file(_protected()), "protected with a password"),
        (raw_file(json.dumps(SERVICE).encode() + b"\n{"), "near row 2"),
        (raw_file(b'{"contents": [' + b"[" * 100_000), "broken off or no JSON"),
    ],
    ids=[
        *("empty", "a table alone", "broken zip", "no services", "utf-16", "long line", "open quote", "password"),
        *("cut off", "nested"),
    ],
)
def test_what_cannot_be_read_is_told_in_plain_words(upload: Upload, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read_services(upload)


def test_anything_may_stand_in_a_field() -> None:
    ours = {"link_type": "position_precision", "value": "none"}
    for odd in (None, 7, -1, True, [], {}, [[]], "x" * 5_000, "\x00\u202e", {"id": []}, float("nan"), 10**300, [ours]):
        services = [{**SERVICE, name: odd} for name in SERVICE]
        location = SERVICE["service_at_locations"][0]["location"]
        services += [
            a_service(service_at_locations=[{"id": "x", "location": {**location, name: odd}}])
            for name in (*location, "attributes")
        ]

        drafts, report = read_services(json_file(services))

        assert report.rows == len(drafts) + report.merged + sum(map(len, report.rejected.values()))
