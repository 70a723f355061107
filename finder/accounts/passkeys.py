"""Passkeys as the second factor: a key on a telephone, a computer or a security key signs a challenge (WebAuthn).

Whether the key also asks its owner for a finger or a PIN is left to it ("preferred"): the password was given before,
so the key is the second proof in either case, and one that can't ask would be shut out otherwise.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import orjson
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from finder.models import Account, AccountSession, Passkey

LONGEST_ANSWER = 20_000
"""Characters of a key's answer that are read at all: several times those of the longest signature that there is."""

_NAME = "Treatment finder"
_PORTS = {"http": 80, "https": 443}
# The library looks into a key's parts without asking whether they are there, and what they are.
_UNREADABLE = (WebAuthnException, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Site:
    """For which site keys sign: its host name, and the origin that the browser must tell."""

    host: str
    origin: str

    @classmethod
    def at(cls, base_url: str) -> "Site":
        """The site that people reach under this address."""
        address = urlsplit(base_url)
        host, port = address.hostname or "", address.port
        is_usual = port is None or port == _PORTS[address.scheme]
        return cls(host, f"{address.scheme}://{host}" if is_usual else f"{address.scheme}://{host}:{port}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser says that a key answered to a challenge for this site: JSON, as `finder/frontend` sends it."""

    site: Site
    challenge: bytes
    text: str
    at: dt.datetime

    def told(self) -> dict[str, Any]:
        """The answer as JSON. Raises ``ValueError`` for what is none, and for what would exhaust a reader's stack."""
        told = orjson.loads(self.text[:LONGEST_ANSWER])
        if not self.challenge or not isinstance(told, dict):
            raise ValueError("nothing was asked, or the answer is no object")
        return told


class Proof(Enum):
    """What an answer to a challenge comes to."""

    RIGHT = "right"
    WRONG = "wrong"
    COPIED = "copied"  # right, but the key had signed more often before: there may be two of it


def of(session: Session, account: Account) -> Sequence[Passkey]:
    """The account's passkeys, the oldest first."""
    return session.scalars(select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.id)).all()


def ask_for_new(session: Session, record: AccountSession, site: Site, handle: bytes) -> str:
    """What the browser needs to make a passkey, in JSON; the challenge in it is kept with the session.

    ``handle`` is what the key knows the account by: 64 bytes that tell nothing about its owner.
    """
    account = record.account
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=_NAME,
        user_id=handle,
        user_name=account.email,
        user_display_name=account.name or account.email,
        exclude_credentials=_descriptors(session, account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            # Security keys have few places for keys that they list by themselves, and we say which ones we know.
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    record.challenge = options.challenge
    return options_to_json(options)


def ask_to_sign(session: Session, record: AccountSession, site: Site) -> str:
    """What the browser needs to let one of the account's passkeys sign, in JSON; the challenge is kept likewise."""
    options = generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_descriptors(session, record.account),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    record.challenge = options.challenge
    return options_to_json(options)


def take_challenge(session: Session, record: AccountSession) -> bytes:
    """The challenge of the session, which is used up by that: of two takers one gets it, the other nothing."""
    asked = record.challenge or b""
    mine = (AccountSession.id == record.id, AccountSession.challenge == asked)
    taken = session.execute(update(AccountSession).where(*mine).values(challenge=None).returning(AccountSession.id))
    return asked if taken.first() else b""


def add(session: Session, account: Account, answer: Answer, name: str) -> Passkey | None:
    """Keep the key that the browser made, or nothing where its answer isn't right or the key is known already."""
    try:
        made = verify_registration_response(
            credential=answer.told(),
            expected_challenge=answer.challenge,
            expected_rp_id=answer.site.host,
            expected_origin=answer.site.origin,
        )
    except _UNREADABLE:
        return None
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        return None
    passkey = Passkey(
        account_id=account.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        created_at=answer.at,
    )
    session.add(passkey)
    session.flush()
    session.refresh(account, ["has_passkeys"])
    return passkey


def prove(session: Session, account: Account, answer: Answer) -> tuple[Proof, Passkey | None]:
    """Whether one of the account's passkeys signed the challenge for this site, and which."""
    try:
        told = answer.told()
        passkey = _passkey(session, account, base64url_to_bytes(str(told.get("id"))))
        if passkey is None:
            return Proof.WRONG, None
        signed = verify_authentication_response(
            credential=told,
            expected_challenge=answer.challenge,
            expected_rp_id=answer.site.host,
            expected_origin=answer.site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # `_counts_on` compares, so that a copy is told from a mistake
        )
    except _UNREADABLE:
        return Proof.WRONG, None
    counts_on = _counts_on(session, passkey, signed.new_sign_count, answer.at)
    return (Proof.RIGHT if counts_on else Proof.COPIED), passkey


def remove(session: Session, account: Account, passkey: Passkey) -> bool:
    """Take a passkey away, unless it is the account's only second factor; whether it is gone."""
    # Of two who take away one of two keys each, the second waits here and sees what the first did.
    session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    if not account.totp_secret and len(of(session, account)) < 2:
        return False
    session.execute(delete(Passkey).where(Passkey.id == passkey.id))
    session.refresh(account, ["has_passkeys"])
    return True


def _descriptors(session: Session, account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in of(session, account)]


def _passkey(session: Session, account: Account, credential_id: bytes) -> Passkey | None:
    return session.scalar(
        select(Passkey).where(Passkey.account_id == account.id, Passkey.credential_id == credential_id)
    )


def _counts_on(session: Session, passkey: Passkey, count: int, now: dt.datetime) -> bool:
    """Note that a key was used; false where it doesn't say that it signed more often than it did before.

    Keys that don't count say 0 each time.
    """
    is_next = (Passkey.sign_count < count) | (Passkey.sign_count == 0) & (count == 0)
    used = update(Passkey).where(Passkey.id == passkey.id, is_next).values(sign_count=count, used_at=now)
    return session.execute(used.returning(Passkey.id)).first() is not None
