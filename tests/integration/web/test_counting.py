"""Those who run the service see what goes on; what anybody typed is in no number and no name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import generate_latest
from sqlalchemy.exc import OperationalError

from finder.config import Settings
from finder.ops.metrics import REGISTRY, STEP
from finder.web.visitors import Counts


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


@contextmanager
def counted(times: int, name: str, **labels: str) -> Iterator[None]:
    """That the counter goes up so many times."""
    before = value(name, **labels)
    yield
    assert value(name, **labels) - before == times


def test_requests_are_counted_by_the_name_of_the_page_in_whatever_language(client: FlaskClient) -> None:
    with (
        counted(2, "finder_requests_total", endpoint="public.results", method="GET", status="2xx"),
        counted(2, "finder_request_seconds_count", endpoint="public.results"),
    ):
        client.get("/search?near=60601")
        client.get("/es/search?near=60601")


def test_nothing_that_anybody_typed_is_told(client: FlaskClient) -> None:
    client.get("/search?near=60601&q=canary&level_of_care=detox")
    client.get("/places.json?q=canary")
    client.get("/topics/canary", expect=404)
    client.get("/canary", expect=404)
    client.open("/canary", method="CANARY", expect=404)

    told = generate_latest(REGISTRY).decode().lower()
    assert 'finder_requests_total{endpoint="nowhere",method="other",status="4xx"}' in told
    assert "canary" not in told
    assert "60601" not in told


def test_searches_are_counted_once_whatever_pages_are_read(client: FlaskClient) -> None:
    with (
        counted(STEP, "finder_searches_total"),
        counted(STEP, "finder_searches_by_level_total", level="detox"),
        counted(STEP, "finder_searches_empty_total"),
    ):
        for _ in range(STEP):
            client.get("/search?near=60601&level_of_care=detox")
            client.get("/search?near=60601&level_of_care=detox&page=2", expect=404)


def test_who_is_refused_is_counted_and_who_could_not_be(
    database_url: str, make_app: Callable[[Settings], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> int:
        raise OSError

    client = make_app(Settings(database_url=database_url, suggestions_per_minute=1)).test_client()
    with counted(2, "finder_limiter_refusals_total", limit="suggestions_per_minute"):
        for _ in range(3):
            client.get("/places.json?q=chi")
    monkeypatch.setattr(Counts, "wait", fails)
    with counted(3, "finder_limiter_failures_total"):
        for _ in range(3):
            client.get("/places.json?q=chi")


def test_a_page_that_the_database_lets_down_is_counted(app: Flask, client: FlaskClient) -> None:
    @app.get("/let-down")
    def let_down() -> str:
        raise OperationalError("SELECT", None, Exception())

    with counted(1, "finder_database_trouble_total", answer="refused"):
        client.get("/let-down", expect=503)


def test_what_is_searched_is_told_when_it_is_read(client: FlaskClient) -> None:
    with counted(1, "finder_snapshot_refresh_seconds_count"):
        client.get("/search?near=60601")

    assert value("finder_snapshot_listings") == 0
    assert value("finder_snapshot_read_timestamp_seconds") > 0
