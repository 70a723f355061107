"""The second factor: codes of an app that change every half minute (TOTP, RFC 6238), and recovery codes.

Passkeys, which do as well, are in `finder.accounts.passkeys`.
"""

import datetime as dt
import secrets
from base64 import b32decode, b32encode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from finder.accounts.keys import digest
from finder.models import Account, Passkey, RecoveryCode

RECOVERY_CODES = 10
_STEP_SECONDS = 30
_DIGITS = 6
_SECRET_BYTES = 20  # as long as the hash, RFC 4226, 4
_ISSUER = "Treatment finder"
# Without signs that look alike; 24 of 32 make 120 bits, more than anybody can try against a digest.
_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
_CODE_LENGTH = 24


def new_secret() -> str:
    """A secret for an app, in the base 32 that people type."""
    return b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def app_address(secret: str, email: str) -> str:
    """What the QR code says: ``otpauth://totp/...``."""
    return _totp(secret).get_provisioning_uri(email, _ISSUER)


def code_at(secret: str, now: dt.datetime) -> str:
    """The code that the app shows at a moment."""
    return _totp(secret).generate(now.timestamp()).decode()


def matching_step(secret: str, code: str, now: dt.datetime, *, after: int = 0) -> int | None:
    """The time step whose code this is, if it is the present one or one beside it, and later than ``after``.

    The neighbours are for clocks that are half a minute off. A step that was used is never taken again.
    """
    present = _step_at(now)
    for step in (present, present - 1, present + 1):
        if step > after and _is_code_of(secret, code, step):
            return step
    return None


def take_code(session: Session, account: Account, secret: str, code: str, now: dt.datetime) -> bool:
    """Whether the code is the one that an app with this secret shows; each is taken once, of two takers from one."""
    latest = _step_at(now) + 1
    # A step of the future was taken while the clock was wrong; it must not shut its owner out until then.
    used = account.totp_step if account.totp_step <= latest else 0
    step = matching_step(secret, code, now, after=used) if secret else None
    if step is None:
        return False
    is_unused = (Account.totp_step < step) | (Account.totp_step > latest)
    taken = session.execute(
        update(Account).where(Account.id == account.id, is_unused).values(totp_step=step).returning(Account.id)
    )
    return taken.first() is not None


def set_up(session: Session, account: Account, sealed_secret: str) -> list[str]:
    """Let the app with this secret be the second factor from now on; its recovery codes, to be shown once."""
    account.totp_secret = sealed_secret
    return renew_recovery_codes(session, account)


def remove(session: Session, account: Account) -> None:
    """Take all second factors away, so that the account must set up another before anything else."""
    account.totp_secret = ""
    for proof in (RecoveryCode, Passkey):
        session.execute(delete(proof).where(proof.account_id == account.id))
    session.flush()
    session.refresh(account, ["has_passkeys"])


def renew_recovery_codes(session: Session, account: Account) -> list[str]:
    """New recovery codes, to be shown once; those from before are void."""
    # Of two who ask for them at once the second waits here, and makes those of the first void.
    session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(account_id=account.id, digest=digest(code)) for code in codes)
    session.flush()
    return ["-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4)) for code in codes]


def take_recovery_code(session: Session, account: Account, typed: str) -> bool:
    """Whether it is one of the account's recovery codes that are left; it is used up by that."""
    code = "".join(sign for sign in typed.casefold() if sign.isalnum())
    mine = RecoveryCode.account_id == account.id
    taken = session.execute(
        delete(RecoveryCode).where(mine, RecoveryCode.digest == digest(code)).returning(RecoveryCode.digest)
    )
    return taken.first() is not None


def recovery_codes_left(session: Session, account: Account) -> int:
    """How many there are still."""
    return session.scalar(select(func.count()).where(RecoveryCode.account_id == account.id)) or 0


def _step_at(now: dt.datetime) -> int:
    return int(now.timestamp()) // _STEP_SECONDS


def _totp(secret: str) -> TOTP:
    # SHA-1, six digits and half a minute: what all apps know.
    return TOTP(b32decode(secret), _DIGITS, SHA1(), _STEP_SECONDS)  # noqa: S303 (the standard's own; no signature)


def _is_code_of(secret: str, code: str, step: int) -> bool:
    try:
        _totp(secret).verify(code.encode(), step * _STEP_SECONDS)
    except InvalidToken:
        return False
    return True
