"""Sessions end when they should, and their cookie is kept well."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.models import Account, AccountSession
from tests.staff import PASSWORD, SECRET_KEY, Clock, StaffClient, an_account, client_of, code_of

ANOTHER = "copper violin meadow"


@pytest.fixture
def ada(session: Session) -> Account:
    """An administrator."""
    return an_account(session, email="ada@county.example")


def test_another_password_ends_the_other_sessions(staff: StaffClient, staff_app: Flask, ada: Account) -> None:
    elsewhere = client_of(staff_app)
    elsewhere.sign_in(ada)
    staff.sign_in(ada)

    staff.send("/account/password", current="wrong", password=ANOTHER, expect=422)
    elsewhere.get("/admin/")
    staff.send("/account/password", current=PASSWORD, password=ANOTHER)

    staff.get("/admin/")
    elsewhere.get("/admin/", expect=303)


def test_signing_out_ends_the_session_on_the_server_too(staff: StaffClient, ada: Account) -> None:
    staff.sign_in(ada)
    cookie = staff.get_cookie("finder")
    assert cookie is not None

    staff.send("/account/sign-out", form_on="/admin/")
    staff.set_cookie("finder", cookie.value)

    assert staff.get("/admin/", expect=303).location == "/account/sign-in"


def test_each_step_of_a_sign_in_has_another_token(staff: StaffClient, session: Session, ada: Account) -> None:
    before = staff.token()
    staff.give_password(ada)
    halfway = session.scalars(select(AccountSession.digest)).one()
    between = staff.get_cookie("finder")
    session.rollback()
    staff.application.extensions["clock"].forward(minutes=1)
    staff.send("/account/second-factor", code=code_of(ada, staff.application.extensions["clock"]()))

    assert session.scalars(select(AccountSession.digest)).one() != halfway
    assert staff.token("/admin/") != before
    assert between is not None
    staff.set_cookie("finder", between.value)
    assert staff.get("/admin/", expect=303).location == "/account/sign-in"


def test_whoever_signs_in_once_more_in_the_same_browser_leaves_no_session_behind(
    staff: StaffClient, session: Session, ada: Account
) -> None:
    staff.sign_in(ada)
    before = staff.get_cookie("finder")
    staff.give_password(ada)
    assert len(session.scalars(select(AccountSession.id)).all()) == 1

    assert before is not None
    staff.set_cookie("finder", before.value)
    assert staff.get("/admin/", expect=303).location == "/account/sign-in"


@pytest.mark.parametrize("change", ["second-factor/set-up", "passkeys/new", "recovery-codes"])
def test_a_browser_that_was_left_open_changes_no_second_factor_until_its_owner_signs_in_again(
    staff: StaffClient, ada: Account, clock: Clock, change: str
) -> None:
    staff.sign_in(ada)
    staff.get(f"/account/{change}")
    clock.forward(minutes=31)

    token = staff.token()
    form = {"csrf_token": token, "current": PASSWORD}
    assert staff.post(f"/account/{change}", data=form, expect=303).location == "/account/sign-in"
    assert staff.get(f"/account/{change}", expect=303).location == "/account/sign-in"
    assert "Sign in again first" in staff.get("/account/sign-in").text
    staff.get("/admin/")
    assert staff.sign_in(ada).location == f"/account/{change}"


def test_an_idle_session_ends_after_an_hour(staff: StaffClient, ada: Account, clock: Clock) -> None:
    staff.sign_in(ada)
    clock.forward(minutes=50)
    staff.get("/admin/")
    clock.forward(minutes=50)
    staff.get("/admin/")
    clock.forward(minutes=61)

    assert staff.get("/admin/", expect=303).location == "/account/sign-in"
    assert "You were signed out" in staff.get("/account/sign-in").text


def test_a_busy_session_ends_after_twelve_hours(staff: StaffClient, ada: Account, clock: Clock) -> None:
    staff.sign_in(ada)
    for _ in range(14):
        clock.forward(minutes=50)
        staff.get("/admin/")
    clock.forward(minutes=50)

    staff.get("/admin/", expect=303)


def test_a_password_given_long_ago_is_forgotten(staff: StaffClient, ada: Account, clock: Clock) -> None:
    staff.give_password(ada)
    clock.forward(minutes=16)

    assert staff.get("/account/second-factor", expect=303).location == "/account/sign-in"


def test_people_see_where_they_are_signed_in_and_end_one_session(
    staff: StaffClient, staff_app: Flask, ada: Account
) -> None:
    elsewhere = client_of(staff_app)
    elsewhere.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
    elsewhere.sign_in(ada)
    staff.sign_in(ada)
    page = staff.get("/account/").text
    assert "Sign out Firefox on Linux" in page
    [other] = re.findall(r'action="/account/sessions/(\d+)/end"', page)

    staff.send(f"/account/sessions/{other}/end", form_on="/account/")

    elsewhere.get("/admin/", expect=303)
    staff.get("/admin/")


def test_nobody_ends_the_sessions_of_somebody_else(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    victim = client_of(staff_app)
    victim.sign_in(an_account(session))
    number = session.scalars(select(AccountSession.id)).one()
    staff.sign_in(ada)

    staff.send(f"/account/sessions/{number}/end", form_on="/account/", expect=404)

    victim.get("/admin/")


def test_somebody_who_is_disabled_is_thrown_out_at_the_next_request(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    bob = an_account(session)
    theirs = client_of(staff_app)
    theirs.sign_in(bob)
    staff.sign_in(ada)

    staff.send(f"/admin/users/{bob.id}/disable", form_on=f"/admin/users/{bob.id}")

    assert theirs.get("/admin/", expect=303).location == "/account/sign-in"
    client_of(staff_app).give_password(bob, expect=422)


def test_with_https_the_cookie_is_bound_to_the_host_and_to_encryption(
    make_app: Callable[[Settings], Flask], database_url: str, tmp_path: Path
) -> None:
    settings = Settings(
        database_url=database_url,
        base_url="https://finder.example",
        instance_folder=tmp_path,
        secret_key=SECRET_KEY,
    )
    answer = make_app(settings).test_client().get("/account/sign-in", base_url="https://finder.example")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-finder=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "includeSubDomains" in answer.headers["Strict-Transport-Security"]


def test_a_secret_is_made_where_none_is_set_and_only_its_owner_reads_it(
    make_app: Callable[[Settings], Flask], database_url: str, tmp_path: Path
) -> None:
    for _ in range(2):
        app = make_app(Settings(database_url=database_url, instance_folder=tmp_path / "new"))
        client_of(app).get("/account/sign-in")

    file = tmp_path / "new" / "secret_key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text()) >= 32
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_a_public_page_reads_no_cookie_even_of_who_is_signed_in(staff: StaffClient, ada: Account) -> None:
    staff.sign_in(ada)

    for address in ("/", "/search?near=60601", "/es/", "/healthz"):
        answer = staff.get(address)
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Set-Cookie" not in answer.headers


def test_pages_of_who_signs_in_are_not_compressed(staff: StaffClient) -> None:
    answer = staff.get("/account/sign-in", headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in answer.headers
