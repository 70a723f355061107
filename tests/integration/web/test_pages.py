"""The orientation, the topics, errors and health."""

import datetime as dt
from collections.abc import Callable
from html import unescape
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError

from finder.config import Settings
from finder.orientation.first_screen import load_first_screen
from finder.orientation.helplines import load_helplines
from finder.orientation.topic_groups import topic_groups
from finder.orientation.topics import load_topics
from finder.web.filters import day
from tests.pages import CheckedClient


@pytest.fixture
def client_of(make_app: Callable[[Settings], Flask]) -> Callable[[Settings], CheckedClient]:
    """A visitor of a site with these settings."""

    def visitor(settings: Settings) -> CheckedClient:
        app = make_app(settings)
        app.test_client_class = CheckedClient
        client = app.test_client()
        assert isinstance(client, CheckedClient)
        return client

    return visitor


def test_the_first_page_orients_before_it_asks(client: FlaskClient) -> None:
    page = client.get("/").text
    order = [
        "In danger now? Call 911",
        "988 Suicide &amp; Crisis Lifeline",
        "Do not stop suddenly",
        "Four kinds of help",
        "Answer a few questions",
        'action="/search"',
        "Learn more first",
    ]
    page = page[page.index("<main") :]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_who_says_nothing_else_searches_within_25_miles(client: FlaskClient) -> None:
    assert '<option value="25" selected>' in client.get("/").text
    assert '<option value="25" selected>' in client.get("/search").text


def test_the_first_page_says_the_same_in_spanish(client: FlaskClient) -> None:
    page, screen = unescape(client.get("/es/").text), load_first_screen("es")
    assert '<html lang="es"' in page
    words = [screen.title, screen.danger.heading, screen.warning.text, *(k.summary for k in screen.kinds_of_help.kinds)]
    assert [text for text in words if text not in page] == []
    assert 'action="/es/search"' in page


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_topic_can_be_found_in_its_group(client: FlaskClient, prefix: str) -> None:
    groups = topic_groups(prefix.strip("/") or "en")
    for address in (f"{prefix}/topics", f"{prefix}/"):
        page = unescape(client.get(address).text)
        main = page[page.index("<main") : page.index("</main>")]
        assert [group.title for group in groups if f">{group.title}</h3>" not in main] == []
        links = [f'href="{prefix}/topics/{topic.slug}">{topic.title}</a>' for group in groups for topic in group.topics]
        assert [main.count(link) for link in links] == [1] * len(links)


def test_the_search_can_be_reached_without_reading_all_that(client: FlaskClient) -> None:
    assert 'href="#search" class="govuk-skip-link"' in client.get("/").text


@pytest.mark.parametrize("name", ["", "topics", "guide", "topics/alcohol"])
def test_a_page_tells_search_engines_its_own_address_and_the_same_in_the_other_language(
    client: FlaskClient, name: str
) -> None:
    english, spanish = f"http://localhost/{name}", f"http://localhost/es/{name}"
    for address, canonical in ((f"/{name}", english), (f"/es/{name}", spanish)):
        page = client.get(address).text
        assert f'<link rel="canonical" href="{canonical}">' in page
        assert f'<link rel="alternate" hreflang="en" href="{english}">' in page
        assert f'<link rel="alternate" hreflang="es" href="{spanish}">' in page


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


def test_an_error_below_the_spanish_prefix_is_answered_in_spanish(client: FlaskClient) -> None:
    page = unescape(client.get("/es/nowhere", expect=HTTPStatus.NOT_FOUND).text)
    assert '<html lang="es"' in page
    assert 'href="/es/#search"' in page
    assert all(line.when_to_use in page for line in load_helplines(language="es"))


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


EVERYWHERE = ("/", "/es/", "/search", "/search?near=60601", "/topics/alcohol", "/es/topics", "/guide")


def test_every_page_can_be_left_at_once_by_a_plain_link(client: FlaskClient) -> None:
    pages = [client.get(address).text for address in EVERYWHERE]
    pages.append(client.get("/nowhere", expect=HTTPStatus.NOT_FOUND).text)
    pages.append(client.post("/guide", data={"go": "suggest"}).text)
    link = '<a class="site-leave__link" href="https://www.weather.gov/" rel="noreferrer nofollow" data-leave>'
    assert [page.count(link) for page in pages] == [1] * len(pages)


def test_an_operator_chooses_where_people_who_leave_go(
    client_of: Callable[[Settings], CheckedClient], database_url: str
) -> None:
    client = client_of(Settings(database_url=database_url, leave_to="https://www.example.org/news?today"))
    assert 'href="https://www.example.org/news?today"' in client.get("/").text


def test_an_operator_can_turn_the_button_off_and_the_privacy_page_says_so(
    client_of: Callable[[Settings], CheckedClient], database_url: str
) -> None:
    client = client_of(Settings(database_url=database_url, leave_to=""))
    for address in EVERYWHERE:
        page = client.get(address).text
        assert "site-leave" not in page
        assert "/static/leave" not in page
    assert "the button to leave quickly is turned off" in client.get("/topics/your-privacy").text


@pytest.mark.parametrize("address", ["http://www.weather.gov/", "javascript:alert(1)", "/search", "https://a b"])
def test_people_who_leave_are_only_sent_to_a_secure_page(address: str) -> None:
    with pytest.raises(ValidationError, match="leave_to"):
        Settings(leave_to=address)


def test_the_privacy_page_tells_what_leaving_does_and_what_it_cannot_do(client: FlaskClient) -> None:
    page = client.get("/topics/your-privacy").text
    told = ("Leave this site", "press Escape three times", "clears your shortlist", "it cannot clear your history")
    assert [words for words in told if words not in page] == []


def test_a_healthy_service_says_so(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


@pytest.fixture
def client_without_database(client_of: Callable[[Settings], CheckedClient]) -> CheckedClient:
    """A client of an application whose database server isn't there."""
    return client_of(Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))


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
