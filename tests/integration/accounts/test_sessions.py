"""Sessions end by the clock, also when the clock was wrong."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.accounts import Lifetime, sessions
from finder.models import Account, AccountSession
from tests.staff import START, an_account

LIFETIME = Lifetime(idle=dt.timedelta(hours=1), absolute=dt.timedelta(hours=12))


@pytest.mark.parametrize(("ahead", "left"), [(dt.timedelta(minutes=4), 1), (dt.timedelta(days=30), 0)])
def test_a_session_that_began_while_the_clock_was_ahead_does_not_live_until_then(
    session: Session, ahead: dt.timedelta, left: int
) -> None:
    account = session.get_one(Account, an_account(session).id)
    token = sessions.begin(session, account, START + ahead, complete=True, browser="")

    assert (sessions.find(session, token, START, LIFETIME) is not None) == bool(left)
    assert len(sessions.open_sessions(session, account, START, LIFETIME)) == left
    sessions.forget_ended(session, START, LIFETIME)
    assert session.scalar(select(func.count()).select_from(AccountSession)) == left
