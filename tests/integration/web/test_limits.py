"""Who asks too much is told when to go on; nobody else notices, and nobody is known by it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from finder.config import Settings
from finder.web.limits import LIMITED
from finder.web.visitors import Counts
from tests.pages import CheckedClient, page_faults
from tests.staff import Clock

ANN, BEN = {"REMOTE_ADDR": "203.0.113.9"}, {"REMOTE_ADDR": "203.0.113.10"}
PROXY = {"REMOTE_ADDR": "172.17.0.1"}

MakeApp = Callable[[Settings], Flask]


@pytest.fixture
def limited(database_url: str, make_app: MakeApp) -> Flask:
    """The application, which lets everybody ask three times a minute."""
    made = make_app(few(database_url))
    made.test_client_class = CheckedClient
    return made


def few(database_url: str, **settings: int) -> Settings:
    return Settings(
        database_url=database_url,
        look_for_changes_seconds=0,
        searches_per_minute=3,
        suggestions_per_minute=3,
        data_requests_per_minute=3,
        **settings,  # type: ignore[arg-type] # each is a number
    )


def test_searches_pages_maps_and_files_count_together_and_the_page_says_what_to_do(limited: Flask) -> None:
    client = limited.test_client()
    for address in ("/search?near=60601", "/es/search?near=60601", "/search.csv?near=60601"):
        client.get(address, environ_overrides=ANN)

    refused = client.get("/search?near=60601", environ_overrides=ANN, expect=429)
    in_spanish = client.get("/es/search?near=60601", environ_overrides=ANN, expect=429)

    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "Wait a minute, then go on." in refused.text
    assert "Espere un minuto" in in_spanish.text
    assert [*page_faults(refused.text)] == []  # the helplines are on it
    client.get("/search.geojson?near=60601", environ_overrides=ANN, expect=429)
    client.get("/map.json?near=60601", environ_overrides=ANN, expect=429)


def test_who_is_stopped_can_still_read_what_helps(limited: Flask) -> None:
    client = limited.test_client()
    for _ in range(3):
        client.get("/search?near=60601", environ_overrides=ANN)

    for address in ("/", "/topics", "/guide", "/places.json?q=chi"):
        client.get(address, environ_overrides=ANN)


def test_who_waited_as_long_as_was_said_goes_on(limited: Flask) -> None:
    limited.extensions["clock"] = clock = Clock()
    client = limited.test_client()
    for _ in range(3):
        client.get("/search?near=60601", environ_overrides=ANN)
    clock.forward(seconds=20)
    refused = client.get("/search?near=60601", environ_overrides=ANN, expect=429)

    clock.forward(seconds=int(refused.headers["Retry-After"]))
    client.get("/search?near=60601", environ_overrides=ANN)


def test_another_visitor_notices_nothing(limited: Flask) -> None:
    client = limited.test_client()
    for _ in range(3):
        client.get("/search?near=60601", environ_overrides=ANN)

    client.get("/search?near=60601", environ_overrides=ANN, expect=429)
    client.get("/search?near=60601", environ_overrides=BEN)


@pytest.mark.parametrize("address", ["/hsds/services", "/places.json?q=chi", "/search.json?near=60601"])
def test_a_program_is_told_in_a_problem_document(limited: Flask, address: str) -> None:
    client = limited.test_client()
    for _ in range(3):
        FlaskClient.open(client, address, environ_overrides=ANN)
    answer = FlaskClient.open(client, address, environ_overrides=ANN)

    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert re.search(r"Go on in \d+ s", answer.get_json()["detail"])


def test_behind_a_proxy_that_the_settings_tell_of_each_visitor_counts_alone(
    database_url: str, make_app: MakeApp
) -> None:
    client = make_app(few(database_url, trusted_proxies=1)).test_client()

    def asks(visitor: str) -> int:
        headers = {"X-Forwarded-For": visitor}
        return client.get("/search?near=60601", environ_overrides=PROXY, headers=headers).status_code

    assert [asks("203.0.113.9") for _ in range(4)] == [200, 200, 200, 429]
    assert asks("203.0.113.10") == 200


def test_behind_a_proxy_that_nobody_told_of_people_are_not_stopped_for_each_other(limited: Flask) -> None:
    client = limited.test_client()
    for number in range(5):
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        client.get("/search?near=60601", environ_overrides=PROXY, headers=headers)


def test_who_claims_to_be_somebody_else_counts_all_the_same(limited: Flask) -> None:
    client = limited.test_client()
    for number in range(3):
        client.get("/search", environ_overrides=ANN, headers={"X-Forwarded-For": f"198.51.100.{number}"})

    client.get("/search", environ_overrides=ANN, headers={"X-Forwarded-For": "198.51.100.9"}, expect=429)


def test_without_a_limit_there_is_none(database_url: str, make_app: MakeApp) -> None:
    client = make_app(Settings(database_url=database_url, suggestions_per_minute=0)).test_client()

    assert {client.get("/places.json?q=chi", environ_overrides=ANN).status_code for _ in range(1300)} == {200}


def test_no_address_stands_in_what_is_counted_or_logged(limited: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    client = limited.test_client()
    with capture_logs() as logged:
        for _ in range(3):
            client.get("/search?near=60601", environ_overrides=ANN)
        client.get("/search?near=60601", environ_overrides=ANN, expect=429)

    kept = repr(vars(limited.extensions["request_counts"]))
    assert "searches_per_minute" in kept
    assert "203.0.113" not in kept
    assert "203.0.113" not in "".join([str(logged), *capfd.readouterr()])


def test_where_counting_fails_people_search_and_the_operator_learns_of_it(
    limited: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> int:
        raise OSError("no counting for 203.0.113.9")

    monkeypatch.setattr(Counts, "wait", fails)
    client = limited.test_client()
    with capture_logs() as logged:
        for _ in range(5):
            client.get("/search?near=60601", environ_overrides=ANN)

    assert [(each["event"], each["kind"]) for each in logged] == [("limiter_failed", "OSError")] * 5
    assert logged[-1]["times"] == logged[0]["times"] + 4
    assert "203.0.113" not in str(logged)


def test_every_limit_is_of_something_that_there_is(app: Flask) -> None:
    views = {rule.endpoint.rpartition(".")[2] for rule in app.url_map.iter_rules()}

    assert set(LIMITED) <= views | set(app.blueprints)
    assert set(LIMITED.values()) <= set(Settings.model_fields)
