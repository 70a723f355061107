"""The interface for other programs, on the application."""

import pytest
from flask import Flask

from tests.hsds import ApiClient


@pytest.fixture
def api(app: Flask) -> ApiClient:
    """A program of another site, which checks each answer's status and headers."""
    app.test_client_class = ApiClient
    made = app.test_client()
    assert isinstance(made, ApiClient)
    return made
