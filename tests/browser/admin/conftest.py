"""A service for people who sign in, whose secret we know, and the database behind it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.models.connection import engine_options
from tests.databases import SqliteDatabases
from tests.service import running
from tests.staff import SECRET_KEY


@pytest.fixture(scope="module")
def url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The database of `live_server`."""
    with sqlite_databases.migrated() as made:
        yield made


@pytest.fixture(scope="module")
def live_server(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service of the module's own; nothing is listed yet."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FINDER_SECRET_KEY", SECRET_KEY)
        environment.setenv("FINDER_INSTANCE_FOLDER", str(tmp_path_factory.mktemp("instance")))
        with running(url) as service:
            yield f"http://127.0.0.1:{service.port}"


@pytest.fixture
def session(url: str) -> Iterator[Session]:
    """A session on the database of `live_server`."""
    engine = create_engine(url, **engine_options(url))
    with Session(engine) as opened:
        yield opened
    engine.dispose()
