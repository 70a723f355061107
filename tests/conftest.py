"""What tests are given: databases of both kinds, the application, and a client that checks every answer."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.models.connection import engine_options
from tests.applications import an_app, close
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.pages import CheckedClient
from tests.postgres import PostgresServer, private_server
from tests.sockets import only_loopback

settings.register_profile("finder", deadline=None)  # how long an example takes says more of the machine than of us
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.load_profile("finder")

# What goes on in the background after a test would hold a connection to a database that is gone by then.
os.environ["FINDER_RESERVE"] = "false"


@pytest.fixture(autouse=True)
def _no_other_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    only_loopback(monkeypatch)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test process."""
    with private_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Makes SQLite files."""
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: PostgresServer) -> PostgresDatabases:
    """Makes databases on the PostgreSQL server."""
    return PostgresDatabases(postgres_server)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Makes databases of one kind; whatever uses this runs once with each kind."""
    name = {"sqlite": "sqlite_databases", "postgresql": "postgres_databases"}[request.param]
    made: Databases = request.getfixturevalue(name)
    return made


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """The address of a database without tables."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The address of a database with today's tables and no rows."""
    with databases.migrated() as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on `database_url`, as the application makes it."""
    made = create_engine(database_url, **engine_options(database_url))
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on `engine`; what isn't committed is gone after the test."""
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on `database_url`."""
    # A test's next request comes sooner after a change than a person's.
    made = an_app(Settings(database_url=database_url, look_for_changes_seconds=0, instance_folder=tmp_path))
    made.testing = True
    made.test_client_class = CheckedClient
    yield made
    close(made)


@pytest.fixture
def make_app() -> Iterator[Callable[[Settings], Flask]]:
    """Makes applications with settings of a test's own, and closes their connections after it."""
    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        made.append(an_app(settings))
        return made[-1]

    yield make
    for each in made:
        close(each)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A visitor's browser without JavaScript, which checks every answer (`tests.pages`)."""
    made = app.test_client()
    assert isinstance(made, CheckedClient)
    return made
