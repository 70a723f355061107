"""What was checked of each listing, and how each group of its facts stands."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.domain.review import CheckMethod, CheckResult, FieldGroup
from finder.models.base import Base, code_column


class Check(Base):
    """One check of one group of facts; written once, never altered.

    ``counts_until`` is the day on which the group is due again; there is none where nobody could be reached.
    """

    __tablename__ = "fact_check"  # CHECK is a word of SQL
    __table_args__ = (
        CheckConstraint("(result = 'could_not_reach') = (counts_until IS NULL)", name="counts_until"),
        Index("ix_fact_check_provider_id", "provider_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    field_group: Mapped[FieldGroup] = mapped_column(code_column(FieldGroup))
    checked_on: Mapped[dt.date]
    method: Mapped[CheckMethod] = mapped_column(code_column(CheckMethod))
    result: Mapped[CheckResult] = mapped_column(code_column(CheckResult))
    counts_until: Mapped[dt.date | None]
    by: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(String(500), default="")
    recorded_at: Mapped[dt.datetime]


class Standing(Base):
    """How one group of facts stands: the newest check that found it true, drawn from `Check` for the work queue.

    There is a row for each group of which the listing says something. ``checked_on`` and ``method`` are empty where
    nobody ever checked it. ``tried_on`` is when somebody last tried to ask and reached nobody.
    """

    __tablename__ = "standing"
    __table_args__ = (
        CheckConstraint("(checked_on IS NULL) = (method IS NULL)", name="checked"),
        Index("ix_standing_due", "field_group", "due_on", "provider_id"),
        {"sqlite_with_rowid": False},
    )

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    field_group: Mapped[FieldGroup] = mapped_column(code_column(FieldGroup), primary_key=True)
    checked_on: Mapped[dt.date | None]
    method: Mapped[CheckMethod | None] = mapped_column(code_column(CheckMethod))
    due_on: Mapped[dt.date]
    tried_on: Mapped[dt.date | None]
