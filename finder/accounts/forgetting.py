"""What is dropped of accounts once nobody needs it: sessions that ended, dead links, old counts, who came when."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from finder.accounts import limits, sessions, throttle
from finder.accounts.sessions import Lifetime
from finder.domain.account import Happening
from finder.models import AccountEvent, AccountLink

SIGN_INS_ARE_KEPT = dt.timedelta(days=730)
"""For how long the log tells who came and went, or tried to; what was done to an account stays."""

_COMING_AND_GOING = frozenset(
    {
        Happening.SIGNED_IN,
        Happening.SIGNED_OUT,
        Happening.SESSIONS_ENDED,
        Happening.PASSWORD_WRONG,
        Happening.CODE_WRONG,
        Happening.PASSKEY_WRONG,
        Happening.RESET_ASKED,
    }
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows were deleted."""

    links: int
    sign_ins: int


def forget(session: Session, now: dt.datetime, lifetime: Lifetime) -> Forgotten:
    """Delete what is over. The caller commits."""
    throttle.forget_old(session, now, longest=limits.LONGEST)
    sessions.forget_ended(session, now, lifetime)
    dead = delete(AccountLink).where(AccountLink.expires_at < now)
    is_old = AccountEvent.at < now - SIGN_INS_ARE_KEPT
    old = delete(AccountEvent).where(AccountEvent.happening.in_(_COMING_AND_GOING), is_old)
    connection = session.connection()
    return Forgotten(links=connection.execute(dead).rowcount, sign_ins=connection.execute(old).rowcount)
