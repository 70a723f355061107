"""What changed, when, by whom, why."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from finder.models.base import Base


class Revision(Base):
    """One saved change of one listing; written in the same transaction as the change, never altered after it.

    ``changes`` maps each field that changed to ``[before, after]`` in the JSON form of `finder.listings.history`; the
    first revision of a listing has every field that isn't empty.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("provider_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    version: Mapped[int]
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(300), default="")
    import_run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"), index=True)
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
