"""Sessions: who is signed in, in which browser, since when; kept by us, so that they end when we say so."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from finder.accounts.keys import digest
from finder.accounts.throttle import CLOCKS_DIFFER
from finder.models import Account, AccountSession

_FOR_THE_SECOND_FACTOR = dt.timedelta(minutes=15)
_NOTED_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """When a session ends by itself: so long after the last request, and so long after the sign-in."""

    idle: dt.timedelta
    absolute: dt.timedelta


def begin(session: Session, account: Account, now: dt.datetime, *, complete: bool, browser: str) -> str:
    """Begin a session; its token, which the browser keeps and we don't."""
    token = secrets.token_urlsafe(32)
    session.add(
        AccountSession(
            account_id=account.id,
            digest=digest(token),
            complete=complete,
            browser=browser[:60],
            created_at=now,
            seen_at=now,
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, now: dt.datetime, lifetime: Lifetime) -> AccountSession | None:
    """The session of a token, with its account and their scopes, unless it has ended or the account is disabled."""
    query = (
        select(AccountSession)
        .join(AccountSession.account)
        .where(AccountSession.digest == digest(token), Account.disabled_at.is_(None))
        .options(contains_eager(AccountSession.account).options(selectinload(Account.scopes)))
    )
    found = session.scalar(query)
    return found if found and _is_alive(found, now, lifetime) else None


def is_to_be_noted(record: AccountSession, now: dt.datetime) -> bool:
    """Whether it is time to write down that the session is in use; not at each request, which would be a write each."""
    return now - record.seen_at >= _NOTED_EVERY


def open_sessions(session: Session, account: Account, now: dt.datetime, lifetime: Lifetime) -> Sequence[AccountSession]:
    """The account's complete sessions, the one last used first."""
    query = (
        select(AccountSession)
        .where(AccountSession.account_id == account.id, AccountSession.complete)
        .order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())
    )
    return [record for record in session.scalars(query) if _is_alive(record, now, lifetime)]


def end(session: Session, record: AccountSession) -> None:
    """End one session."""
    session.execute(delete(AccountSession).where(AccountSession.id == record.id))


def end_all(session: Session, account: Account, *, but: AccountSession | None = None) -> None:
    """End all sessions of an account, or all but the one in use."""
    kept = but.id if but else 0
    session.execute(delete(AccountSession).where(AccountSession.account_id == account.id, AccountSession.id != kept))


def end_of_everybody(session: Session, *, but: AccountSession | None = None) -> Sequence[int]:
    """End the sessions of all accounts, or all but the one in use; the numbers of the accounts that had any."""
    kept = but.id if but else 0
    ended = delete(AccountSession).where(AccountSession.id != kept).returning(AccountSession.account_id)
    return sorted(set(session.scalars(ended)))


def end_of_token(session: Session, token: str) -> None:
    """End the session of a token, if there is one."""
    session.execute(delete(AccountSession).where(AccountSession.digest == digest(token)))


def forget_ended(session: Session, now: dt.datetime, lifetime: Lifetime) -> None:
    """Drop sessions that have ended by themselves."""
    is_old = (AccountSession.created_at < now - lifetime.absolute) | (AccountSession.seen_at < now - lifetime.idle)
    is_over = is_old | (AccountSession.seen_at > now + CLOCKS_DIFFER)
    session.execute(delete(AccountSession).where(is_over))


def _is_alive(record: AccountSession, now: dt.datetime, lifetime: Lifetime) -> bool:
    longest = lifetime.absolute if record.complete else _FOR_THE_SECOND_FACTOR
    is_of_the_future = record.seen_at > now + CLOCKS_DIFFER  # begun while a clock was wrong, it would not end
    return now - record.created_at < longest and now - record.seen_at < lifetime.idle and not is_of_the_future
