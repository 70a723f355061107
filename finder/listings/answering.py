"""What people do with reports of problems: take them, answer them, open them again. Each step is kept."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from finder.domain.problem import UNANSWERED, ReportState, Step
from finder.listings.write import Change
from finder.models import Account, ProblemReport, ReportStep
from finder.models.problem_report import LONGEST_DETAIL

_SETTLED = {ReportState.RESOLVED: Step.RESOLVED, ReportState.REJECTED: Step.REJECTED}


def assign(session: Session, reports: Iterable[ProblemReport], to: Account | None, change: Change) -> None:
    """Let somebody work on reports, or put them back for anybody. The caller commits.

    Raises ``ValueError`` for a report that is answered.
    """
    for report in reports:
        _refuse_answered(report)
        report.state = ReportState.IN_REVIEW if to else ReportState.OPEN
        report.assigned_to = to
        _note(session, report, Step.ASSIGNED if to else Step.PUT_BACK, to.email if to else "", change)


def settle(session: Session, reports: Iterable[ProblemReport], state: ReportState, by: Account, change: Change) -> None:
    """Answer reports: what they say was mended (``resolved``), or is not so (``rejected``). The caller commits.

    The change's reason says in words what came of them. Raises as `assign` does, and ``KeyError`` for another state.
    """
    for report in reports:
        _refuse_answered(report)
        report.state = state
        report.assigned_to = by
        _note(session, report, _SETTLED[state], change.reason, change)


def reopen(session: Session, report: ProblemReport, change: Change) -> None:
    """Let an answered report wait again. The caller commits. Raises ``ValueError`` for one that does."""
    if report.state in UNANSWERED:
        raise ValueError(f"report {report.id} waits already")
    report.state, report.assigned_to = ReportState.OPEN, None
    _note(session, report, Step.REOPENED, change.reason, change)


def note_letter(session: Session, report: ProblemReport, change: Change) -> None:
    """Keep that whoever sent a report was written to; what the letter says isn't kept. The caller commits."""
    _note(session, report, Step.ANSWERED, "", change)


def _refuse_answered(report: ProblemReport) -> None:
    if report.state not in UNANSWERED:
        raise ValueError(f"report {report.id} is {report.state} already")


def _note(session: Session, report: ProblemReport, step: Step, detail: str, change: Change) -> None:
    session.add(ReportStep(report_id=report.id, at=change.at, by=change.by, step=step, detail=detail[:LONGEST_DETAIL]))
