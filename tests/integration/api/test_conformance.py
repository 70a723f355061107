"""Every answer is what HSDS 3.1 says, whatever is listed, and what our own document says."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.api.openapi import ADDRESSES
from finder.domain.listing import Status
from finder.listings import ListingDraft, save_all
from finder.models import Provider
from tests.factories import A_CHANGE, a_source, drafts_of_several_towns
from tests.hsds import ApiClient, official
from tests.strategies import drafts

LISTS = {
    "/services": "service_list",
    "/services?full=true": "service",
    "/service_at_locations": "service_at_location_list",
    "/service_at_locations?full=true": "service_at_location",
    "/organizations": "organization_list",
    "/organizations?full=true": "organization",
    "/taxonomies": "taxonomy",
    "/taxonomy_terms": "taxonomy_term",
}


def all_of(api: ApiClient, address: str) -> list[Any]:
    return api.lines(f"{address}{'&' if '?' in address else '?'}format=ndjson")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    listed=st.lists(st.integers(), min_size=3, max_size=3, unique=True).flatmap(
        lambda numbers: st.tuples(*(drafts(source_ref=f"place {number}") for number in numbers))
    )
)
def test_whatever_is_listed_every_answer_is_valid_by_the_official_schemas(
    api: ApiClient, session: Session, listed: tuple[ListingDraft, ...]
) -> None:
    a_source(session)
    save_all(session, listed, A_CHANGE)
    session.commit()
    published = set(session.scalars(select(Provider.public_id).where(Provider.status == Status.PUBLISHED)))

    told = {address: all_of(api, address) for address in LISTS}

    for address, schema in LISTS.items():
        for entry in told[address]:
            official(schema).validate(entry)
    assert {entry["id"] for entry in told["/services"]} == set(map(str, published))
    for kind, single in (("services", "service"), ("service_at_locations", "service_at_location")):
        for entry in told[f"/{kind}?full=true"]:
            assert api.data(f"/{kind}/{entry['id']}") == entry
            official(single).validate(entry)


@pytest.fixture
def document(api: ApiClient) -> Any:
    return api.data("/openapi.json")


def test_the_document_tells_every_address_that_there_is(app: Flask, document: Any) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("hsds.")}
    described = {rule.removeprefix("/hsds").partition("<")[0] for rule in rules} - {"/docs", "/openapi.json"}

    assert {path.removesuffix("{id}") for path in document["paths"]} == described


def test_the_document_tells_the_bounds_of_each_parameter(document: Any) -> None:
    parameters = document["paths"]["/service_at_locations"]["get"]["parameters"]
    told = {each["name"]: each["schema"] for each in parameters}

    assert told["per_page"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 25}
    assert told["taxonomy_id"] == {"type": "string", "format": "uuid"}
    bounds = {"type": "integer", "minimum": 1, "maximum": 500_000}
    for group, required in (("around_zip", ["postcode"]), ("around_point", ["latitude", "longitude"])):
        around = told[group]
        assert around["required"] == required
        distance = next(around["properties"][name] for name in ("proximity", "radius") if name in around["properties"])
        assert distance.items() >= bounds.items()


def test_every_answer_is_what_our_document_says(api: ApiClient, session: Session, document: Any) -> None:
    a_source(session)
    save_all(session, drafts_of_several_towns(10), A_CHANGE)
    session.commit()
    for address in (each for each in ADDRESSES if each.answers):
        schema = document["paths"][address.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        path = address.path
        if "{id}" in path:
            path = path.format(id=api.ids(path.removesuffix("/{id}"))[0])
        for asked in [path, f"{path}?full=true", f"{path}?minimal=true", f"{path}?full_service=true"]:
            if asked == path or asked.partition("?")[2].partition("=")[0] in address.parameters.model_fields:
                Draft202012Validator(whole, format_checker=FormatChecker()).validate(api.data(asked))


def test_what_is_wrong_is_told_as_our_document_says(api: ApiClient, document: Any) -> None:
    problem = {"$ref": "#/components/schemas/Problem", "components": document["components"]}

    for address, status in (("/services?page=none", 422), ("/nowhere", 404)):
        Draft202012Validator(problem).validate(api.data(address, expect=status))
