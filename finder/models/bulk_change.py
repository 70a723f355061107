"""What was done to many listings at once, so that it can be taken back at once."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.domain.bulk import Deed
from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base, code_column


class BulkChange(Base):
    """One thing done to many listings. ``detail`` says what exactly: a tag, a person, a reason."""

    __tablename__ = "bulk_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[Deed] = mapped_column(code_column(Deed))
    detail: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")


class BulkChangeItem(Base):
    """One of these listings. ``version`` is that of the revision which was made, if its facts changed.

    ``before`` is what no revision knows: how its groups stood, by field group, or who looked after it.
    """

    __tablename__ = "bulk_change_item"
    __table_args__ = ({"sqlite_with_rowid": False},)

    bulk_change_id: Mapped[int] = mapped_column(ForeignKey("bulk_change.id"), primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    version: Mapped[int | None]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
