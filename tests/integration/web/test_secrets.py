"""Another secret for an installation: with the old one still known, nobody notices."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.models import Account
from tests.staff import PASSWORD, SECRET_KEY, Clock, StaffClient, an_account, client_of, code_of

NEWEST = "the secret that comes after the other one"
Start = Callable[..., StaffClient]


@pytest.fixture
def ada(session: Session) -> Account:
    """An administrator."""
    return an_account(session, email="ada@county.example")


@pytest.fixture
def start(make_app: Callable[[Settings], Flask], database_url: str, tmp_path: Path, clock: Clock) -> Start:
    """Starts the service with a secret and those before it, and gives the browser that somebody had open all along."""

    def started(*secrets: str, open_before: StaffClient | None = None) -> StaffClient:
        settings = Settings(
            database_url=database_url,
            instance_folder=tmp_path,
            secret_key=secrets[0],
            secret_key_fallbacks=secrets[1:],
        )
        app = make_app(settings)
        app.extensions["clock"] = clock
        browser = client_of(app)
        cookie = open_before.get_cookie("finder") if open_before else None
        if cookie:
            browser.set_cookie("finder", cookie.value)
        return browser

    return started


def test_with_the_old_secret_among_the_older_ones_sessions_forms_and_second_factors_go_on(
    start: Start, ada: Account
) -> None:
    before = start(SECRET_KEY)
    before.sign_in(ada)
    token = before.token()
    after = start(NEWEST, SECRET_KEY, open_before=before)

    after.get("/admin/")
    after.post("/account/password", data={"csrf_token": token, "current": "", "password": ""}, expect=422)
    begun_after = client_of(after.application)
    begun_after.sign_in(ada)
    assert "Sealed with the newest secret: 1" in run(after.application, "seal-anew")

    later = start(NEWEST, open_before=begun_after)
    later.get("/admin/")
    client_of(later.application).sign_in(ada)


def test_without_the_old_secret_sessions_end_and_the_operator_learns_whose_second_factor_is_lost(
    start: Start, ada: Account, clock: Clock
) -> None:
    before = start(SECRET_KEY)
    before.sign_in(ada)
    after = start(NEWEST, open_before=before)

    assert after.get("/admin/", expect=303).location == "/account/sign-in"
    after.give_password(ada, PASSWORD)
    after.send("/account/second-factor", code=code_of(ada, clock()), expect=422)
    assert "can't be used: ada@county.example" in run(after.application, "seal-anew")


def run(app: Flask, command: str) -> str:
    return app.test_cli_runner().invoke(args=["user", command]).output
