"""What can't be asked is refused in words, by parameter."""

import pytest
from flask import Flask
from sqlalchemy import QueuePool

from finder.extensions import db
from tests.hsds import ApiClient

NO_ID = "00000000-0000-4000-8000-000000000000"


REFUSED = (
    ("services?page=0", "page", "Must be at least 1."),
    ("services?page=1.5", "page", "Must be a whole number."),
    ("services?page=", "page", "Must be a whole number."),
    ("services?page=1&page=2", "page", "Stands more than once."),
    ("services?per_page=101", "per_page", "Must be at most 100."),
    ("services?format=xml", "format", "Must be 'json' or 'ndjson'."),
    ("services?full=yes", "full", "Must be true or false."),
    ("services?modified_after=yesterday", "modified_after", "Must be a date or a time"),
    ("services?taxonomy_id=medicaid", "taxonomy_id", "Must be an id (a UUID)."),
    (f"services?search={'a' * 201}", "search", "Must have at most 200 characters."),
    ("services?serch=detox", "serch", "There is no such parameter here."),
    ("services?postcode=60601", "postcode", "There is no such parameter here."),
    ("service_at_locations?postcode=Chicago", "postcode", "Must be a ZIP Code such as 60601."),
    ("service_at_locations?proximity=1000", "proximity", "Needs a postcode."),
    ("service_at_locations?latitude=41.9", "longitude", "Latitude and longitude go together."),
    ("service_at_locations?latitude=91&longitude=0", "latitude", "Must be at most 90."),
    ("service_at_locations?latitude=nan&longitude=0", "latitude", "Must be a number."),
    ("service_at_locations?radius=1000", "radius", "Needs latitude and longitude."),
    ("service_at_locations?postcode=60601&proximity=500001", "proximity", "Must be at most 500000."),
    (f"services/{NO_ID}?full=true", "full", "There is no such parameter here."),
)


def test_a_wrong_parameter_is_named_with_what_is_wrong(api: ApiClient) -> None:
    for asked, field, words in REFUSED:
        (error,) = api.data(f"/{asked}", expect=422)["errors"]
        assert (asked, error["field"]) == (asked, field)
        assert error["message"].startswith(words), asked


def test_all_that_is_wrong_is_told_at_once(api: ApiClient) -> None:
    problem = api.data("/services?page=0&full=1", expect=422)

    assert {error["field"] for error in problem["errors"]} == {"page", "full"}
    assert problem["detail"] == "2 parameters are wrong."


def test_what_is_not_there_is_a_problem_document_too(api: ApiClient) -> None:
    for kind in ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"):
        assert api.data(f"/{kind}/{NO_ID}", expect=404)["detail"].endswith("or it is no longer listed.")
        assert api.data(f"/{kind}/1", expect=404)["title"] == "Not Found"


def test_nothing_can_be_written(api: ApiClient) -> None:
    answer = api.post("/hsds/services", json={"name": "Mine"}, expect=405)

    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_who_reads_only_other_media_types_is_told_which_there_are(api: ApiClient) -> None:
    answer = api.get("/hsds/services", headers={"Accept": "application/xml"}, expect=406)

    assert "application/json" in answer.get_json()["detail"]
    api.get("/hsds/services", headers={"Accept": "text/html, */*;q=0.1"})


def test_an_error_of_ours_is_a_problem_document_that_tells_nothing_of_it(
    app: Flask, api: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    monkeypatch.setitem(app.view_functions, "hsds.services", lambda: 1 // 0)

    assert api.data("/services?search=canary", expect=500)["detail"].startswith("Something went wrong on our side.")


@pytest.mark.parametrize("address", ["/hsds/services?format=ndjson", "/hsds/datapackage.zip", "/meetings.json"])
def test_who_asks_for_the_headers_alone_holds_no_connection(api: ApiClient, app: Flask, address: str) -> None:
    assert api.head(address).get_data() == b""
    with app.app_context():
        pool = db.engine.pool
        assert isinstance(pool, QueuePool)
        assert pool.checkedout() == 0
