"""Letters that ask a place whether its facts are true."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base


class Confirmation(Base):
    """One letter with a link that works once; only the digest of the link's token is kept.

    ``answered_at`` is empty until somebody answered; what they said is in checks and in a report.
    """

    __tablename__ = "confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    sent_to: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    asked_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    asked_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]
