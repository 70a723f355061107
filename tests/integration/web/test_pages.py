"""The orientation, the topics, errors and health."""

import datetime as dt
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finder.app import create_app
from finder.config import Settings
from finder.orientation.topics import load_topics
from finder.web.filters import day
from tests.pages import CheckedClient


def test_the_first_page_orients_before_it_asks(client: FlaskClient) -> None:
    page = client.get("/").text
    order = ["In danger now? Call 911", "Do not stop suddenly", "Four kinds of help", 'action="/search"']
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_the_search_can_be_reached_without_reading_all_that(client: FlaskClient) -> None:
    assert 'href="#search" class="govuk-skip-link"' in client.get("/").text


@pytest.mark.parametrize("topic", load_topics(), ids=lambda topic: topic.slug)
def test_a_topic_says_where_it_comes_from_and_how_fresh_it_is(client: FlaskClient, topic: object) -> None:
    page = client.get(f"/topics/{topic.slug}").text
    assert all(source.url in page for source in topic.sources)
    assert f"Last reviewed {day(topic.last_reviewed)}" in page
    assert f"Next review by {day(topic.review_by)}" in page


def test_an_unknown_address_is_answered_with_people_to_call(client: FlaskClient) -> None:
    for address in ("/nowhere", "/topics/nothing", "/providers/nobody"):
        page = client.get(address, expect=HTTPStatus.NOT_FOUND).text
        assert "People you can call now" in page


def test_a_form_sent_where_nothing_takes_it_is_answered_in_words(client: FlaskClient) -> None:
    response = client.post("/search", expect=HTTPStatus.METHOD_NOT_ALLOWED)
    assert "That does not work here" in response.text
    assert "GET" in response.headers["Allow"]


def test_a_mistake_of_ours_is_answered_with_people_to_call_and_not_with_its_details(
    app: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a canary from a visitor")

    app.testing = False
    page = client.get("/broken?q=another-canary", expect=HTTPStatus.INTERNAL_SERVER_ERROR).text
    assert "People you can call now" in page
    written = page + "".join(capsys.readouterr())
    assert "canary" not in written


def test_a_healthy_service_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


@pytest.fixture
def client_without_database() -> CheckedClient:
    """A client of an application whose database server isn't there."""
    app = create_app(Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


def test_without_its_database_the_service_is_not_healthy(client_without_database: CheckedClient) -> None:
    client_without_database.get("/healthz", expect=HTTPStatus.SERVICE_UNAVAILABLE)


def test_without_its_database_the_orientation_still_shows(client_without_database: CheckedClient) -> None:
    assert "In danger now? Call 911" in client_without_database.get("/").text
    assert "Last reviewed" in client_without_database.get("/topics/benzodiazepines").text


def test_without_its_database_a_search_offers_people_to_call(client_without_database: CheckedClient) -> None:
    page = client_without_database.get("/search?near=60601", expect=HTTPStatus.SERVICE_UNAVAILABLE).text
    assert "The helplines on this page are answered now" in page


def test_pages_are_sent_compressed_to_those_who_can_read_it(client: FlaskClient) -> None:
    plain = client.get("/search")
    response = FlaskClient.open(client, "/search", headers={"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert len(response.data) * 4 < len(plain.data)


def test_days_are_written_so_that_nobody_misreads_them() -> None:
    assert day(dt.date(2026, 11, 2)) == "November 2, 2026"
