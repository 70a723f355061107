"""How robots and partners' sites reach the pages."""

import datetime as dt
import re
from http import HTTPStatus
from itertools import product
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.extensions import db
from finder.listings import Change, amend
from finder.orientation.topics import load_topics
from finder.web.languages import LANGUAGES
from finder.web.public import reach
from finder.web.public.reach import LISTINGS_A_FILE
from tests.databases import counted_queries
from tests.factories import a_provider, a_source, tags

_IN_MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
EMBEDDING = (Path(__file__).parents[3] / "docs" / "embedding.md").read_text()
FORMS = re.findall(r"```html\n(.*?)```", EMBEDDING, re.DOTALL)


@pytest.fixture
def robots(client: FlaskClient) -> RobotFileParser:
    """The rules for robots, as a robot reads them."""
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    return rules


@pytest.mark.parametrize("start", ["", "/es"])
def test_robots_read_what_is_the_same_for_everybody(robots: RobotFileParser, start: str) -> None:
    for page in (f"{start}/", "/topics/alcohol", "/providers/harbor-house", "/guide"):
        assert robots.can_fetch("*", page)


@pytest.mark.parametrize("start", ["", "/es"])
def test_robots_keep_out_of_searches_and_lists_that_people_made(robots: RobotFileParser, start: str) -> None:
    for page in ("/search", "/search?near=60601", "/search.csv?near=60601", "/map", "/shortlist?ids=harbor-house"):
        assert not robots.can_fetch("*", start + page)


def test_robots_keep_out_of_forms(client: FlaskClient) -> None:
    assert "Disallow: /es/providers/*/report" in client.get("/robots.txt").text.splitlines()  # RFC 9309, 2.2.3


def test_robots_are_told_where_the_map_is(robots: RobotFileParser) -> None:
    assert robots.site_maps() == ["http://localhost/sitemap.xml"]


def read_map(xml: str) -> Element:
    """The root of a map or an index; fails where it is no XML."""
    return ElementTree.fromstring(xml)  # noqa: S314 (our own answer)


def locations(xml: str) -> list[str]:
    """The addresses that a map or an index names."""
    return [element.text or "" for element in read_map(xml).iter(f"{_IN_MAPS}loc")]


def paths_in_all_maps(client: FlaskClient) -> set[str]:
    files = [urlsplit(url).path for url in locations(client.get("/sitemap.xml").text)]
    return {urlsplit(url).path for file in files for url in locations(client.get(file).text)}


def test_the_map_leads_to_every_topic_and_every_place_in_both_languages(client: FlaskClient, session: Session) -> None:
    provider = a_provider(session)
    session.commit()

    mapped = paths_in_all_maps(client)

    pages = {"/", *(f"/topics/{topic.slug}" for topic in load_topics()), f"/providers/{provider.slug}"}
    assert pages | {f"/es{page}" for page in pages} <= mapped


def test_every_address_on_the_map_is_there(client: FlaskClient, session: Session) -> None:
    a_provider(session)
    session.commit()
    for path in paths_in_all_maps(client):
        client.get(path)


def test_each_page_on_the_map_names_itself_in_each_language(client: FlaskClient, session: Session) -> None:
    slug = a_provider(session).slug
    session.commit()
    (places,) = (url for url in locations(client.get("/sitemap.xml").text) if "places" in url)

    for entry in read_map(client.get(urlsplit(places).path).text):
        others = {link.get("hreflang"): link.get("href") for link in entry.iter(_ALTERNATE)}
        assert others == {
            "en": f"http://localhost/providers/{slug}",
            "es": f"http://localhost/es/providers/{slug}",
            "x-default": f"http://localhost/providers/{slug}",
        }


def test_a_place_that_changed_says_when(client: FlaskClient, session: Session) -> None:
    provider = a_provider(session)
    later = Change(by="test", at=dt.datetime(2026, 12, 24, 9, tzinfo=dt.UTC), reason="moved")
    amend(session, {provider.id: {"city": "Evanston"}}, later)
    session.commit()

    assert "<lastmod>2026-12-24</lastmod>" in client.get("/sitemap.xml").text
    assert "<lastmod>2026-12-24</lastmod>" in client.get("/sitemap-places-0.xml").text


def test_places_that_are_made_up_or_not_public_are_not_on_the_map(client: FlaskClient, session: Session) -> None:
    a_source(session, "demonstration", fictional=True)
    fictional = a_provider(session, source="demonstration").slug
    hidden = a_provider(session, status=Status.HIDDEN).slug
    real = a_provider(session).slug
    session.commit()

    mapped = paths_in_all_maps(client)

    assert f"/providers/{real}" in mapped
    assert not {f"/providers/{fictional}", f"/providers/{hidden}"} & mapped


