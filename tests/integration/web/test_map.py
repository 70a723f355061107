"""The map: its page, and what stands in a part of it."""

import json
import re
from collections.abc import Callable
from html import unescape
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.domain.geo import Point, Precision
from tests.factories import a_provider, tags

AROUND_CHICAGO = "bbox=-88.5,41.4,-87,42.4&zoom=9"
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
MILWAUKEE = Point(43.0389, -87.9065)
MIDDLE_OF_60601 = (-87.6181, 41.8858)


def pins(client: FlaskClient, query: str = f"near=60601&radius=100&{AROUND_CHICAGO}") -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = client.get(f"/map.json?{query}").json["features"]
    return features


def drawing(page: str) -> dict[str, Any]:
    found = re.search(r"data-map='([^']*)'", page)
    assert found
    drawn: dict[str, Any] = json.loads(unescape(found[1]))
    return drawn


def test_a_place_stands_where_it_is_with_its_name_and_page(client: FlaskClient, session: Session) -> None:
    provider = a_provider(session, name="Harbor House", precision=Precision.ADDRESS)
    session.commit()
    (pin,) = pins(client)
    assert pin["geometry"] == {"type": "Point", "coordinates": [-87.6229, 41.8858]}
    assert pin["properties"]["count"] == 1
    (place,) = pin["properties"]["places"]
    assert place == {
        "name": "Harbor House",
        "address": f"/providers/{provider.slug}",
        "precision": "address",
        "note": "",
    }


def test_all_that_matches_is_on_the_map_and_not_only_the_first_page(client: FlaskClient, session: Session) -> None:
    for number in range(40):
        a_provider(session, point=Point(41.5 + number / 50, -87.9))
    a_provider(session, tags=tags("level_of_care:detox"))
    session.commit()
    found = pins(client, f"near=60601&radius=100&level_of_care=outpatient&{AROUND_CHICAGO}")
    assert sum(pin["properties"]["count"] for pin in found) == 40


def test_a_place_of_which_we_know_only_the_zip_says_so(client: FlaskClient, session: Session) -> None:
    a_provider(session, precision=Precision.ZIP)
    session.commit()
    (place,) = pins(client)[0]["properties"]["places"]
    assert place["note"] == "We know only the ZIP code. The pin shows its middle."
    (place,) = pins(client)[0]["properties"]["places"]
    spanish = client.get(f"/es/map.json?near=60601&radius=100&{AROUND_CHICAGO}").json["features"]
    assert spanish[0]["properties"]["places"][0]["address"].startswith("/es/providers/")


def test_a_private_address_is_shown_by_its_zip_alone_and_says_so(client: FlaskClient, session: Session) -> None:
    a_provider(session, confidential=True, precision=Precision.ZIP)
    session.commit()
    (place,) = pins(client)[0]["properties"]["places"]
    assert place["note"] == "The address is private. The pin shows only the area."


@pytest.mark.parametrize("precision", [Precision.ADDRESS, Precision.STREET])
def test_a_private_address_that_the_source_knows_exactly_is_on_the_map_by_its_zip_alone(
    client: FlaskClient, session: Session, precision: Precision
) -> None:
    hidden = Point(41.912345, -87.712345)
    a_provider(session, confidential=True, point=hidden, precision=precision)
    session.commit()
    (pin,) = pins(client)
    assert pin["geometry"]["coordinates"] == list(MIDDLE_OF_60601)
    assert pin["properties"]["places"][0]["note"] == "The address is private. The pin shows only the area."
    assert "12345" not in client.get(f"/map.json?near=60601&radius=100&{AROUND_CHICAGO}").text
    assert drawing(client.get("/map?near=60601").text)["bounds"] == [*MIDDLE_OF_60601, *MIDDLE_OF_60601]


