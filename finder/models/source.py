"""Where listings come from."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.base import Base


class Source(Base):
    """A feed or file that listings come from, and what must be said of it on pages that show them.

    ``fictional`` marks demonstration data: every page then says so, and the first real listing takes it off.

    A source with a ``format`` (a key of `finder.importing.recipes.FORMATS`) can be imported without saying how again:
    ``options`` are that format's own, such as whose meetings they are or which column means what. One with an
    ``address`` as well is fetched from there, every so many hours; ``etag`` and ``modified`` are what its server said
    of the last answer, ``due_at`` is when it is asked again, and ``trouble`` why that failed the last ``failures``
    times.
    """

    __tablename__ = "source"
    __table_args__ = (CheckConstraint("every_hours > 0", name="every_hours"), Index("ix_source_due_at", "due_at"))

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    attribution: Mapped[str] = mapped_column(String(500), default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    fictional: Mapped[bool] = mapped_column(default=False)

    format: Mapped[str] = mapped_column(String(20), default="")
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    address: Mapped[str] = mapped_column(String(500), default="")
    every_hours: Mapped[int | None]
    etag: Mapped[str] = mapped_column(String(200), default="")
    modified: Mapped[str] = mapped_column(String(100), default="")
    fetched_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(500), default="")


class KnownAs(Base):
    """One more name by which a source knows a listing: an earlier one of its own source, or another source's.

    ``facts`` are what another source told last, in the JSON form of `finder.listings.history`; they add to what the
    listing's own source tells. Of an earlier name there are none.
    """

    __tablename__ = "known_as"

    source_key: Mapped[str] = mapped_column(ForeignKey("source.key"), primary_key=True)
    source_ref: Mapped[str] = mapped_column(String(100), primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
