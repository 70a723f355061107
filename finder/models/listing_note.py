"""What colleagues write down about a listing for each other."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base

LONGEST_NOTE = 2000


class ListingNote(Base):
    """One internal note about one listing: no fact of it, never public, never in its history."""

    __tablename__ = "listing_note"
    __table_args__ = (Index("ix_listing_note_provider_id", "provider_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    text: Mapped[str] = mapped_column(String(LONGEST_NOTE))
