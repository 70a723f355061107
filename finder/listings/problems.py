"""Problems that visitors report: storing what they say, reading it, and forgetting their words in time."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from finder.domain.problem import Problem, ReportState
from finder.models import ProblemReport, ReportedProblem
from finder.models.problem_report import LONGEST_CONTACT, LONGEST_TEXT

WORDS_ARE_KEPT = dt.timedelta(days=90)
"""For how long a report's text and contact are kept; which listing, which problems and when stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a visitor says is wrong with a listing.

    Raises ``ValueError`` where nothing is, and for a text of more than 1,000 or a contact of more than 200 characters.
    """

    problems: frozenset[Problem]
    text: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        if not self.problems:
            raise ValueError("a report names at least one problem")
        if len(self.text) > LONGEST_TEXT or len(self.contact) > LONGEST_CONTACT:
            raise ValueError("a report has a longer text or contact than is kept")


def store_report(session: Session, provider_id: int, said: Said, now: dt.datetime) -> ProblemReport:
    """Keep a report as open, and forget the words of old ones. The caller commits."""
    forget_words(session, now)
    report = ProblemReport(
        provider_id=provider_id,
        state=ReportState.OPEN,
        text=said.text,
        contact=said.contact,
        created_at=now,
        problems=[ReportedProblem(problem=problem) for problem in sorted(said.problems)],
    )
    session.add(report)
    session.flush()
    return report


def open_reports(session: Session) -> list[ProblemReport]:
    """All reports that wait for somebody, the oldest first, with their problems and listings."""
    waiting = select(ProblemReport).where(ProblemReport.state == ReportState.OPEN)
    whole = waiting.options(joinedload(ProblemReport.provider), selectinload(ProblemReport.problems))
    return list(session.scalars(whole.order_by(ProblemReport.created_at, ProblemReport.id)))


def forget_words(session: Session, now: dt.datetime) -> int:
    """Empty the text and the contact of every report older than `WORDS_ARE_KEPT`; gives how many had any.

    The caller commits.
    """
    old = update(ProblemReport).where(
        ProblemReport.created_at < now - WORDS_ARE_KEPT, or_(ProblemReport.text != "", ProblemReport.contact != "")
    )
    return session.connection().execute(old.values(text="", contact="")).rowcount
