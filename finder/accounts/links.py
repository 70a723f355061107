"""Links with which somebody chooses a password: when they are invited, and when they forgot theirs."""

import datetime as dt
import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, contains_eager

from finder.accounts import log, passwords, sessions
from finder.accounts.keys import digest
from finder.domain.account import Happening
from finder.models import Account, AccountLink, AccountSession

INVITATION = dt.timedelta(days=7)
FORGOTTEN = dt.timedelta(hours=1)


def new_link(session: Session, account: Account, now: dt.datetime, lasts: dt.timedelta) -> str:
    """The token of a new link, which works once and for so long."""
    token = secrets.token_urlsafe(32)
    session.add(AccountLink(account_id=account.id, digest=digest(token), expires_at=now + lasts))
    session.flush()
    return token


def account_of(session: Session, token: str, now: dt.datetime) -> Account | None:
    """Whose link it is, or ``None`` where it has been used, is too old, or the account is disabled."""
    query = (
        select(AccountLink)
        .join(AccountLink.account)
        .where(AccountLink.digest == digest(token), AccountLink.expires_at > now, Account.disabled_at.is_(None))
        .options(contains_eager(AccountLink.account))
    )
    link = session.scalar(query)
    return link.account if link else None


def take(session: Session, token: str) -> bool:
    """Use a link up; of two who do at the same moment one succeeds."""
    used = delete(AccountLink).where(AccountLink.digest == digest(token)).returning(AccountLink.digest)
    return session.execute(used).first() is not None


def void(session: Session, account: Account) -> None:
    """Let none of the account's links work any more."""
    session.execute(delete(AccountLink).where(AccountLink.account_id == account.id))


def choose_password(
    session: Session, account: Account, password: str, now: dt.datetime, *, keep: AccountSession | None = None
) -> None:
    """Let this be the password; that ends all sessions but the one to keep, and no link works any more."""
    happening = Happening.PASSWORD_CHANGED if account.password_hash else Happening.JOINED
    account.password_hash = passwords.hashed(password)
    void(session, account)
    sessions.end_all(session, account, but=keep)
    log.note(session, happening, account, log.Deed(now))
