"""When somebody last made sure of a helpline."""

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base

LONGEST_CHECK_NOTE = 300


class HelplineCheck(Base):
    """Somebody compared what we tell of a helpline with the page of who runs it; added, never altered."""

    __tablename__ = "helpline_check"
    __table_args__ = (Index("ix_helpline_check_helpline", "helpline", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    helpline: Mapped[str] = mapped_column(String(40))
    checked_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(String(LONGEST_CHECK_NOTE), default="")
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