def test_a_private_address_of_which_no_area_is_known_is_on_no_map(client: FlaskClient, session: Session) -> None:
    a_provider(session, confidential=True, postal_code="", precision=Precision.ADDRESS)
    a_provider(session)
    session.commit()
    assert [pin["properties"]["count"] for pin in pins(client)] == [1]
    assert drawing(client.get("/map?near=IL").text)["listed"].count(None) == 1


def test_an_address_that_became_private_leaves_its_place_on_the_map_at_once(
    client: FlaskClient, session: Session
) -> None:
    street = {"source_ref": "shelter", "precision": Precision.ADDRESS, "point": Point(41.9, -87.7)}
    a_provider(session, **street)
    session.commit()
    assert pins(client)[0]["geometry"]["coordinates"] == [-87.7, 41.9]
    a_provider(session, **street, confidential=True)
    session.commit()
    assert pins(client)[0]["geometry"]["coordinates"] == list(MIDDLE_OF_60601)


def test_the_map_shows_as_much_as_a_list_that_was_widened(client: FlaskClient, session: Session) -> None:
    for _ in range(3):
        a_provider(session, point=MILWAUKEE, state="WI")
    session.commit()
    (pin,) = pins(client, "near=60601&radius=5&bbox=-89,41,-87,44&zoom=8")
    assert pin["properties"]["count"] == 3
    assert "we looked within 100 miles" in client.get("/map?near=60601&radius=5").text


def test_towns_are_named_so_that_people_see_where_they_are(client: FlaskClient) -> None:
    towns = client.get(f"/map.json?near=60601&{AROUND_CHICAGO}").json["towns"]
    assert towns[0]["name"] == "Chicago"


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("zoom=9", "bbox"),
        ("bbox=1,2,3&zoom=9", "bbox"),
        ("bbox=a,b,c,d&zoom=9", "bbox"),
        ("bbox=-88.5,42.4,-87,41.4&zoom=9", "bbox"),
        ("bbox=-188.5,41.4,-87,42.4&zoom=9", "bbox"),
        ("bbox=nan,nan,nan,nan&zoom=9", "bbox"),
        ("bbox=" + "1" * 10_000 + "&zoom=9", "bbox"),
        ("bbox=-88.5,41.4,-87,42.4", "zoom"),
        ("bbox=-88.5,41.4,-87,42.4&zoom=17", "zoom"),
        ("bbox=-88.5,41.4,-87,42.4&zoom=-1", "zoom"),
        ("bbox=-88.5,41.4,-87,42.4&zoom=9.5", "zoom"),
        ("bbox=-180,-90,180,90&zoom=16", "zoom"),
    ],
)
def test_a_part_of_the_map_that_there_is_not_is_told_in_words(client: FlaskClient, part: str, wrong: str) -> None:
    errors = client.get(f"/map.json?near=60601&{part}", expect=REFUSED).json["errors"]
    assert list(errors) == [wrong]
    assert " " in errors[wrong][0]


def test_a_search_that_makes_no_sense_has_no_pins(client: FlaskClient) -> None:
    assert "near" in client.get(f"/map.json?near=Chicgo&{AROUND_CHICAGO}", expect=REFUSED).json["errors"]
    unclear = client.get(f"/map.json?near=Springfield&{AROUND_CHICAGO}", expect=HTTPStatus.MULTIPLE_CHOICES)
    assert "Springfield, IL" in unclear.json["candidates"]


