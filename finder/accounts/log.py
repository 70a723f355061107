"""The log of accounts: who signed in, what was done to whom; without addresses, and nothing in it is ever changed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.account import Happening
from finder.models import Account, AccountEvent

_LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Deed:
    """When something is done, and who does it (an e-mail address, or a command), if not the account's own person."""

    at: dt.datetime
    by: str = ""


def note(session: Session, happening: Happening, account: Account | None, deed: Deed, detail: str = "") -> None:
    """Write down what happened to an account."""
    account_id = account.id if account else None
    said = detail[:_LONGEST_DETAIL]
    session.add(AccountEvent(at=deed.at, account_id=account_id, happening=happening, by=deed.by, detail=said))
    session.flush()


def latest(session: Session, account: Account, *, most: int = 20) -> Sequence[AccountEvent]:
    """What happened to the account, the latest first."""
    query = select(AccountEvent).where(AccountEvent.account_id == account.id)
    return session.scalars(query.order_by(AccountEvent.at.desc(), AccountEvent.id.desc()).limit(most)).all()
