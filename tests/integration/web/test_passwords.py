"""Forgotten passwords, and passwords that are refused."""

import datetime as dt
import email
import hashlib
import re
from collections.abc import Callable
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.accounts import links, people
from finder.accounts.log import Deed
from finder.config import Settings
from finder.domain.account import Happening
from finder.models import Account
from tests.staff import PASSWORD, SECRET_KEY, START, Clock, StaffClient, an_account, client_of, code_of, happened

ANOTHER = "copper violin meadow"


@pytest.fixture
def ada(session: Session) -> Account:
    """An administrator."""
    return an_account(session, email="ada@county.example")


def letters_in(folder: Path) -> list[str]:
    """What the letters say that lie in the folder of an installation without a mail server."""
    messages = [email.message_from_bytes(file.read_bytes(), policy=default) for file in folder.glob("letters/*.eml")]
    return [f"To: {message['To']}\n{message.get_content()}" for message in messages]


def link_in(letter: str) -> str:
    """The path of the link in a letter."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter)
    assert found
    return found.group(1)


def test_what_is_no_e_mail_address_gets_no_letter(staff: StaffClient) -> None:
    page = staff.send("/account/forgotten-password", email="ada at county", expect=422)

    assert "such as name@example.org" in page.text


def test_forgotten_passwords_get_the_same_answer_for_everybody(staff_app: Flask, ada: Account) -> None:
    pages = {
        client_of(staff_app).send("/account/forgotten-password", email=address, expect=200).text
        for address in (ada.email, "nobody@county.example")
    }

    assert len(pages) == 1


def test_who_forgot_their_password_chooses_another_with_the_link_in_a_letter(
    *, staff: StaffClient, staff_app: Flask, session: Session, ada: Account, tmp_path: Path, clock: Clock
) -> None:
    elsewhere = client_of(staff_app)
    elsewhere.sign_in(ada)
    staff.send("/account/forgotten-password", email=ada.email, expect=200)
    staff_app.extensions["background"].finish()
    [letter] = letters_in(tmp_path)
    assert letter.startswith(f"To: {ada.email}\n")
    link = link_in(letter)

    assert "At least 12 characters" in staff.get(link).text
    too_short = ANOTHER[:11]
    staff.send(link, password=too_short, expect=422)
    staff.send(link, password=ANOTHER)

    assert elsewhere.get("/admin/", expect=303).location == "/account/sign-in"
    clock.forward(minutes=1)
    staff.send("/account/second-factor", code=code_of(ada, clock()))
    assert "work any more" in staff.get(link, expect=404).text
    client_of(staff_app).give_password(ada, PASSWORD, expect=422)
    client_of(staff_app).give_password(ada, ANOTHER)
    assert Happening.PASSWORD_CHANGED in happened(session, ada)


def test_a_link_to_a_new_password_works_for_an_hour(
    staff: StaffClient, staff_app: Flask, ada: Account, tmp_path: Path, clock: Clock
) -> None:
    staff.send("/account/forgotten-password", email=ada.email, expect=200)
    staff_app.extensions["background"].finish()
    link = link_in(letters_in(tmp_path)[0])
    clock.forward(minutes=61)

    staff.get(link, expect=404)
    staff.post(link, data={"csrf_token": staff.token(), "password": ANOTHER}, expect=404)


def test_no_letter_goes_to_who_has_no_account_or_a_disabled_one(
    staff: StaffClient, staff_app: Flask, session: Session, ada: Account, tmp_path: Path
) -> None:
    people.disable(session, session.merge(ada), Deed(START))
    session.commit()
    for address in ("nobody@county.example", ada.email):
        staff.send("/account/forgotten-password", email=address, expect=200)
    staff_app.extensions["background"].finish()

    assert letters_in(tmp_path) == []


def test_the_words_and_stolen_passwords_of_the_settings_are_refused_with_the_reason(
    make_app: Callable[[Settings], Flask], database_url: str, tmp_path: Path, session: Session
) -> None:
    stolen = tmp_path / "stolen.txt"
    stolen.write_text(hashlib.sha1(ANOTHER.encode(), usedforsecurity=False).hexdigest().upper() + ":3\n")
    settings = {"password_words": "Example County, ECHD", "breached_passwords": stolen, "secret_key": SECRET_KEY}
    browser = client_of(make_app(Settings(database_url=database_url, instance_folder=tmp_path, **settings)))
    token = links.new_link(session, an_account(session), dt.datetime.now(dt.UTC), links.INVITATION)
    session.commit()
    link = f"/account/choose-password/{token}"

    of_the_county = "the echd at noon"
    assert "names of the organization" in browser.send(link, password=of_the_county, expect=422).text
    assert "was stolen somewhere" in browser.send(link, password=ANOTHER, expect=422).text
    browser.send(link, password=PASSWORD)


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("short", "at least 12"),
        ("x" * 129, "at most 128"),
        ("password1234", "Too many people"),
        ("Sunshine2026!", "Too many people"),
        ("qwertyqwerty", "Too many people"),
        ("ada.lead likes tea", "e-mail address"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(
    staff: StaffClient, session: Session, password: str, told: str
) -> None:
    staff.sign_in(an_account(session, email="ada.lead@county.example"))

    page = staff.send("/account/password", current=PASSWORD, password=password, expect=422)

    assert told in page.text