def test_the_page_has_the_same_places_as_a_list_and_a_way_past_the_map(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Harbor House")
    session.commit()
    page = client.get("/map?near=60601&payment=medicaid").text
    assert "Harbor House" in page
    assert 'href="#places"' in page
    assert "The map needs JavaScript" in page
    assert 'href="/search?near=60601&amp;radius=25&amp;payment=medicaid' in page
    assert drawing(page)["listed"] == [[-87.6229, 41.8858]]


def test_another_place_is_searched_with_the_same_needs(client: FlaskClient) -> None:
    page = client.get("/map?near=60601&payment=medicaid&payment=medicare&q=harbor").text
    for kept in ('name="payment" value="medicaid"', 'name="payment" value="medicare"', 'name="q" value="harbor"'):
        assert f'<input type="hidden" {kept}>' in page


def test_a_search_that_finds_nothing_has_no_map_but_people_to_call(client: FlaskClient) -> None:
    page = client.get("/map?near=60601").text
    assert "data-map" not in page
    assert "tel:+18006624357" in page


def test_the_map_before_a_search_asks_where(client: FlaskClient) -> None:
    page = client.get("/map").text
    assert "Search on a map" in page
    assert 'action="/map"' in page


def test_a_place_that_is_unknown_or_unclear_is_asked_back_on_the_map(client: FlaskClient) -> None:
    assert 'href="/map?near=Chicago%2C+IL' in client.get("/map?near=Chicgo", expect=REFUSED).text
    assert 'href="/map?near=Springfield%2C+IL' in client.get("/map?near=Springfield").text


def test_the_map_and_its_pins_are_kept_out_of_search_engines(client: FlaskClient) -> None:
    for address in ("/map?near=60601", f"/map.json?near=60601&{AROUND_CHICAGO}"):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("asset", ["states.json", "counties.json", "map.css", "map.js"])
def test_no_other_page_loads_what_the_map_needs(app: Flask, client: FlaskClient, session: Session, asset: str) -> None:
    a_provider(session)
    session.commit()
    address = app.jinja_env.globals["asset"](asset)
    assert address in client.get("/map?near=60601").text
    for page in ("/", "/search", "/search?near=60601"):
        assert address not in client.get(page).text


@pytest.fixture
def with_tiles(make_app: Callable[[Settings], Flask], database_url: str) -> FlaskClient:
    """A client of a site whose operator has map pictures from elsewhere."""
    settings = Settings(
        database_url=database_url,
        look_for_changes_seconds=0,
        map_tiles="https://{s}.tiles.example:8443/{z}/{x}/{y}.png",
        map_tiles_attribution="© [Mappers](https://mappers.example/copyright) <b>all</b>",
    )
    return make_app(settings).test_client()


def test_an_operator_s_map_pictures_are_allowed_on_the_map_page_alone_and_told(
    with_tiles: FlaskClient, session: Session
) -> None:
    a_provider(session)
    session.commit()
    page = with_tiles.get("/map?near=60601")
    policy = page.headers["Content-Security-Policy"].split("; ")
    assert "img-src 'self' https://*.tiles.example:8443" in policy
    assert "default-src 'none'" in policy
    assert "tiles.example" not in with_tiles.get("/search?near=60601").headers["Content-Security-Policy"]
    for told in (page, with_tiles.get("/topics/your-privacy")):
        assert "The map pictures come from tiles.example:8443, which learns" in told.text
    assert drawing(page.text)["tiles"] == "https://{s}.tiles.example:8443/{z}/{x}/{y}.png"


def test_what_their_makers_want_said_may_hold_links_but_no_markup(with_tiles: FlaskClient, session: Session) -> None:
    a_provider(session)
    session.commit()
    page = with_tiles.get("/map?near=60601").text
    assert '© <a href="https://mappers.example/copyright">Mappers</a> &lt;b&gt;all&lt;/b&gt;' in page


def test_without_such_pictures_no_other_host_is_named(client: FlaskClient, session: Session) -> None:
    a_provider(session)
    session.commit()
    page = client.get("/map?near=60601")
    assert "img-src 'self'" in page.headers["Content-Security-Policy"].split("; ")
    assert "map pictures" not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example/{z}/{x}/{y}.png",
        "tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example; script-src *//{z}/{x}/{y}.png",
        "https://{z}/{x}/{y}.png",
        "https://",
        "https://tiles.example/{z}/{x}.png",
    ],
)
def test_an_address_that_is_none_of_map_pictures_stops_the_start(address: str) -> None:
    with pytest.raises(ValidationError, match="map_tiles"):
        Settings(map_tiles=address)
