"""Signing in: the password, the second factor, what the log tells of it."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.accounts import factors, people
from finder.accounts.log import Deed
from finder.domain.account import Happening
from finder.models import Account, AccountEvent, RecoveryCode
from tests.staff import KEYS, PASSWORD, START, Clock, StaffClient, an_account, client_of, code_of, happened


@pytest.fixture
def ada(session: Session) -> Account:
    """An administrator."""
    return an_account(session, email="ada@county.example")


def test_password_and_code_let_somebody_in(staff: StaffClient, ada: Account) -> None:
    answer = staff.sign_in(ada)

    assert answer.location == "/admin/"
    assert "Good to see you" in staff.get("/admin/").text


def test_after_the_sign_in_comes_the_page_that_was_asked_for(staff: StaffClient, ada: Account) -> None:
    assert staff.get("/admin/users?page=2", expect=303).location == "/account/sign-in"

    assert staff.sign_in(ada).location == "/admin/users?page=2"


def test_a_password_alone_opens_nothing(staff: StaffClient, ada: Account) -> None:
    staff.give_password(ada)

    assert staff.get("/admin/", expect=303).location == "/account/second-factor"
    assert staff.get("/account/", expect=303).location == "/account/second-factor"
    assert staff.get("/account/second-factor/set-up", expect=303).location == "/account/second-factor"
    page = staff.post("/account/second-factor/set-up", data={"csrf_token": staff.token(), "code": "123456"}, expect=303)
    assert page.location == "/account/second-factor"


def test_the_letters_of_the_e_mail_address_may_be_large(staff: StaffClient, ada: Account) -> None:
    staff.give_password(ada.email.upper())


def test_a_code_works_once(staff: StaffClient, staff_app: Flask, ada: Account, clock: Clock) -> None:
    staff.sign_in(ada)
    other = client_of(staff_app)
    other.give_password(ada)

    page = other.send("/account/second-factor", code=code_of(ada, clock()), expect=422)

    assert "That code is not right" in page.text


@pytest.mark.parametrize("late", [-30, 30])
def test_a_clock_may_be_half_a_minute_off(staff: StaffClient, ada: Account, clock: Clock, late: int) -> None:
    staff.give_password(ada)

    staff.send("/account/second-factor", code=code_of(ada, clock() + dt.timedelta(seconds=late)))


@pytest.mark.parametrize("late", [-90, 90])
def test_an_older_code_is_refused(staff: StaffClient, ada: Account, clock: Clock, late: int) -> None:
    staff.give_password(ada)

    staff.send("/account/second-factor", code=code_of(ada, clock() + dt.timedelta(seconds=late)), expect=422)


@pytest.mark.parametrize("typed", ["", "12345", "½½½½½½", "0x1234", "१२३४५६", "1234567"])
def test_what_is_no_code_is_told_so(staff: StaffClient, ada: Account, typed: str) -> None:
    staff.give_password(ada)

    staff.send("/account/second-factor", code=typed, expect=422)


def test_at_the_first_sign_in_an_app_is_set_up_and_recovery_codes_are_shown(
    staff: StaffClient, session: Session, clock: Clock
) -> None:
    newcomer = an_account(session, second_factor=False)
    staff.give_password(newcomer)
    assert staff.get("/account/second-factor", expect=303).location == "/account/second-factor/set-up"
    key = staff.page_key()
    assert staff.page_key() == key, "a reload shows the same picture"

    staff.send("/account/second-factor/set-up", code="000000", expect=422)
    page = staff.send("/account/second-factor/set-up", code=factors.code_at(key, clock()), expect=200)

    codes = re.findall(r"<li><code>(\S+)</code>", page.text)
    assert len(set(codes)) == 10
    staff.get("/admin/")
    assert happened(session, newcomer)[-2:] == [Happening.FACTOR_SET, Happening.SIGNED_IN]
    stored = session.scalars(select(RecoveryCode.digest)).all()
    assert not any(code.replace("-", "") in "".join(stored) for code in codes)


def test_the_secret_of_the_app_is_not_readable_in_the_database(ada: Account) -> None:
    assert KEYS.unseal(ada.totp_secret)
    assert KEYS.unseal(ada.totp_secret) not in ada.totp_secret


def test_a_recovery_code_works_once_instead_of_the_app(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    code = factors.renew_recovery_codes(session, ada)[0]
    session.commit()
    staff.give_password(ada)
    staff.send("/account/recovery-code", code=code.upper().replace("-", " "))
    assert "Recovery codes left: 9" in staff.get("/admin/").text

    other = client_of(staff_app)
    other.give_password(ada)
    other.send("/account/recovery-code", code=code, expect=422)


def test_a_wrong_password_an_unknown_address_and_a_disabled_account_get_the_same_answer(
    staff_app: Flask, session: Session, ada: Account
) -> None:
    disabled = an_account(session)
    people.disable(session, session.merge(disabled), Deed(START))
    invited = an_account(session, password=False)
    session.commit()
    tries = {ada.email: "wrong", "nobody@county.example": PASSWORD, disabled.email: PASSWORD, invited.email: PASSWORD}

    pages = []
    for address, password in tries.items():
        page = client_of(staff_app).give_password(address, password, expect=422).text
        pages.append(re.sub(r'value="[^"]*"', "", page))  # the token, and what was typed

    assert len(set(pages)) == 1


def test_another_app_replaces_the_first_one_for_who_knows_the_password(
    staff: StaffClient, staff_app: Flask, ada: Account, clock: Clock
) -> None:
    staff.sign_in(ada)
    key = staff.page_key()
    clock.forward(minutes=1)
    set_up = "/account/second-factor/set-up"

    staff.send(set_up, code=factors.code_at(key, clock()), current="wrong", expect=422)
    staff.send(set_up, code=factors.code_at(key, clock()), current=PASSWORD, expect=200)

    clock.forward(minutes=1)
    other = client_of(staff_app)
    other.give_password(ada)
    other.send("/account/second-factor", code=code_of(ada, clock()), expect=422)
    other.send("/account/second-factor", code=factors.code_at(key, clock()))


def test_new_recovery_codes_make_the_old_ones_void(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    old = factors.renew_recovery_codes(session, ada)
    session.commit()
    staff.sign_in(ada)

    staff.send("/account/recovery-codes", current="wrong", expect=422)
    page = staff.send("/account/recovery-codes", current=PASSWORD, expect=200)

    new = re.findall(r"<li><code>(\S+)</code>", page.text)
    other = client_of(staff_app)
    other.give_password(ada)
    other.send("/account/recovery-code", code=old[0], expect=422)
    other.send("/account/recovery-code", code=new[0])


def test_the_log_tells_of_sign_ins_without_addresses(staff: StaffClient, session: Session, ada: Account) -> None:
    staff.give_password("nobody@county.example", expect=422)
    staff.give_password(ada, "wrong", expect=422)
    staff.sign_in(ada)
    staff.send("/account/sign-out", form_on="/admin/")

    assert happened(session, None) == [Happening.PASSWORD_WRONG]
    assert happened(session, ada)[1:] == [Happening.PASSWORD_WRONG, Happening.SIGNED_IN, Happening.SIGNED_OUT]
    everything = " ".join(str(vars(event)) for event in session.scalars(select(AccountEvent)))
    assert "127.0.0.1" not in everything
    assert "nobody@" not in everything
