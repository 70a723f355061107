"""``finder user``: the first administrator, and help for who can't get in."""

import datetime as dt
import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.accounts import factors, forgetting, links, log, people, sessions
from finder.domain.account import EVERYWHERE, Happening, Role
from finder.models import Account, AccountSession
from tests.staff import KEYS, an_account


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["user", *words])


def found(session: Session, address: str) -> Account:
    """The account with an address, as it is now, with its scopes."""
    session.rollback()
    account = people.with_email(session, address)
    assert account
    with_scopes = people.with_id(session, account.id)
    assert with_scopes
    return with_scopes


def test_the_first_administrator_gets_a_link_to_choose_a_password(app: Flask, session: Session) -> None:
    result = run(app, "create", "--role", "admin", "--name", "Ada", "Ada@County.example")

    assert result.exit_code == 0
    link = re.search(r"http://127\.0\.0\.1:8000/account/choose-password/(\S+)", result.stdout)
    account = found(session, "ada@county.example")
    assert link
    assert links.account_of(session, link.group(1), dt.datetime.now(dt.UTC)) is account
    assert (account.role, account.name, account.password_hash) == (Role.ADMINISTRATOR, "Ada", "")


def test_an_editor_made_here_is_in_charge_of_everything(app: Flask, session: Session) -> None:
    run(app, "create", "--role", "editor", "bob@county.example")

    assert found(session, "bob@county.example").actor.scopes == (EVERYWHERE,)


def test_nobody_gets_a_second_account(app: Flask) -> None:
    run(app, "create", "--role", "admin", "ada@county.example")

    result = run(app, "create", "--role", "viewer", "ADA@county.example")

    assert result.exit_code == 1
    assert "There is an account for ada@county.example already." in result.stderr


def test_what_is_no_address_is_refused(app: Flask) -> None:
    result = run(app, "create", "--role", "admin", "ada")

    assert result.exit_code == 2
    assert "ada is no e-mail address" in result.stderr


def test_the_list_shows_everybody(app: Flask, session: Session) -> None:
    an_account(session, Role.VIEWER, email="vera@county.example")
    an_account(session, Role.EDITOR, email="ed@county.example", password=False)

    result = run(app, "list")

    assert re.search(r"vera@county\.example.*viewer", result.stdout)
    assert re.search(r"ed@county\.example.*editor.*everywhere.*invited", result.stdout)


def test_somebody_is_disabled_and_let_in_again(app: Flask, session: Session) -> None:
    an_account(session, email="ada@county.example")

    run(app, "disable", "ada@county.example")
    assert found(session, "ada@county.example").disabled_at
    assert run(app, "link", "ada@county.example").exit_code == 1
    session.rollback()

    run(app, "enable", "ada@county.example")
    assert found(session, "ada@county.example").disabled_at is None


def test_the_second_factor_of_who_lost_it_is_taken_away_with_its_recovery_codes(app: Flask, session: Session) -> None:
    account = an_account(session, email="ada@county.example")
    factors.renew_recovery_codes(session, account)
    session.commit()
    assert KEYS.unseal(account.totp_secret)

    assert run(app, "reset-second-factor", "ada@county.example").exit_code == 0

    account = found(session, "ada@county.example")
    assert not account.has_second_factor
    assert factors.recovery_codes_left(session, account) == 0


def test_everybody_is_signed_out_and_it_is_written_down_by_what(app: Flask, session: Session) -> None:
    here, away = (session.merge(an_account(session)) for _ in range(2))
    now = dt.datetime.now(dt.UTC)
    for _ in range(2):
        sessions.begin(session, here, now, complete=True, browser="Firefox")
    session.commit()

    assert run(app, "sign-out-everybody").stdout == "Signed out, of so many people: 1\n"

    assert session.scalars(select(AccountSession)).all() == []
    [event] = log.latest(session, here, most=1)
    assert (event.happening, event.by) == (Happening.SESSIONS_ENDED, "finder user")
    assert log.latest(session, away, most=1)[0].happening is Happening.INVITED


def test_links_and_sign_ins_that_are_long_over_are_forgotten_but_not_what_was_done_to_an_account(
    app: Flask, session: Session
) -> None:
    account = an_account(session, email="ada@county.example")
    long_ago = dt.datetime.now(dt.UTC) - forgetting.SIGN_INS_ARE_KEPT - dt.timedelta(days=1)
    for happening in (Happening.SIGNED_IN, Happening.DISABLED, Happening.ENABLED):
        log.note(session, happening, account, log.Deed(long_ago))
    links.new_link(session, account, long_ago, links.FORGOTTEN)
    link = links.new_link(session, account, dt.datetime.now(dt.UTC), links.FORGOTTEN)
    session.commit()

    assert "1 dead links, 1 old sign-ins" in run(app, "forget").stdout

    account = found(session, "ada@county.example")
    assert {event.happening for event in log.latest(session, account)} >= {Happening.DISABLED, Happening.ENABLED}
    assert links.account_of(session, link, dt.datetime.now(dt.UTC)) is account


@pytest.mark.parametrize("command", ["disable", "enable", "link", "reset-second-factor"])
def test_who_has_no_account_is_told_so(app: Flask, command: str) -> None:
    result = run(app, command, "nobody@county.example")

    assert result.exit_code == 1
    assert "There is no account for nobody@county.example." in result.stderr
