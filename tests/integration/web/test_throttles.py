"""Guessing passwords and codes is hopeless, and nobody learns from it who has an account."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.accounts import limits, throttle
from finder.app import create_app
from finder.config import Settings
from finder.extensions import db
from finder.models import Account
from tests.databases import counted_queries
from tests.staff import KEYS, SECRET_KEY, Clock, StaffClient, an_account, client_of, code_of

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def ada(session: Session) -> Account:
    """An administrator."""
    return an_account(session, email="ada@county.example")


def guess(client: StaffClient, email: str, times: int) -> None:
    """Try wrong passwords of an account."""
    token = client.token()
    for number in range(times):
        form = {"email": email, "password": f"guess {number}", "csrf_token": token}
        client.post("/account/sign-in", data=form, expect=422)


def test_after_ten_wrong_passwords_the_right_one_is_refused_too(
    staff: StaffClient, ada: Account, session: Session
) -> None:
    guess(staff, ada.email, 10)

    refused = staff.give_password(ada, expect=429)

    assert int(refused.headers["Retry-After"]) == 15 * 60
    assert "Wait 15 minutes" in refused.text
    staff.give_password(an_account(session))


def test_after_a_quarter_of_an_hour_the_right_password_is_taken_again(
    staff: StaffClient, ada: Account, clock: Clock
) -> None:
    guess(staff, ada.email, 11 - 1)
    staff.give_password(ada, expect=429)
    clock.forward(minutes=15)

    staff.give_password(ada)


def test_an_address_without_an_account_is_throttled_just_the_same(staff: StaffClient) -> None:
    guess(staff, "nobody@county.example", 10)

    staff.give_password("nobody@county.example", expect=429)


def test_the_right_password_sets_the_count_of_the_account_back(staff: StaffClient, ada: Account) -> None:
    for _ in range(3):
        guess(staff, ada.email, 9)
        staff.give_password(ada)


def test_all_workers_count_together_and_a_restart_forgets_nothing(
    staff: StaffClient, ada: Account, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    guess(staff, ada.email, 10)

    other = create_app(Settings(database_url=database_url, instance_folder=tmp_path, secret_key=SECRET_KEY))
    other.extensions["clock"] = clock
    client_of(other).give_password(ada, expect=429)
    with other.app_context():
        db.engine.dispose()


def test_one_address_can_t_try_the_accounts_of_all(staff: StaffClient, staff_app: Flask, ada: Account) -> None:
    for number in range(10):
        guess(staff, f"somebody-{number}@county.example", 5)
    staff.give_password(ada, expect=429)

    other = client_of(staff_app)
    other.environ_base.update(ELSEWHERE)
    other.give_password(ada)


def test_who_has_a_whole_network_of_addresses_counts_as_one(session: Session, clock: Clock) -> None:
    waits = []
    for number in range(51):
        counts = limits.password_counts(KEYS, f"somebody-{number}@county.example", f"2001:db8:0:7::{number:x}", clock())
        waits.append(throttle.wait(session, counts, clock()))

    assert [wait is None for wait in waits] == [True] * 50 + [False]


def test_a_thousand_wrong_passwords_in_an_hour_stop_everybody(
    staff: StaffClient, session: Session, ada: Account, clock: Clock
) -> None:
    all_together = limits.password_counts(KEYS, ada.email, "", clock())[-1]
    for _ in range(all_together.limit.tries):
        throttle.wait(session, [all_together], clock())
    session.commit()

    staff.give_password(ada, expect=429)
    clock.forward(hours=1)
    staff.give_password(ada)


def test_codes_are_refused_after_five_wrong_ones_even_with_another_sign_in(
    staff: StaffClient, staff_app: Flask, ada: Account, clock: Clock
) -> None:
    staff.give_password(ada)
    for _ in range(5):
        staff.send("/account/second-factor", code="000000", expect=422)
    staff.send("/account/second-factor", code=code_of(ada, clock()), expect=429)

    other = client_of(staff_app)
    other.give_password(ada)
    other.send("/account/second-factor", code=code_of(ada, clock()), expect=429)
    other.send("/account/recovery-code", code="abcd-efgh-jkmn", expect=429)
    clock.forward(minutes=15)
    other = client_of(staff_app)
    other.give_password(ada)
    other.send("/account/second-factor", code=code_of(ada, clock()))


def test_codes_are_refused_after_twenty_wrong_ones_a_day(staff: StaffClient, ada: Account, clock: Clock) -> None:
    for _ in range(4):
        staff.give_password(ada)
        for _ in range(5):
            staff.send("/account/second-factor", code="000000", expect=422)
        clock.forward(minutes=16)
    staff.give_password(ada)

    staff.send("/account/second-factor", code=code_of(ada, clock()), expect=429)


def test_the_password_of_who_is_signed_in_can_t_be_guessed_either(staff: StaffClient, ada: Account) -> None:
    staff.sign_in(ada)
    for _ in range(10):
        staff.send("/account/recovery-codes", current="a guess", expect=422)

    staff.send("/account/recovery-codes", current="a guess", expect=429)


def test_letters_can_t_be_rained_on_anybody(staff: StaffClient, ada: Account) -> None:
    for _ in range(3):
        staff.send("/account/forgotten-password", email=ada.email, expect=200)

    staff.send("/account/forgotten-password", email=ada.email, expect=429)
    staff.send("/account/forgotten-password", email="nobody@county.example", expect=200)


def test_an_unknown_address_makes_the_database_work_as_much_as_a_known_one(
    staff: StaffClient, staff_app: Flask, ada: Account
) -> None:
    token = staff.token()
    asked = []
    with staff_app.app_context():
        engine = db.engine
    for address in (ada.email, "nobody@county.example"):
        with counted_queries(engine) as queries:
            form = {"email": address, "password": "wrong", "csrf_token": token}
            staff.post("/account/sign-in", data=form, expect=422)
        asked.append(queries)

    assert asked[0] == asked[1]


def test_nothing_that_is_counted_shows_an_address(staff: StaffClient, session: Session) -> None:
    guess(staff, "nobody@county.example", 1)

    keys = " ".join(session.connection().exec_driver_sql("SELECT key FROM throttle").scalars())
    assert "127" not in {keys, *keys.split()}
    assert "nobody" not in keys


def test_the_same_address_has_another_key_each_day(clock: Clock) -> None:
    today = limits.password_counts(KEYS, "ada@county.example", "203.0.113.9", clock())
    clock.forward(days=1)
    tomorrow = limits.password_counts(KEYS, "ada@county.example", "203.0.113.9", clock())

    changed = [before.key != after.key for before, after in zip(today, tomorrow, strict=True)]
    assert changed == [False, False, True, False]
