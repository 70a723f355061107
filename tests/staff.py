"""People who sign in, for tests: accounts whose password and app we know, a clock that is set, a client for forms."""

import datetime as dt
import re
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from finder.accounts import Keys, Person, factors, passwords, people
from finder.accounts.log import Deed
from finder.domain.account import EVERYWHERE, Happening, Role, Scope, needs_scopes
from finder.models import Account, AccountEvent
from tests.pages import CheckedClient, faults_of, page_faults

SECRET_KEY = "a secret that only tests would ever use"  # noqa: S105 (of no installation)
KEYS = Keys(SECRET_KEY)
PASSWORD = "walnut harbor lantern"  # noqa: S105 (of nobody)
START = dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC)

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_KEY = re.compile(r'<code class="qr-key">([A-Z2-7 ]+)</code>')
_numbers = count(1)
_hashed = passwords.hashed(PASSWORD)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, start: dt.datetime = START) -> None:
        self.time = start

    def __call__(self) -> dt.datetime:
        return self.time

    def forward(self, **span: float) -> None:
        """Let time pass: ``clock.forward(minutes=20)``."""
        self.time += dt.timedelta(**span)


class StaffClient(CheckedClient):
    """A browser of somebody who signs in: checked like a visitor's, but it may be given a cookie that is kept well.

    With ``expect=None`` any status will do, but an error of ours.
    """

    def open(self, *args: Any, expect: int | None = 200, **options: Any) -> TestResponse:
        response = FlaskClient.open(self, *args, **{"buffered": True} | options)
        expected = response.status_code < 500 if expect is None else response.status_code == expect
        assert expected, f"{response.request.path}: {response.status}"
        faults = set(faults_of(response)) - {"it sets a cookie"}
        if response.location:
            faults -= set(page_faults(response.text))  # nobody sees the page of a redirection
        faults |= {f"a cookie without {part}" for part in self._lacking(response)}
        assert not faults, f"{response.request.path}: " + "; ".join(faults)
        return response

    @staticmethod
    def _lacking(response: TestResponse) -> list[str]:
        cookies = response.headers.getlist("Set-Cookie")
        return [part for cookie in cookies for part in ("HttpOnly", "SameSite=Lax", "Path=/") if part not in cookie]

    def token(self, address: str = "/account/sign-in") -> str:
        """The token of the forms of this browser."""
        found = _TOKEN.search(self.get(address).get_data(as_text=True))
        assert found, f"no form on {address}"
        return found.group(1)

    def send(self, address: str, *, form_on: str = "", expect: int = 303, **fields: Any) -> TestResponse:
        """Fill in the form on a page and send it to an address; by default the page is the address."""
        return self.post(address, data={**fields, "csrf_token": self.token(form_on or address)}, expect=expect)

    def give_password(self, account: str | Account, password: str = PASSWORD, *, expect: int = 303) -> TestResponse:
        """The first step of a sign-in."""
        email = account if isinstance(account, str) else account.email
        return self.send("/account/sign-in", email=email, password=password, expect=expect)

    def sign_in(self, account: Account) -> TestResponse:
        """Both steps. The app's next code is used, and the clock goes on by a minute, so that there is always one."""
        clock = self.application.extensions["clock"]
        clock.forward(minutes=1)
        self.give_password(account)
        return self.send("/account/second-factor", code=code_of(account, clock()))

    def page_key(self) -> str:
        """The key of the app that is being set up, as the page spells it."""
        found = _KEY.search(self.get("/account/second-factor/set-up").get_data(as_text=True))
        assert found
        return found.group(1).replace(" ", "")


def client_of(app: Flask) -> StaffClient:
    """A new browser."""
    return StaffClient(app, app.response_class)


def an_account(
    session: Session,
    role: Role = Role.ADMINISTRATOR,
    *scopes: Scope,
    email: str = "",
    second_factor: bool = True,
    password: bool = True,
) -> Account:
    """Somebody who can sign in with `PASSWORD` and an app: committed, and no longer of the session."""
    address = email or f"{role}-{next(_numbers)}@county.example"
    in_charge = frozenset(scopes or ({EVERYWHERE} if needs_scopes(role) else ()))
    account = people.create(
        session, address, Person(name=f"Some {role}", role=role, scopes=in_charge), Deed(START, by="test")
    )
    account.password_hash = _hashed if password else ""
    if second_factor:
        account.totp_secret = KEYS.seal(factors.new_secret())
    session.commit()
    session.refresh(account)
    session.expunge(account)  # what is read of it later begins no transaction
    session.rollback()
    return account


def code_of(account: Account, now: dt.datetime) -> str:
    """What the account's app shows."""
    return factors.code_at(KEYS.unseal(account.totp_secret), now)


def happened(session: Session, account: Account | None) -> list[Happening]:
    """What the log says of an account, in order."""
    session.rollback()
    number = account.id if account else None
    events = select(AccountEvent.happening).where(AccountEvent.account_id.is_not_distinct_from(number))
    return list(session.scalars(events.order_by(AccountEvent.id)))
