"""Passkeys: keys on a telephone, a computer or a security key that prove who somebody is."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.base import Base

LONGEST_KEY_NAME = 60
_LONGEST_CREDENTIAL_ID = 1023  # bytes, WebAuthn Level 2, 4


class Passkey(Base):
    """One passkey of a person; what we keep of it signs nothing.

    ``sign_count`` is how often the key said that it had signed, up to 2**32 - 1; most keys of telephones always say 0.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(_LONGEST_CREDENTIAL_ID), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(LONGEST_KEY_NAME))
    created_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
