"""The rules of reviews that administrators set in place of the shipped ones."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from finder.domain.review import FieldGroup
from finder.models.account import LONGEST_EMAIL
from finder.models.base import Base, code_column


class PolicyChange(Base):
    """Another rule for one group of facts, for checks from then on.

    Rows are added and never altered: the newest of its group counts.
    """

    __tablename__ = "policy_change"
    __table_args__ = (
        CheckConstraint("days BETWEEN 1 AND 3650", name="days"),
        CheckConstraint("importance BETWEEN 1 AND 10", name="importance"),
        Index("ix_policy_change_field_group", "field_group", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    field_group: Mapped[FieldGroup] = mapped_column(code_column(FieldGroup))
    days: Mapped[int]
    importance: Mapped[int]
    essential: Mapped[bool]
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
