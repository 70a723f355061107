"""Finding and paging."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.geo import Point
from finder.exporting import hsds
from finder.extensions import db
from finder.listings import save_all
from finder.models import Provider
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_draft, a_provider, a_source, drafts_of_several_towns, tags
from tests.hsds import ApiClient

EVANSTON = Point(42.0546, -87.6943)


def an_id(name: str) -> str:
    """The id of a term ("payment:medicaid") or of a taxonomy ("payment")."""
    (tag,) = tags(name if ":" in name else f"{name}:")
    return str(hsds.term_id(tag) if tag.code else hsds.taxonomy_id(tag.facet))


@pytest.fixture
def towns(session: Session) -> None:
    """33 places."""
    a_source(session)
    save_all(session, drafts_of_several_towns(33), A_CHANGE)
    session.commit()


@pytest.mark.usefixtures("towns")
def test_walking_the_pages_meets_everything_once_and_in_the_order_of_the_stream(api: ApiClient) -> None:
    for kind in ("services", "service_at_locations", "taxonomy_terms"):
        seen = list(_walked(api, f"/hsds/{kind}?per_page=10"))

        assert len({entry["id"] for entry in seen}) == len(seen) == api.data(f"/{kind}")["total_items"]
        assert seen == api.lines(f"/{kind}")


def _walked(api: ApiClient, address: str) -> Iterator[Any]:
    """The entries of all pages, by the links from each to the next."""
    while address:
        answer = api.get(address)
        yield from orjson.loads(answer.get_data())["contents"]
        links = {rel: target for target, rel in (part.split("; rel=") for part in answer.headers["Link"].split(", "))}
        address = links.get('"next"', "").strip("<>")


@pytest.mark.usefixtures("towns")
def test_a_page_says_where_it_stands(api: ApiClient) -> None:
    last, beyond = api.data("/services?per_page=10&page=4"), api.data("/services?per_page=10&page=5")

    del last["contents"]
    assert last == {
        "total_items": 33,
        "total_pages": 4,
        "page_number": 4,
        "size": 3,
        "first_page": False,
        "last_page": True,
        "empty": False,
    }
    assert (beyond["empty"], beyond["size"], beyond["last_page"]) == (True, 0, True)


@pytest.fixture
def three(session: Session) -> dict[str, str]:
    """Ids of three services by name: two of one organization, one of them near Evanston."""
    earlier = replace(A_CHANGE, at=NOW - dt.timedelta(days=30))
    a_source(session)
    first = a_draft(name="Harbor Detox", organization="Harbor", tags=tags("level_of_care:detox", "payment:medicaid"))
    save_all(session, [first], earlier)
    a_provider(session, name="Harbor Outpatient", organization="Harbor", point=EVANSTON, postal_code="60201")
    a_provider(session, name="Pier Detox", organization="Pier", tags=tags("level_of_care:detox"))
    session.commit()
    saved = session.execute(select(Provider.name, Provider.public_id)).all()
    assert len(saved) == 3
    return {name: str(public_id) for name, public_id in saved}


ASKED = (
    ("", {"Harbor Detox", "Harbor Outpatient", "Pier Detox"}),
    ("search=detox", {"Harbor Detox", "Pier Detox"}),
    ("search=detox harb", {"Harbor Detox"}),
    (f"taxonomy_term_id={an_id('level_of_care:detox')}", {"Harbor Detox", "Pier Detox"}),
    (f"taxonomy_id={an_id('payment')}", {"Harbor Detox", "Harbor Outpatient"}),
    (f"taxonomy_id={an_id('payment')}&taxonomy_term_id={an_id('level_of_care:detox')}", {"Harbor Detox"}),
    (f"taxonomy_term_id={an_id('payment:medicaid')}&search=outpatient", {"Harbor Outpatient"}),
    ("modified_after=2026-11-02T15:30:00Z", {"Harbor Outpatient", "Pier Detox"}),
    ("modified_after=2026-11-02T15:30:01Z", set()),
    ("modified_after=2026-10-01&search=detox", {"Harbor Detox", "Pier Detox"}),
    ("postcode=60201&proximity=2000", {"Harbor Outpatient"}),
    ("postcode=60201", {"Harbor Detox", "Harbor Outpatient", "Pier Detox"}),
    ("postcode=60201&search=detox", {"Harbor Detox", "Pier Detox"}),
    ("latitude=42.0546&longitude=-87.6943&radius=100", {"Harbor Outpatient"}),
    ("latitude=42.0546&longitude=-87.6943&radius=100&postcode=60601&proximity=100", set()),
    ("taxonomy_term_id=00000000-0000-4000-8000-000000000000", set()),
    ("postcode=00000", set()),
)


def test_all_that_is_asked_holds_together(api: ApiClient, three: dict[str, str]) -> None:
    for asked, found in ASKED:
        entries = api.data(f"/service_at_locations?{asked}")["contents"]
        names = {entry["service"]["name"]: entry["service_id"] for entry in entries}
        assert (asked, names) == (asked, {name: three[name] for name in found})


def test_organizations_have_their_services_and_are_found_by_them(api: ApiClient, three: dict[str, str]) -> None:
    by_name = {entry["name"]: entry["id"] for entry in api.data("/organizations")["contents"]}
    run_by_harbor = {three["Harbor Detox"], three["Harbor Outpatient"]}

    assert set(by_name) == {"Harbor", "Pier"}
    assert set(api.ids(f"/services?organization_id={by_name['Harbor']}")) == run_by_harbor
    (found,) = api.data(f"/organizations?search=har&full=true&taxonomy_id={an_id('payment')}")["contents"]
    assert {service["id"] for service in found["services"]} == run_by_harbor
    assert api.ids(f"/organizations?taxonomy_term_id={an_id('payment:medicaid')}") == [by_name["Harbor"]]
    (service,) = api.data(f"/organizations/{by_name['Pier']}?full_service=true")["services"]
    assert service["phones"][0]["number"] == "+13125550123"


def test_the_shortest_form_of_a_service_is_its_id_and_last_change(api: ApiClient, three: dict[str, str]) -> None:
    entries = api.data("/services?minimal=true")["contents"]

    assert {entry["id"] for entry in entries} == set(three.values())
    assert all(set(entry) == {"id", "modified_date", "last_modified"} for entry in entries)


def test_terms_are_found_by_taxonomy_parent_and_words(api: ApiClient) -> None:
    kinds, detox = an_id("kind_of_care"), an_id("level_of_care:detox")
    below = api.data(f"/taxonomy_terms?parent_id={detox}")["contents"]

    assert below
    assert {(term["taxonomy_id"], term["parent_id"]) for term in below} == {(kinds, detox)}
    assert api.ids(f"/taxonomy_terms?taxonomy_id={kinds}&top_only=true") == []
    assert detox in api.ids("/taxonomy_terms?search=detox")


@pytest.mark.usefixtures("towns")
def test_a_page_takes_as_many_queries_for_many_as_for_one(app: Flask, api: ApiClient) -> None:
    with app.app_context():
        engine = db.engine
    for address in ("services?full=true", "service_at_locations?full=false", "organizations?full=true"):
        asked = []
        for per_page in (1, 1, 25):
            with counted_queries(engine) as queries:
                api.get(f"/hsds/{address}&per_page={per_page}")
            asked.append(len(queries))
        assert asked[1] == asked[2] <= 10, address


def test_another_site_may_ask_and_links_stay_on_ours(api: ApiClient, three: dict[str, str]) -> None:
    asked = {"Origin": "https://other.example", "Access-Control-Request-Headers": "If-None-Match"}
    answer = api.options("/hsds/services", headers=asked)

    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    link = api.get("/hsds/services?per_page=1&search=har bor", headers={"Host": "evil.example"}).headers["Link"]
    assert urlsplit(link.split(">")[0].strip("<")).netloc == ""
    assert three
