"""Headers that a page's own tests don't see: those of files, and what encryption promises."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finder.config import Settings
from finder.web.assets import BUILT
from tests.pages import faults_of


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


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # headers come from no database
def test_no_page_of_ours_and_no_error_on_its_way_lacks_one_or_sets_a_cookie(app: Flask) -> None:
    visitor = FlaskClient(app, app.response_class)
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("public")]
    addresses = {re.sub(r"<[^>]*>", "x", rule) for rule in rules} | {"/nowhere", "/search?near=60601", "/search?near=x"}

    statuses = set()
    for address in sorted(addresses):
        for method in ("GET", "POST"):
            answer = visitor.open(address, method=method, buffered=True)
            assert list(faults_of(answer)) == [], f"{method} {address}"
            statuses.add(answer.status_code)

    assert {200, 404, 405, 422} <= statuses
