"""A search's answer to take away."""

import csv
import io
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.listings import save_all
from tests.factories import A_CHANGE, a_draft, a_provider, a_source, tags

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


def table(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a table, by the words above their columns."""
    text = client.get(address).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_says_what_a_card_says_in_plain_words(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Harbor House", address_1="1 Pier Street", point=Point(41.9227, -87.6533))
    session.commit()
    (row,) = table(client, "/search.csv?near=60601")
    assert row == {
        "Name": "Harbor House",
        "Organization": "Lakeview Health",
        "Phone": "312-555-0123",
        "Miles away": "3.1",
        "Kinds of help": "Outpatient",
        "Ways to pay": "Medicaid",
        "Street": "1 Pier Street",
        "City": "Chicago",
        "State": "IL",
        "ZIP code": "60601",
        "Last checked": "2026-10-01",
        "Page": row["Page"],
    }
    assert row["Page"].startswith("http://localhost/providers/harbor-house")


def test_a_spreadsheet_reads_the_table_as_the_text_that_it_is(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Casa Peñasco")
    session.commit()
    answer = client.get("/search.csv?near=60601")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    assert "Casa Peñasco" in answer.get_data().decode("utf-8-sig")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=search.csv"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ['=HYPERLINK("https://bad.example")', "+1 House", "-Calm-", "@Home"])
def test_no_name_can_be_a_formula_in_a_spreadsheet(client: FlaskClient, session: Session, name: str) -> None:
    a_provider(session, name=name)
    session.commit()
    (row,) = table(client, "/search.csv?near=60601")
    assert row["Name"] == f"'{name}"


def test_each_place_is_a_feature_with_its_point_and_facts(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Harbor House", tags=tags("level_of_care:detox", "payment:medicaid"))
    session.commit()
    answer = client.get("/search.geojson?near=60601")
    (feature,) = answer.json["features"]
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert feature["geometry"] == {"type": "Point", "coordinates": [-87.6229, 41.8858]}
    assert feature["properties"]["name"] == "Harbor House"
    assert feature["properties"]["levels"] == ["detox"]
    assert feature["properties"]["payments"] == ["medicaid"]
    assert feature["properties"]["url"].startswith("http://localhost/providers/harbor-house")


def test_a_place_that_no_map_knows_is_a_feature_without_a_point(client: FlaskClient, session: Session) -> None:
    a_provider(session, point=None, precision=Precision.NONE)
    session.commit()
    (feature,) = client.get("/search.geojson?near=Illinois").json["features"]
    assert feature["geometry"] is None


def test_a_confidential_address_stays_so(client: FlaskClient, session: Session) -> None:
    secret = {"confidential": True, "address_1": "7 Secret Street", "address_2": "Door 3"}
    a_provider(session, **secret, name="Safe Harbor", precision=Precision.STREET)
    a_provider(session, **secret, name="Safe House", precision=Precision.ADDRESS, point=Point(41.88, -87.62))
    session.commit()
    for address in ("/search.csv?near=60601", "/search.geojson?near=60601"):
        text = client.get(address).text
        assert "Safe Harbor" in text
        assert "Secret Street" not in text
        assert "Door 3" not in text
    for feature in client.get("/search.geojson?near=60601").json["features"]:
        assert feature["properties"]["precision"] == "zip"
        assert feature["geometry"]["coordinates"] == [-87.6181, 41.8858]
    assert {row["Street"] for row in table(client, "/search.csv?near=60601")} == {"The address is confidential"}


def test_a_thousand_places_come_in_the_order_of_the_search_each_once(client: FlaskClient, session: Session) -> None:
    a_source(session)
    save_all(session, [a_draft(name=f"Place {number:04}") for number in range(1_010)], A_CHANGE)
    session.commit()
    names = [row["Name"] for row in table(client, "/search.csv?near=60601&sort=name&page=3")]
    assert names == [f"Place {number:04}" for number in range(1_000)]


def test_a_widened_search_is_taken_away_as_it_was_answered(client: FlaskClient, session: Session) -> None:
    a_provider(session, name="Harbor House")
    session.commit()
    (feature,) = client.get("/search.geojson?near=60601&language=spanish").json["features"]
    assert feature["properties"]["missing"][0]["facet"] == "language"


@pytest.mark.parametrize("ending", ["csv", "geojson"])
def test_a_program_is_told_what_was_wrong(client: FlaskClient, ending: str) -> None:
    assert "Chicago, IL" in client.get(f"/search.{ending}?near=Chicgo", expect=REFUSED).json["suggestions"]
    answer = client.get(f"/search.{ending}?near=Springfield", expect=HTTPStatus.MULTIPLE_CHOICES).json
    assert "Springfield, IL" in answer["candidates"]


def test_a_table_in_spanish_has_spanish_words_above_its_columns(client: FlaskClient, session: Session) -> None:
    a_provider(session)
    session.commit()
    (row,) = table(client, "/es/search.csv?near=60601")
    assert "Ambulatorio" in row.values() or "Tratamiento ambulatorio" in row.values()
    assert row[list(row)[-1]].startswith("http://localhost/es/providers/")
