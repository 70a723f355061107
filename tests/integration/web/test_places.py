"""What a visitor is offered while typing where they are."""

import pytest
from flask.testing import FlaskClient

from tests.pages import CheckedClient


@pytest.mark.parametrize(
    ("typed", "label", "kind"),
    [
        ("chi", "Chicago, IL", "city"),
        ("606", "Chicago, IL 60601", "zip"),
        ("cook co", "Cook County, IL", "county"),
        ("texa", "Texas", "state"),
    ],
)
def test_a_place_is_offered_with_what_it_is(client: FlaskClient, typed: str, label: str, kind: str) -> None:
    assert client.get("/places.json", query_string={"q": typed}).json["places"][0] == {"label": label, "kind": kind}


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "\x00", "<script>", "41.88, -87.63"])
def test_where_nothing_can_be_offered_the_answer_is_empty(client: FlaskClient, typed: str) -> None:
    assert client.get("/places.json", query_string={"q": typed}).json == {"places": []}


def test_nothing_typed_at_all_is_no_mistake(client: FlaskClient) -> None:
    assert client.get("/places.json").json == {"places": []}


def test_what_is_typed_is_kept_nowhere(client: CheckedClient, capfd: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/places.json?q=canaryville")  # the client checks that no cache may keep it
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "canaryville" not in "".join(capfd.readouterr())


def test_the_field_offers_the_same_places_in_both_languages(client: FlaskClient) -> None:
    assert client.get("/es/places.json?q=chi").json == client.get("/places.json?q=chi").json
    assert 'data-suggestions="/es/places.json"' in client.get("/es/map").text