def test_a_directory_without_places_still_maps_its_topics(client: FlaskClient) -> None:
    assert locations(client.get("/sitemap.xml").text) == ["http://localhost/sitemap-pages.xml"]
    client.get("/sitemap-places-0.xml", expect=HTTPStatus.NOT_FOUND)
    client.get("/sitemap-places-99999999999999999999.xml", expect=HTTPStatus.NOT_FOUND)


def test_a_large_directory_is_mapped_in_several_files(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "LISTINGS_A_FILE", 2)
    slugs = {a_provider(session).slug for _ in range(5)}
    session.commit()

    files = [url for url in locations(client.get("/sitemap.xml").text) if "places" in url]

    assert len(files) == 3
    assert {f"/providers/{slug}" for slug in slugs} <= paths_in_all_maps(client)
    assert all(len(locations(client.get(urlsplit(file).path).text)) <= 2 * 2 for file in files)


def test_a_file_of_the_map_is_read_in_one_query(app: Flask, client: FlaskClient, session: Session) -> None:
    for _ in range(5):
        a_provider(session)
    session.commit()
    with app.app_context(), counted_queries(db.engine) as queries:
        client.get("/sitemap-places-0.xml")
    assert len(queries) == 1


def test_no_file_of_the_map_can_grow_beyond_what_robots_read() -> None:
    assert LISTINGS_A_FILE * len(LANGUAGES) <= 50_000


def fields(form: Element) -> dict[str, set[str]]:
    """The values that each field of a form offers; of one to type in, none."""
    found: dict[str, set[str]] = {}
    for element in form.iter():
        if element.tag in {"input", "select"}:
            values = {option.get("value", "") for option in element.iter("option")}
            found[element.get("name", "")] = values
    return found


def form_in(html: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    form = parser.parseFragment(html).find("form")
    assert parser.errors == []
    assert form is not None
    return form


@pytest.mark.parametrize("html", FORMS, ids=["English", "Spanish"])
def test_the_form_for_partners_finds_what_a_visitor_asks_for_with_every_choice(
    client: FlaskClient, session: Session, html: str
) -> None:
    for level in ("detox", "inpatient", "outpatient", "support_group"):
        a_provider(session, name=f"Harbor {level} house", tags=tags(f"level_of_care:{level}"))
    session.commit()
    form = form_in(html)
    offered = fields(form)
    path = urlsplit(form.get("action")).path

    for level, radius in product(offered["level_of_care"], offered["radius"]):
        asked = urlencode({"near": "60601", "level_of_care": level, "radius": radius})
        page = client.get(f"{path}?{asked}").text
        assert f"Harbor {level} house" in page

    assert set(offered) == {"near", "level_of_care", "radius"}
    assert form.get("method") == "get"


@pytest.mark.parametrize("html", FORMS, ids=["English", "Spanish"])
def test_the_form_for_partners_is_usable_by_everybody_and_brings_nothing_along(html: str) -> None:
    form = form_in(html)
    labelled = {label.get("for") for label in form.iter("label")}
    controls = {element.get("id") for element in form.iter() if element.tag in {"input", "select"}}
    assert controls == labelled
    assert not {element.tag for element in form.iter()} & {"script", "style", "img", "iframe", "link"}


def test_both_forms_stand_in_the_documentation_and_can_share_a_page() -> None:
    english, spanish = FORMS
    ids = [element.get("id") for html in FORMS for element in form_in(html).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert "/es/search" in spanish
    assert "/es/" not in english


def test_a_page_of_another_site_that_frames_us_is_refused(client: FlaskClient) -> None:
    assert "frame-ancestors 'none'" in client.get("/search").headers["Content-Security-Policy"]


def head_of(page: str) -> dict[str, str]:
    """What a page's head tells robots: names and contents of its tags, relations and addresses of its links."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    told = {tag.get("name", ""): tag.get("content", "") for tag in root.iterfind("head/meta")}
    links = ((link.get("hreflang") or link.get("rel", ""), link.get("href", "")) for link in root.iterfind("head/link"))
    return told | dict(links)


@pytest.mark.parametrize("start", ["", "/es"], ids=["English", "Spanish"])
def test_a_page_that_may_be_found_says_what_it_is_and_where_it_is(
    client: FlaskClient, session: Session, start: str
) -> None:
    provider = a_provider(session)
    session.commit()
    for path in ("/", "/guide", "/topics", "/topics/alcohol", f"/providers/{provider.slug}"):
        told = head_of(client.get(f"{start}{path}?near=a-canary").text)
        assert told["description"]
        assert told["canonical"] == f"http://localhost{start}{path}"
        assert told["en"] == f"http://localhost{path}"
        assert told["es"] == f"http://localhost/es{path}"
        assert "robots" not in told


def test_a_place_that_is_made_up_asks_not_to_be_found(client: FlaskClient, session: Session) -> None:
    a_source(session, "demonstration", fictional=True)
    slug = a_provider(session, source="demonstration").slug
    session.commit()
    assert head_of(client.get(f"/providers/{slug}").text)["robots"] == "noindex"
