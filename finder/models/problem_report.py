"""What visitors report of listings, and what was done about it."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from finder.domain.problem import Problem, ReportState, Step
from finder.models.account import LONGEST_EMAIL, Account
from finder.models.base import Base, code_column
from finder.models.provider import Provider

LONGEST_TEXT = 1000
LONGEST_CONTACT = 200
LONGEST_DETAIL = 500


class ProblemReport(Base):
    """One report of one listing; nothing of who sent it but the ``contact`` that they chose to leave.

    ``assigned_to`` is who works on it, or who settled it.
    """

    __tablename__ = "problem_report"
    __table_args__ = (Index("ix_problem_report_state", "state", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    state: Mapped[ReportState] = mapped_column(code_column(ReportState), default=ReportState.OPEN)
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    contact: Mapped[str] = mapped_column(String(LONGEST_CONTACT), default="")
    created_at: Mapped[dt.datetime] = mapped_column(index=True)
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)

    provider: Mapped[Provider] = relationship(lazy="raise")
    assigned_to: Mapped[Account | None] = relationship(lazy="raise")
    problems: Mapped[list["ReportedProblem"]] = relationship(lazy="raise", order_by="ReportedProblem.problem")
    steps: Mapped[list["ReportStep"]] = relationship(lazy="raise", order_by="ReportStep.id")


class ReportedProblem(Base):
    """One of the things that a report says are wrong."""

    __tablename__ = "reported_problem"

    report_id: Mapped[int] = mapped_column(ForeignKey("problem_report.id"), primary_key=True)
    problem: Mapped[Problem] = mapped_column(code_column(Problem), primary_key=True)


class ReportStep(Base):
    """What somebody did with a report, and when; never altered.

    ``detail`` says to whom it was given, or in words what came of it.
    """

    __tablename__ = "report_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("problem_report.id"), index=True)
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    step: Mapped[Step] = mapped_column(code_column(Step))
    detail: Mapped[str] = mapped_column(String(LONGEST_DETAIL), default="")
