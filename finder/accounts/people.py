"""People with an account: invited, changed, disabled; they are never deleted, since history names them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from finder.accounts import factors, links, log, sessions
from finder.accounts.log import Deed
from finder.domain.account import Happening, Role, Scope
from finder.models import Account, AccountScope, AccountSession

_LONGEST_EMAIL = 100  # as much room as the history of listings has for who changed them
_EMAIL = re.compile(r"[^@\s<>\",;:\\]+@[^@\s<>\",;:\\]+\.[^@\s<>\",;:\\]+")


class EmailTakenError(Exception):
    """There is an account with this e-mail address already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What an administrator says of somebody."""

    name: str
    role: Role
    scopes: frozenset[Scope] = frozenset()


def email_of(typed: str) -> str | None:
    """An e-mail address as we keep and compare it, or ``None`` where it can't be one."""
    email = typed.strip().casefold()
    return email if len(email) <= _LONGEST_EMAIL and _EMAIL.fullmatch(email) else None


def with_email(session: Session, email: str) -> Account | None:
    """The account with this address (`email_of`), without its scopes: one query, whether there is one or not."""
    return session.scalar(select(Account).where(Account.email == email))


def with_id(session: Session, account_id: int) -> Account | None:
    """The account with this number."""
    return session.scalar(_accounts().where(Account.id == account_id))


def everybody(session: Session) -> Sequence[Account]:
    """All accounts, by name."""
    return session.scalars(_accounts().order_by(Account.name, Account.email, Account.id)).all()


def create(session: Session, email: str, person: Person, deed: Deed) -> Account:
    """A new account, without a password: send its person a link (`finder.accounts.links`).

    Raises `EmailTakenError`.
    """
    if with_email(session, email):
        raise EmailTakenError(email)
    account = Account(email=email, name=person.name, role=person.role, created_at=deed.at, scopes=_rows(person.scopes))
    session.add(account)
    session.flush()
    log.note(session, Happening.INVITED, account, deed, _told(person))
    return account


def change(session: Session, account: Account, person: Person, deed: Deed) -> None:
    """Let somebody be called otherwise, or do something else from their next request on."""
    before = (account.name, account.role, frozenset(scope.value for scope in account.scopes))
    if before == (person.name, person.role, person.scopes):
        return
    account.name, account.role = person.name, person.role
    if before[2] != person.scopes:
        account.scopes = _rows(person.scopes)
    log.note(session, Happening.CHANGED, account, deed, _told(person))


def disable(session: Session, account: Account, deed: Deed) -> None:
    """Let somebody in no more, and end their sessions and links at once."""
    account.disabled_at = deed.at
    sessions.end_all(session, account)
    links.void(session, account)
    log.note(session, Happening.DISABLED, account, deed)


def enable(session: Session, account: Account, deed: Deed) -> None:
    """Let somebody in again."""
    account.disabled_at = None
    log.note(session, Happening.ENABLED, account, deed)


def remove_second_factor(session: Session, account: Account, deed: Deed) -> None:
    """For somebody who lost telephone and recovery codes: they must set up another at the next sign-in."""
    factors.remove(session, account)
    sessions.end_all(session, account)
    log.note(session, Happening.FACTOR_REMOVED, account, deed)


def sign_out_everybody(session: Session, deed: Deed, *, but: AccountSession | None = None) -> int:
    """End all sessions, or all but the one in use; of how many people."""
    numbers = sessions.end_of_everybody(session, but=but)
    for account in session.scalars(select(Account).where(Account.id.in_(numbers)).order_by(Account.id)):
        log.note(session, Happening.SESSIONS_ENDED, account, deed)
    return len(numbers)


def _accounts() -> Select[Account]:
    return select(Account).options(selectinload(Account.scopes))


def _told(person: Person) -> str:
    return f"{person.role}: {'; '.join(sorted(map(str, person.scopes)))}" if person.scopes else person.role


def _rows(scopes: Iterable[Scope]) -> list[AccountScope]:
    ordered = sorted(scopes, key=lambda scope: (scope.state, scope.county, scope.organization_id or 0))
    return [
        AccountScope(state=scope.state, county=scope.county, organization_id=scope.organization_id) for scope in ordered
    ]
