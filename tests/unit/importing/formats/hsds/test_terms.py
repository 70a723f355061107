"""What other vocabularies mean in ours."""

import datetime as dt
from typing import Any

import pytest

from finder.domain.vocabulary import vocabulary
from finder.importing.formats.hsds.known_terms import CODES, FOR_WHOM, LANGUAGES, TERMS
from tests.factories import tags
from tests.samples.human_services import SERVICE, a_service, json_file, read_services, the_draft


def a_term(code: str, name: str = "") -> dict[str, Any]:
    return {"taxonomy_term": {"code": code, "name": name}}


def test_every_term_that_we_know_leads_into_our_vocabulary() -> None:
    named = " ".join(names for _, names in (*CODES, *TERMS, *FOR_WHOM)).split()
    named += [f"language:{code}" for code in LANGUAGES.values() if code]

    assert [name for name in named if tuple(name.split(":")) not in vocabulary()] == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"attributes": [a_term("RX-1700.0500-350")]}, "level_of_care:detox detox_from:alcohol"),
        ({"attributes": [a_term("RX-1700")]}, "level_of_care:detox"),
        ({"attributes": [a_term("level_of_care:inpatient")]}, "level_of_care:inpatient"),
        (
            {"attributes": [a_term("", "Intensive Outpatient")]},
            "level_of_care:outpatient kind_of_care:outpatient_intensive",
        ),
        ({"attributes": [a_term("7", "Ambulatorio")]}, "level_of_care:outpatient"),
        (
            {"languages": [{"code": "vi-VN"}, {"name": "Haitian Creole", "code": "ht"}]},
            "language:vietnamese language:creole",
        ),
        ({"languages": [{"name": "English"}, {"name": "Russian"}]}, "language:russian"),
        ({"eligibility_description": "Women, Veterans and people who care"}, "gender:female population:veterans"),
        ({"cost_options": [{"amount": 0}]}, "payment_help:free"),
        (
            {"cost_options": [{"option": "Medicaid"}, {"option": "Medicare", "amount": 20}]},
            "payment:medicaid payment:medicare",
        ),
        ({"accreditations": "CARF International"}, "accreditation:carf"),
        ({"organization": {"name": "Harbor", "tax_status": "501(c)(3)"}}, "ownership:nonprofit"),
    ],
)
def test_what_is_said_without_doubt_becomes_tags(changes: dict[str, Any], expected: str) -> None:
    bare = {"languages": [], "attributes": [], "fees_description": "", "service_at_locations": []}

    draft = the_draft(a_service(name="Alcohol counseling") | bare | changes)

    assert draft.tags == tags(*expected.split(), "attendance:in_person")


def test_an_online_service_is_attended_online_and_has_no_street() -> None:
    (place,) = SERVICE["service_at_locations"]
    virtual = {**place["location"], "location_type": "virtual"}

    draft = the_draft(a_service(service_at_locations=[{"id": "sl1", "location": virtual}]))

    assert tags("attendance:online") < draft.tags
    assert (draft.address_1, draft.city, draft.review_reason) == ("", "Chicago", "")


def test_a_confidential_address_is_not_kept() -> None:
    (place,) = SERVICE["service_at_locations"]
    hidden = {**place["location"], "addresses": [{**place["location"]["addresses"][0], "address_1": "Confidential"}]}

    draft = the_draft(a_service(service_at_locations=[{"id": "sl1", "location": hidden}]))

    assert (draft.confidential, draft.address_1, draft.address_2) == (True, "", "")


def test_free_beds_are_believed_for_as_long_as_the_policy_of_reviews_does() -> None:
    beds = {"unit": {"name": "Beds"}, "available": 3, "updated": "2026-11-01T10:00:00-05:00"}
    others = {"unit": {"name": "meals"}, "available": 9, "updated": "2026-11-01T10:00:00Z"}

    draft = the_draft(a_service(capacities=[others, beds]))

    told = dt.datetime(2026, 11, 1, 15, tzinfo=dt.UTC)
    assert (draft.beds, draft.availability_as_of) == (3, told)
    assert draft.availability_expires == told + dt.timedelta(days=7)
    assert the_draft(a_service(capacities=[beds | {"updated": "2026-09-01"}])).beds is None


@pytest.mark.parametrize(
    ("phone", "label"),
    [
        ({"number": "312-555-0123", "type": "fax"}, None),
        ({"number": "312-555-0123 x5", "type": "voice"}, ("main", "5")),
        ({"number": "312-555-0123", "extension": "12", "description": "Admissions"}, ("intake", "12")),
        ({"number": "312-555-0123", "description": "24 hour crisis line"}, ("hotline", "")),
        ({"number": "312-555-0123", "type": "textphone"}, ("tty", "")),
        ({"number": "312-555-0123", "type": "text", "description": "ext. 007"}, ("text", "007")),
    ],
)
def test_numbers_have_a_kind_and_an_extension(phone: dict[str, Any], label: tuple[str, str] | None) -> None:
    draft = the_draft(a_service(phones=[phone]))

    assert [(each.kind.value, each.extension) for each in draft.phones] == ([label] if label else [])


def test_only_a_service_without_a_number_has_that_of_its_organization() -> None:
    organization = {**SERVICE["organization"], "phones": [{"number": "800-555-0100"}]}
    services = [
        a_service(organization=organization),
        a_service(id="s2", service_at_locations=[], organization=organization, phones=[]),
    ]

    drafts, _ = read_services(json_file(services))

    assert [draft.phones[0].national for draft in drafts] == ["312-555-0123", "800-555-0100"]
