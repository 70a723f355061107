"""Codes and recovery codes work once, also for two who come at the same moment."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.accounts import factors
from finder.models import Account
from finder.models.connection import begin_writing
from tests.staff import KEYS, START, an_account, code_of


def at_once(engine: Engine, account: Account, take: Callable[[Session, Account], bool]) -> int:
    """How many of eight who try the same at the same moment succeed."""

    def attempt(_number: int) -> bool:
        with Session(engine) as session:
            begin_writing(session)
            taken = take(session, session.get_one(Account, account.id))
            session.commit()
            return taken

    with ThreadPoolExecutor(8) as threads:
        return sum(threads.map(attempt, range(8)))


def test_of_several_who_give_the_same_code_one_comes_in(engine: Engine, session: Session) -> None:
    account = an_account(session)
    code, secret = code_of(account, START), KEYS.unseal(account.totp_secret)

    assert at_once(engine, account, lambda own, mine: factors.take_code(own, mine, secret, code, START)) == 1


def test_of_several_who_give_the_same_recovery_code_one_comes_in(engine: Engine, session: Session) -> None:
    account = an_account(session)
    code = factors.renew_recovery_codes(session, account)[0]
    session.commit()

    assert at_once(engine, account, lambda own, mine: factors.take_recovery_code(own, mine, code)) == 1
    session.rollback()
    assert factors.recovery_codes_left(session, account) == 9


def test_of_several_who_ask_for_new_recovery_codes_at_once_one_set_is_valid(engine: Engine, session: Session) -> None:
    account = an_account(session)

    assert at_once(engine, account, lambda own, mine: bool(factors.renew_recovery_codes(own, mine))) == 8
    assert factors.recovery_codes_left(session, account) == factors.RECOVERY_CODES


def test_a_code_that_was_taken_while_the_clock_was_ahead_shuts_nobody_out(session: Session) -> None:
    account = session.get_one(Account, an_account(session).id)
    secret, in_a_year = KEYS.unseal(account.totp_secret), START + dt.timedelta(days=365)
    assert factors.take_code(session, account, secret, factors.code_at(secret, in_a_year), in_a_year)
    session.refresh(account)

    code = factors.code_at(secret, START)
    assert factors.take_code(session, account, secret, code, START)
    session.refresh(account)
    assert not factors.take_code(session, account, secret, code, START)
