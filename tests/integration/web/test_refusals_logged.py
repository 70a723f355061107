"""Whoever watches the log sees attempts to get further than one may, and nothing of who made them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from finder.config import Settings
from finder.domain.account import Role
from finder.models import Account
from tests.staff import Clock, StaffClient, an_account


@pytest.fixture
def vera(session: Session) -> Account:
    """Somebody who may look and change nothing."""
    return an_account(session, Role.VIEWER, email="vera@county.example")


def test_a_page_that_somebody_may_not_see_is_logged_with_their_number_alone(staff: StaffClient, vera: Account) -> None:
    staff.sign_in(vera)
    with capture_logs() as logged:
        staff.get("/admin/users", expect=403)

    assert logged == [{"event": "forbidden", "log_level": "warning", "view": "admin.users", "account": vera.id}]


def test_too_many_tries_are_logged_without_address_or_account(staff: StaffClient, vera: Account) -> None:
    for _ in range(10):
        staff.give_password(vera, "a guess that is wrong", expect=422)
    with capture_logs() as logged:
        staff.give_password(vera, "a guess that is wrong", expect=429)

    assert logged == [{"event": "too_many_tries", "log_level": "warning", "view": "account.give_password", "times": 1}]


def test_forged_forms_are_counted_in_one_line_a_minute(staff: StaffClient, clock: Clock) -> None:
    with capture_logs() as logged:
        for minutes in (0, 0, 0, 1):
            clock.forward(minutes=minutes)
            staff.post("/account/sign-in", data={"csrf_token": "forged"}, expect=400)

    assert [(line["event"], line["times"]) for line in logged] == [("forged_form", 1), ("forged_form", 3)]


def test_requests_beyond_the_public_limit_are_counted_likewise(
    make_app: Callable[[Settings], Flask], database_url: str, tmp_path: Path
) -> None:
    app = make_app(Settings(database_url=database_url, instance_folder=tmp_path, searches_per_minute=1))
    app.extensions["clock"] = Clock()
    visitor = app.test_client()
    visitor.get("/search.json?near=60601")
    with capture_logs() as logged:
        answers = [visitor.get("/search.json?near=60601").status_code for _ in range(5)]

    assert set(answers) == {429}
    assert logged == [{"event": "too_many_requests", "log_level": "warning", "times": 1}]
