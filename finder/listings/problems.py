"""Problems that visitors report: storing what they say, reading it, and forgetting their words in time."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from finder.domain.problem import UNANSWERED, Problem, ReportState
from finder.models import ProblemReport, Provider, ReportedProblem
from finder.models.problem_report import LONGEST_CONTACT, LONGEST_TEXT

WORDS_ARE_KEPT = dt.timedelta(days=90)
"""For how long a report's text and contact are kept; which listing, which problems and when stay."""

_PAGE = 50


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


@dataclass(frozen=True, slots=True)
class ReportedListing:
    """A listing with all its reports that are in a state of the queue, the oldest first."""

    provider_id: int
    name: str
    city: str
    state: str
    reports: list[ProblemReport]


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
    """All reports that nobody answered yet, the oldest first, with their problems and listings."""
    waiting = select(ProblemReport).where(ProblemReport.state.in_(UNANSWERED))
    whole = waiting.options(joinedload(ProblemReport.provider), selectinload(ProblemReport.problems))
    return list(session.scalars(whole.order_by(ProblemReport.created_at, ProblemReport.id)))


def report_queue(
    session: Session, state: ReportState, *conditions: ColumnElement[bool], limit: int = _PAGE, offset: int = 0
) -> list[ReportedListing]:
    """The listings with reports in a state, and all of those reports; three queries.

    What waits longest comes first, and before it where somebody was asked for money or offered gifts: signs of who is
    paid to fill beds. Of what was answered the newest comes first. The conditions, on `Provider` and `ProblemReport`,
    say which listings.
    """
    listings = _reported(state).where(*conditions).offset(offset).limit(limit)
    page = [ReportedListing(*row, reports=[]) for row in session.execute(listings)]
    of_page = ProblemReport.provider_id.in_([listing.provider_id for listing in page])
    for report in session.scalars(_with_all(ProblemReport.state == state, of_page)):
        next(each for each in page if each.provider_id == report.provider_id).reports.append(report)
    return page


def _reported(state: ReportState) -> Select[int, str, str, str]:
    row = Provider
    newest, oldest = func.max(ProblemReport.created_at).desc(), func.min(ProblemReport.created_at)
    brokering = select(ReportedProblem.report_id).where(
        ReportedProblem.report_id == ProblemReport.id, ReportedProblem.problem == Problem.BROKERING
    )
    urgent = func.max(case((brokering.exists(), 1), else_=0)).desc()
    return (
        select(row.id, row.name, row.city, row.state)
        .join(ProblemReport, ProblemReport.provider_id == row.id)
        .where(ProblemReport.state == state)
        .group_by(row.id, row.name, row.city, row.state)
        .order_by(*((urgent, oldest) if state in UNANSWERED else (newest,)), row.id)
    )


def unanswered_of(session: Session, provider_id: int) -> list[ProblemReport]:
    """The reports of a listing that nobody answered yet, the oldest first; two queries."""
    conditions = ProblemReport.provider_id == provider_id, ProblemReport.state.in_(UNANSWERED)
    return list(session.scalars(_with_all(*conditions)))


def report_with_id(session: Session, report_id: int) -> ProblemReport | None:
    """A report with its problems, its listing, who works on it and what was done; or ``None``."""
    whole = _with_all(ProblemReport.id == report_id).options(
        joinedload(ProblemReport.provider), selectinload(ProblemReport.steps)
    )
    return session.scalars(whole).one_or_none()


def _with_all(*conditions: ColumnElement[bool]) -> Select[ProblemReport]:
    whole = select(ProblemReport).where(*conditions)
    with_parts = whole.options(selectinload(ProblemReport.problems), joinedload(ProblemReport.assigned_to))
    return with_parts.order_by(ProblemReport.created_at, ProblemReport.id)


def say_the_same(one: ProblemReport, other: ProblemReport) -> bool:
    """Whether two reports are of one listing and have a problem in common."""
    problems = {row.problem for row in one.problems}
    return one.provider_id == other.provider_id and any(row.problem in problems for row in other.problems)


def forget_words(session: Session, now: dt.datetime) -> int:
    """Empty the text and the contact of every report older than `WORDS_ARE_KEPT`; gives how many had any.

    The caller commits.
    """
    old = update(ProblemReport).where(
        ProblemReport.created_at < now - WORDS_ARE_KEPT, or_(ProblemReport.text != "", ProblemReport.contact != "")
    )
    return session.connection().execute(old.values(text="", contact="")).rowcount
