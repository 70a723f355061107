"""The OpenAPI 3.1 document of the interface: addresses from here, parameters from their models, answers by hand."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from finder.api.described import question
from finder.api.parameters import (
    Nothing,
    Organization,
    Organizations,
    Page,
    ServiceAtLocations,
    Services,
    TaxonomyTerms,
)

Data: TypeAlias = dict[str, Any]

_SCHEMAS = Path(__file__).parent / "schemas.json"

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Address:
    """One address below ``/hsds``: ``answers`` are names of schemas, of a list those that an entry may have. What isn't
    JSON has none."""

    path: str
    operation: str
    summary: str
    parameters: type[Nothing]
    answers: tuple[str, ...] = ()
    media_type: str = _JSON

    @property
    def is_list(self) -> bool:
        """Whether it answers with pages."""
        return issubclass(self.parameters, Page)


ADDRESSES = (
    Address("/", "about", "What this interface is", Nothing, ("About",)),
    Address("/services", "services", "Services", Services, ("ServiceSummary", "Service", "ServiceMinimal")),
    Address("/services/{id}", "service", "One service", Nothing, ("Service",)),
    Address(
        "/service_at_locations",
        "serviceAtLocations",
        "Services at their locations, also near a point",
        ServiceAtLocations,
        ("ServiceAtLocationSummary", "ServiceAtLocation"),
    ),
    Address(
        "/service_at_locations/{id}",
        "serviceAtLocation",
        "One service at its location",
        Nothing,
        ("ServiceAtLocation",),
    ),
    Address("/organizations", "organizations", "Organizations", Organizations, ("OrganizationSummary", "Organization")),
    Address(
        "/organizations/{id}", "organization", "One organization with its services", Organization, ("Organization",)
    ),
    Address("/taxonomies", "taxonomies", "Taxonomies", Page, ("Taxonomy",)),
    Address("/taxonomies/{id}", "taxonomy", "One taxonomy", Nothing, ("Taxonomy",)),
    Address("/taxonomy_terms", "taxonomyTerms", "Terms of taxonomies", TaxonomyTerms, ("TaxonomyTerm",)),
    Address("/taxonomy_terms/{id}", "taxonomyTerm", "One term", Nothing, ("TaxonomyTerm",)),
    Address(
        "/datapackage.zip",
        "package",
        "Everything as a data package: a table in CSV for each entity",
        Nothing,
        media_type="application/zip",
    ),
)


def document(server: str) -> Data:
    """The document of the interface at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Treatment finder: Open Referral HSDS 3.1",
            "version": "1.0.0",
            "summary": "Treatment providers, to be read by anybody.",
            "description": "A profile of HSDS 3.1. Parameters of one request all hold together. "
            f"{server}/docs tells more, and whom to name as the source of the data.",
            "license": {"name": "Each service names its source, with its terms", "url": f"{server}/docs#sources"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": server}],
        "paths": {address.path: {"get": _operation(address)} for address in ADDRESSES},
        "components": {"schemas": _schemas()},
    }


_LED_ON = "It is part of another listing now, whose address is given."


def _operation(address: Address) -> Data:
    of_path = [_ID] if "{id}" in address.path else []
    found = "A page of the list, or all entries, one a line." if address.is_list else address.summary + "."
    errors = ("404", *_ERRORS) if of_path else _ERRORS
    return {
        "operationId": address.operation,
        "summary": address.summary,
        "parameters": [*of_path, *question(address.parameters)],
        "responses": {
            "200": {
                "description": found,
                "headers": _HEADERS,
                "content": dict(_content(address)),
                "links": dict(_links(address)),
            },
            "304": {"description": "Nothing has changed since the answer that the request names."},
            **({"308": {"description": _LED_ON}} if of_path else {}),
            **{status: _problem(status) for status in errors},
            "414": {"description": "The address is longer than a server of ours reads.", "content": {"text/html": {}}},
        },
    }


def _content(address: Address) -> Iterator[tuple[str, Data]]:
    if address.media_type != _JSON:
        yield address.media_type, {}
        return
    answers = [{"$ref": f"#/components/schemas/{name}"} for name in address.answers]
    entry = answers[0] if len(answers) == 1 else {"anyOf": answers}
    if not address.is_list:
        yield _JSON, {"schema": entry}
        return
    of_page = {"properties": {"contents": {"type": "array", "items": entry}}}
    yield _JSON, {"schema": {"allOf": [{"$ref": "#/components/schemas/Page"}, of_page]}}
    yield "application/x-ndjson", {"schema": {"type": "string"}}


def _links(address: Address) -> Iterator[tuple[str, Data]]:
    """From a list to each of its entries."""
    for one in ADDRESSES:
        if address.is_list and one.path == f"{address.path}/{{id}}":
            yield "entry", {"operationId": one.operation, "parameters": {"id": "$response.body#/contents/0/id"}}


def _problem(status: str) -> Data:
    schema = {"$ref": "#/components/schemas/Problem"}
    told = {"description": _PROBLEMS[status], "content": {"application/problem+json": {"schema": schema}}}
    return told | ({"headers": _WAIT} if status == "429" else {})


@cache
def _schemas() -> Mapping[str, Any]:
    read: dict[str, Any] = json.loads(_SCHEMAS.read_text(encoding="utf-8"))
    return read


_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Its id.",
    "schema": {"type": "string", "format": "uuid"},
}
_HEADERS = {
    "ETag": {"description": "This state of the directory, for If-None-Match.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "Its time, for If-Modified-Since.", "schema": {"type": "string"}},
}
_WAIT = {
    "Retry-After": {"description": "In how many seconds to go on.", "required": True, "schema": {"type": "integer"}}
}
_ERRORS = ("406", "422", "429", "503")
_PROBLEMS = {
    "404": "There is nothing with this id.",
    "406": "The Accept header leaves out the media type of the answer.",
    "422": "Parameters are wrong; the answer says which, and why.",
    "429": "Too many requests came from one address within a minute.",
    "503": "The directory is not available right now.",
}
