"""The pages while the database server is gone, stands still, or only reads."""

import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.ops.metrics import REGISTRY
from tests.databases import migrate
from tests.factories import a_provider
from tests.forms import form_on
from tests.pages import CheckedClient
from tests.postgres import PostgresServer, private_server

PLACE = "/providers/hope-house-chicago-il"
SEARCH = "/search?near=60601"
BACK_WITHIN_SECONDS = 5
PAGES_FROM_FILES = ["/", "/es/", "/topics", "/guide", "/search", "/shortlist", "/robots.txt"]


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with private_server() as server:
        yield server


@pytest.fixture
def app(server: PostgresServer, make_app: Callable[[Settings], Flask], tmp_path: Path) -> Flask:
    url = server.create("finder")
    migrate(url)
    add_listings(url)
    settings = Settings(
        database_url=url,
        instance_folder=tmp_path,
        look_for_changes_seconds=0,
        database_patience_seconds=1.5,
        reserve=True,
    )
    return make_app(settings)


def add_listings(url: str) -> None:
    engine = create_engine(url)
    with Session(engine) as session:
        for name in ("Hope House", "Harbor Center"):
            a_provider(session, name=name)
        # The tests' server may lose what was committed in the second before it is stopped; not this.
        session.execute(text("SET LOCAL synchronous_commit = on"))
        session.commit()
    engine.dispose()


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A client of a worker that has answered a search for one of the two places."""
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    client.get(f"{SEARCH}&q=hope")
    for thread in threading.enumerate():
        if thread.name == "reserve of the search":
            thread.join()
    return client


def expect_help_without_the_database(client: CheckedClient) -> None:
    results = client.get(SEARCH)
    for shown in ("Hope House", "Harbor Center", "312-555-0123", "reach the directory right now"):
        assert shown in results.text
    place = client.get(PLACE, expect=HTTPStatus.SERVICE_UNAVAILABLE)
    assert place.headers["Retry-After"]
    for shown in ("The directory is not available right now", "988", "Read the short guide first"):
        assert shown in place.text
    for page in PAGES_FROM_FILES:
        client.get(page)


def searches_that_were_let_down() -> float:
    return REGISTRY.get_sample_value("finder_database_trouble_total", {"answer": "kept"}) or 0


def expect_all_as_before(client: CheckedClient) -> None:
    end = time.monotonic() + BACK_WITHIN_SECONDS
    while (status := FlaskClient.open(client, PLACE).status_code) != HTTPStatus.OK:
        assert status == HTTPStatus.SERVICE_UNAVAILABLE
        assert time.monotonic() < end, "the database is back, and the pages aren't"
    assert "reach the directory" not in client.get(SEARCH).text


def test_while_the_database_is_down_people_search_in_what_was_read_before(
    client: CheckedClient, server: PostgresServer
) -> None:
    searches_before = searches_that_were_let_down()
    server.stop()
    expect_help_without_the_database(client)
    assert searches_that_were_let_down() == searches_before + 1  # for who runs the service
    server.start()
    expect_all_as_before(client)


def test_a_database_that_hangs_hangs_nobody(client: CheckedClient, server: PostgresServer) -> None:
    with server.standing_still():
        expect_help_without_the_database(client)
    expect_all_as_before(client)


def test_where_nothing_can_be_saved_people_are_told_so(client: CheckedClient, app: Flask) -> None:
    form = form_on(client.get(f"{PLACE}/report").text, with_field="problems")
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"], isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER DATABASE finder SET default_transaction_read_only = on"))
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
    engine.dispose()
    client.get(SEARCH)
    form.setlist("problems", ["phone"])
    answer = client.post(f"{PLACE}/report", data=form, expect=HTTPStatus.SERVICE_UNAVAILABLE)
    assert "That was not saved" in answer.text
