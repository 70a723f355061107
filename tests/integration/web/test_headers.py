"""Headers that a page's own tests don't see: those of files, and what encryption promises."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finder.config import Settings
from finder.web.assets import BUILT


@pytest.fixture
def client(make_app: Callable[[Settings], Flask], database_url: str, tmp_path: Path) -> FlaskClient:
    settings = Settings(database_url=database_url, base_url="https://finder.example", instance_folder=tmp_path)
    return make_app(settings).test_client()


def a_script() -> str:
    return next(path.name for path in sorted(BUILT.glob("*.js")))


@pytest.mark.parametrize("address", ["/", "/nowhere", "/hsds/", "/healthz", f"/static/{a_script()}"])
def test_every_answer_keeps_browsers_to_encryption_and_lets_nobody_frame_it(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:  # a file stays open until its answer is closed
        headers = answer.headers

    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
