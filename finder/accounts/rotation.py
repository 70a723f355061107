"""Another secret for an installation: what the ones before it sealed is sealed with the new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from finder.accounts.keys import Keys
from finder.models import Account


@dataclass(frozen=True, slots=True)
class SealedAnew:
    """How many second factors the newest secret seals now, and whose none of the secrets opens (e-mail addresses)."""

    count: int
    lost: Sequence[str]


def seal_anew(session: Session, keys: Keys) -> SealedAnew:
    """Seal each account's secret of its app with the newest of the keys. The caller commits."""
    sealed = session.execute(
        select(Account.id, Account.email, Account.totp_secret).where(Account.totp_secret != "").order_by(Account.email)
    ).all()
    anew = {account_id: keys.sealed_anew(secret) for account_id, _, secret in sealed}
    for account_id, _, before in sealed:
        if after := anew[account_id]:
            # Who sets up another app meanwhile keeps that one.
            same = (Account.id == account_id, Account.totp_secret == before)
            session.execute(update(Account).where(*same).values(totp_secret=after))
    lost = [email for account_id, email, _ in sealed if not anew[account_id]]
    return SealedAnew(len(sealed) - len(lost), lost)
