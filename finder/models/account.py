"""Who may sign in, how they prove who they are, and what was done with accounts."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, exists
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from finder.domain.account import Actor, Happening, Role, Scope
from finder.models.base import Base, code_column
from finder.models.passkey import Passkey

LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, without the brackets
LONGEST_NAME = 100
_DIGEST = 64  # hexadecimal digits of a SHA-256


class Account(Base):
    """A person who may sign in. ``password_hash`` is empty until they have accepted their invitation.

    ``totp_secret`` is encrypted (`finder.accounts.Keys`); ``totp_step`` is the last time step whose code was taken: no
    code of that step or before it is taken again.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    role: Mapped[Role] = mapped_column(code_column(Role))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    totp_secret: Mapped[str] = mapped_column(String(200), default="")
    totp_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime]
    disabled_at: Mapped[dt.datetime | None]

    has_passkeys: Mapped[bool] = column_property(
        exists().where(Passkey.account_id == id).correlate_except(Passkey)  # noqa: A003 (the column above)
    )
    scopes: Mapped[list["AccountScope"]] = relationship(
        lazy="raise", order_by="AccountScope.id", cascade="all, delete-orphan"
    )

    @property
    def has_second_factor(self) -> bool:
        """Whether they have set one up: an app for codes, or a passkey."""
        return bool(self.totp_secret) or self.has_passkeys

    @property
    def actor(self) -> Actor:
        """Who they are for `finder.domain.account.may`; their scopes must be loaded."""
        return Actor(self.role, tuple(scope.value for scope in self.scopes))


class AccountScope(Base):
    """One set of listings that a person is in charge of; a column that is empty may be anything."""

    __tablename__ = "account_scope"
    __table_args__ = (CheckConstraint("county = '' OR state <> ''", name="county_of_state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[str] = mapped_column(String(2), default="")
    county: Mapped[str] = mapped_column(String(100), default="")
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)

    @property
    def value(self) -> Scope:
        """The scope as a value."""
        return Scope(state=self.state, county=self.county, organization_id=self.organization_id)


class RecoveryCode(Base):
    """One code that stands in once for the second factor; only its digest is kept."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(_DIGEST), primary_key=True)


class AccountSession(Base):
    """One browser in which somebody is signed in, or (not yet ``complete``) has only given their password.

    The browser has the token, we have its digest. ``browser`` is what its owner knows it by ("Firefox on Windows").
    ``challenge`` is what a passkey was asked to sign and hasn't signed yet.
    """

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(_DIGEST), unique=True)
    complete: Mapped[bool]
    browser: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary(64))

    account: Mapped[Account] = relationship(lazy="raise")


class AccountLink(Base):
    """A link that was sent to somebody to choose a password once, as an invitation or because they forgot theirs.

    Only the digest of its token is kept.
    """

    __tablename__ = "account_link"

    digest: Mapped[str] = mapped_column(String(_DIGEST), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[dt.datetime]

    account: Mapped[Account] = relationship(lazy="raise")


class AccountEvent(Base):
    """What happened to an account, when, and by whom; never altered, and without the address it came from.

    Nobody's account is ``None``: a password was tried for an e-mail address that has none.
    """

    __tablename__ = "account_event"
    __table_args__ = (Index("ix_account_event_account_id", "account_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    happening: Mapped[Happening] = mapped_column(code_column(Happening))
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    detail: Mapped[str] = mapped_column(String(300), default="")


class Throttle(Base):
    """How often something was tried in the present window of time. ``key`` is a keyed digest of what is counted."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(_DIGEST), primary_key=True)
    started_at: Mapped[dt.datetime] = mapped_column(index=True)
    tries: Mapped[int]
