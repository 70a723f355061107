"""Passkeys: a second factor that somebody makes, signs in with, and takes away."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import cbor2
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.account import Happening
from finder.models import Account, Passkey
from tests.authenticator import Authenticator
from tests.staff import PASSWORD, StaffClient, an_account, client_of, happened

SIGN, NEW = "/account/second-factor/passkey", "/account/passkeys/new"


@pytest.fixture
def ada(session: Session) -> Account:
    """An administrator with an app for codes."""
    return an_account(session, email="ada@county.example")


def asked(browser: StaffClient, address: str) -> dict[str, Any]:
    """What a key is asked to do."""
    options: dict[str, Any] = browser.post(address, data={"csrf_token": browser.token()}).get_json()
    return options


def add(browser: StaffClient, key: Authenticator, *, expect: int = 303, **fields: str) -> str:
    """Make a passkey under "Your account"."""
    answer = key.make(asked(browser, "/account/passkeys/challenge"))
    return browser.send(NEW, answer=answer, **{"current": PASSWORD, **fields}, expect=expect).text


def sign_in(browser: StaffClient, account: Account, key: Authenticator, *, expect: int = 303) -> str:
    """Sign in with a password and a passkey."""
    browser.give_password(account)
    answer = key.sign(asked(browser, f"{SIGN}/challenge"))
    return browser.send(SIGN, form_on="/account/second-factor", answer=answer, expect=expect).text


def send_altered(browser: StaffClient, answer: dict[str, Any], alter: Callable[[bytes], bytes], *, expect: int) -> None:
    """Send the answer of a key, but with the key itself, which is at its end, altered."""
    made = cbor2.loads(urlsafe_b64decode(answer["response"]["attestationObject"] + "=="))
    made["authData"] = alter(made["authData"])
    answer["response"]["attestationObject"] = urlsafe_b64encode(cbor2.dumps(made)).decode().rstrip("=")
    browser.send(NEW, answer=json.dumps(answer), current=PASSWORD, expect=expect)


def remove(browser: StaffClient, session: Session, *, current: str, expect: int = 303) -> str:
    """Take the first passkey away."""
    return browser.send(f"/account/passkeys/{mine(session)[0].id}/remove", current=current, expect=expect).text


def mine(session: Session) -> list[Passkey]:
    session.rollback()
    return list(session.scalars(select(Passkey).order_by(Passkey.id)))


def test_a_passkey_lets_somebody_in_instead_of_a_code(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    key = Authenticator()
    staff.sign_in(ada)
    add(staff, key, name="My phone")
    assert "My phone" in staff.get("/account/").text

    other = client_of(staff_app)
    sign_in(other, ada, key)

    other.get("/admin/")
    assert happened(session, ada)[-2:] == [Happening.PASSKEY_ADDED, Happening.SIGNED_IN]
    assert mine(session)[0].used_at == staff_app.extensions["clock"]()


def test_the_first_second_factor_may_be_a_passkey_and_comes_with_recovery_codes(
    staff: StaffClient, staff_app: Flask, session: Session
) -> None:
    newcomer, key = an_account(session, second_factor=False), Authenticator()
    staff.give_password(newcomer)
    assert NEW in staff.get("/account/second-factor/set-up").text

    page = add(staff, key, expect=200)
    codes = re.findall(r"<li><code>(\S+)</code>", page)
    assert len(codes) == 10
    staff.get("/admin/")

    other = client_of(staff_app)
    other.give_password(newcomer)
    page = other.get("/account/second-factor").text
    assert 'name="code"' not in page
    other.send("/account/recovery-code", code=codes[0])


def test_a_password_alone_adds_no_passkey_to_an_account_that_has_a_second_factor(
    staff: StaffClient, session: Session, ada: Account
) -> None:
    staff.give_password(ada)
    token = staff.token()

    for address in (NEW, "/account/passkeys/challenge"):
        assert staff.post(address, data={"csrf_token": token}, expect=303).location == "/account/second-factor"
    assert mine(session) == []


def test_a_new_passkey_asks_for_the_password_of_who_is_signed_in(
    staff: StaffClient, session: Session, ada: Account
) -> None:
    staff.sign_in(ada)

    assert "That is not your password" in add(staff, Authenticator(), current="wrong", expect=422)
    assert mine(session) == []


def test_a_challenge_is_answered_once(staff: StaffClient, staff_app: Flask, session: Session, ada: Account) -> None:
    key = Authenticator(count=0)  # which doesn't count, so that only the challenge tells the two answers apart
    staff.sign_in(ada)
    options = asked(staff, "/account/passkeys/challenge")
    staff.send(NEW, answer=key.make(options), current=PASSWORD)
    staff.send(NEW, answer=Authenticator().make(options), current=PASSWORD, expect=422)
    assert len(mine(session)) == 1

    other = client_of(staff_app)
    other.give_password(ada)
    options = asked(other, f"{SIGN}/challenge")
    wrong = Authenticator().sign(options)
    other.send(SIGN, form_on="/account/second-factor", answer=wrong, expect=422)
    other.send(SIGN, form_on="/account/second-factor", answer=key.sign(options), expect=422)


def test_the_answer_to_the_challenge_of_another_browser_is_not_taken(
    staff: StaffClient, staff_app: Flask, ada: Account
) -> None:
    key = Authenticator()
    staff.sign_in(ada)
    add(staff, key)
    one, other = client_of(staff_app), client_of(staff_app)
    for browser in (one, other):
        browser.give_password(ada)
    answer = key.sign(asked(one, f"{SIGN}/challenge"))
    asked(other, f"{SIGN}/challenge")

    other.send(SIGN, form_on="/account/second-factor", answer=answer, expect=422)


def test_a_key_that_counts_backwards_may_be_a_copy_and_is_refused(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    key = Authenticator(count=7)
    staff.sign_in(ada)
    add(staff, key, name="Blue key")
    sign_in(client_of(staff_app), ada, key)
    key.count = 3

    page = sign_in(client_of(staff_app), ada, key, expect=422)

    assert "may have been copied" in page
    assert happened(session, ada)[-1] is Happening.PASSKEY_COPIED
    assert "Blue key" in staff.get("/account/").text


def test_a_key_signs_for_our_site_alone(staff: StaffClient, staff_app: Flask, session: Session, ada: Account) -> None:
    key = Authenticator()
    staff.sign_in(ada)
    add(staff, key)
    key.origin = "https://finder.example"

    assert "was not right" in sign_in(client_of(staff_app), ada, key, expect=422)
    assert happened(session, ada)[-1] is Happening.PASSKEY_WRONG


def test_the_passkey_of_somebody_else_is_not_taken(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    key, bob = Authenticator(), an_account(session)
    staff.sign_in(ada)
    add(staff, key)

    bobs = client_of(staff_app)
    bobs.sign_in(bob)
    assert "in use already" in add(bobs, key, expect=422)
    add(bobs, Authenticator())
    sign_in(client_of(staff_app), bob, key, expect=422)


def test_wrong_passkeys_count_with_wrong_codes(staff: StaffClient, staff_app: Flask, ada: Account) -> None:
    key = Authenticator()
    staff.sign_in(ada)
    add(staff, key)
    other = client_of(staff_app)
    for _ in range(3):
        sign_in(other, ada, Authenticator(), expect=422)
    for _ in range(2):
        other.send("/account/second-factor", code="000000", expect=422)

    assert "Too many tries" in sign_in(other, ada, key, expect=429)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "[]",
        "{}",
        "[" * 9000,
        '{"id": "é"}',
        '{"id": "AAAA", "rawId": "A", "type": "public-key"}',
        "9" * 30_000,
    ],
)
def test_what_is_no_answer_is_told_so(staff: StaffClient, ada: Account, answer: str) -> None:
    staff.sign_in(ada)
    asked(staff, "/account/passkeys/challenge")

    staff.send(NEW, answer=answer, current=PASSWORD, expect=422)


def test_a_broken_answer_is_no_error_of_ours(staff: StaffClient, ada: Account) -> None:
    staff.sign_in(ada)
    for size in range(0, 240, 7):
        answer = json.loads(Authenticator().make(asked(staff, "/account/passkeys/challenge")))
        whole = answer["response"]["attestationObject"]
        answer["response"]["attestationObject"] = whole[:size] + "A" * (len(whole) - size)
        staff.send(NEW, answer=json.dumps(answer), current=PASSWORD, expect=None)


def test_a_passkey_is_taken_away_but_never_the_only_second_factor(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    key, thief = Authenticator(), client_of(staff_app)
    staff.sign_in(ada)
    add(staff, key, name="Stolen phone")
    sign_in(thief, ada, key)
    remove(staff, session, current=PASSWORD)
    assert mine(session) == []
    assert thief.get("/admin/", expect=303).location == "/account/sign-in"

    newcomer, theirs = an_account(session, second_factor=False), client_of(staff_app)
    theirs.give_password(newcomer)
    add(theirs, Authenticator(), expect=200)
    remove(theirs, session, current=PASSWORD)
    assert "your only way" in theirs.get("/account/").text
    assert len(mine(session)) == 1


def test_a_key_that_lacks_a_part_is_no_error_of_ours(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    staff.sign_in(ada)
    without_its_kind, number_for_a_place = Authenticator(), Authenticator()
    answer = json.loads(without_its_kind.make(asked(staff, "/account/passkeys/challenge")))
    send_altered(staff, answer, lambda key: key.replace(b"\x03\x26", b"\x04\x26"), expect=422)
    answer = json.loads(number_for_a_place.make(asked(staff, "/account/passkeys/challenge")))
    send_altered(staff, answer, lambda key: key[:-34] + b"\x01", expect=303)

    assert "was not right" in sign_in(client_of(staff_app), ada, number_for_a_place, expect=422)
    assert happened(session, ada)[-1] is Happening.PASSKEY_WRONG


def test_taking_a_passkey_away_asks_for_the_password(staff: StaffClient, session: Session, ada: Account) -> None:
    staff.sign_in(ada)
    add(staff, Authenticator())

    assert "That is not your password" in remove(staff, session, current="wrong", expect=422)
    assert "Enter your present password" in remove(staff, session, current="", expect=422)
    assert len(mine(session)) == 1


def test_the_passkey_of_somebody_else_is_as_if_it_were_not_there(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account
) -> None:
    staff.sign_in(ada)
    add(staff, Authenticator())
    bobs = client_of(staff_app)
    bobs.sign_in(an_account(session))

    address = f"/account/passkeys/{mine(session)[0].id}/remove"
    bobs.get(address, expect=404)
    bobs.send(address, form_on="/account/", current=PASSWORD, expect=404)
