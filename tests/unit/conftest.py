"""Unit tests get no database: what needs one belongs in ``tests/integration``."""

import sqlite3
from typing import NoReturn

import pytest


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> NoReturn:
        pytest.fail("a unit test opened a database")

    monkeypatch.setattr(sqlite3.dbapi2, "connect", refuse)


@pytest.fixture(params=["none"])
def databases() -> NoReturn:
    """Refused, with every fixture that stands on it."""
    pytest.fail("a unit test asked for a database")
