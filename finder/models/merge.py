"""Listings that may be one and the same, and those that were made one."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from finder.domain.duplicates import Decision
from finder.models.base import Base, code_column


class DuplicatePair(Base):
    """Two listings that look like one, and what a person decided about them; the one with the lower id comes first.

    ``score`` is from 0 to 100; ``reasons`` are those of `finder.domain.duplicates.Reason`.
    """

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name="decided"),
        Index("ix_duplicate_pair_decision", "decision", "score", "first_id", "second_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    score: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    decision: Mapped[Decision] = mapped_column(code_column(Decision), default=Decision.OPEN)
    decided_by: Mapped[str] = mapped_column(String(100), default="")
    decided_at: Mapped[dt.datetime | None]


class Merge(Base):
    """One listing was made part of another: its address leads there until the merge is undone.

    ``fields`` are the facts that the kept listing took from the other. The versions are those that the merge made.
    """

    __tablename__ = "merge"
    __table_args__ = (CheckConstraint("kept_id <> retired_id", name="two"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    retired_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    kept_version: Mapped[int]
    retired_version: Mapped[int]
    fields: Mapped[list[str]] = mapped_column(JSON)
    merged_at: Mapped[dt.datetime]
    merged_by: Mapped[str] = mapped_column(String(100))
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str] = mapped_column(String(100), default="")
