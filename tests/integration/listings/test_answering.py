"""What people do with reports is kept, step by step, and nobody answers one twice."""

import pytest
from sqlalchemy.orm import Session

from finder.domain.problem import ReportState, Step
from finder.listings.answering import assign, note_letter, reopen, settle
from finder.listings.problems import open_reports, report_with_id
from tests.factories import A_CHANGE
from tests.queues import a_report
from tests.staff import an_account


def test_each_step_is_kept_with_who_did_it(session: Session) -> None:
    report = a_report(session)
    ana = session.merge(an_account(session))

    assign(session, [report], ana, A_CHANGE)
    assert open_reports(session) == [report]
    settle(session, [report], ReportState.REJECTED, ana, A_CHANGE)
    note_letter(session, report, A_CHANGE)
    assert open_reports(session) == []
    reopen(session, report, A_CHANGE)
    session.flush()

    found = report_with_id(session, report.id)
    assert found
    assert (found.state, found.assigned_to) == (ReportState.OPEN, None)
    assert [(each.step, each.detail, each.by) for each in found.steps] == [
        (Step.ASSIGNED, ana.email, "test"),
        (Step.REJECTED, "a test", "test"),
        (Step.ANSWERED, "", "test"),
        (Step.REOPENED, "a test", "test"),
    ]


def test_a_report_is_answered_once_and_opened_again_only_after_that(session: Session) -> None:
    report = a_report(session)
    ana = session.merge(an_account(session))
    with pytest.raises(ValueError, match="waits already"):
        reopen(session, report, A_CHANGE)
    settle(session, [report], ReportState.RESOLVED, ana, A_CHANGE)

    with pytest.raises(ValueError, match="is resolved already"):
        settle(session, [report], ReportState.REJECTED, ana, A_CHANGE)
    with pytest.raises(ValueError, match="is resolved already"):
        assign(session, [report], ana, A_CHANGE)
