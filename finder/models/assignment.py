"""Who looks after a listing."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from finder.models.account import LONGEST_EMAIL, Account
from finder.models.base import Base


class Assignment(Base):
    """The person who looks after a listing now; no fact of it, so its version and history don't know of it."""

    __tablename__ = "assignment"

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))

    account: Mapped[Account] = relationship(lazy="raise")
