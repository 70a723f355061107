"""The application as people who sign in meet it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from finder.config import Settings
from tests.applications import an_app, close
from tests.staff import SECRET_KEY, Clock, StaffClient, client_of


@pytest.fixture
def clock() -> Clock:
    """The time, as the application of `staff_app` sees it."""
    return Clock()


@pytest.fixture
def staff_app(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The application with a clock that is set, and a folder of its own for letters."""
    settings = Settings(
        database_url=database_url, look_for_changes_seconds=0, instance_folder=tmp_path, secret_key=SECRET_KEY
    )
    made = an_app(settings)
    made.testing = True
    made.extensions["clock"] = clock
    yield made
    close(made)


@pytest.fixture
def staff(staff_app: Flask) -> StaffClient:
    """A browser of somebody who signs in."""
    return client_of(staff_app)
