"""Reports of problems are kept, read, and forgotten in time."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.problem import Problem, ReportState
from finder.listings.problems import WORDS_ARE_KEPT, Said, forget_words, open_reports, store_report
from finder.models import ProblemReport
from tests.factories import NOW, a_provider

A_MINUTE = dt.timedelta(minutes=1)


def test_what_a_visitor_says_is_kept_as_an_open_report(session: Session) -> None:
    provider = a_provider(session, name="Harbor House")
    said = Said(problems=frozenset({Problem.PHONE, Problem.MOVED}), text="It rings.", contact="ann@example.com")
    store_report(session, provider.id, said, NOW)
    session.commit()
    session.expunge_all()
    (report,) = open_reports(session)
    assert report.provider.name == "Harbor House"
    assert [row.problem for row in report.problems] == [Problem.MOVED, Problem.PHONE]
    assert (report.text, report.contact, report.created_at) == ("It rings.", "ann@example.com", NOW)


def test_reports_are_read_from_the_oldest_on(session: Session) -> None:
    provider = a_provider(session)
    for minutes in (2, 0, 1):
        said = Said(problems=frozenset({Problem.OTHER}), text=str(minutes))
        store_report(session, provider.id, said, NOW + minutes * A_MINUTE)
    assert [report.text for report in open_reports(session)] == ["0", "1", "2"]


def test_a_report_that_is_settled_waits_for_nobody(session: Session) -> None:
    report = store_report(session, a_provider(session).id, Said(problems=frozenset({Problem.CLOSED})), NOW)
    report.state = ReportState.RESOLVED
    session.flush()
    assert open_reports(session) == []


def test_words_are_forgotten_after_their_time_and_the_rest_stays(session: Session) -> None:
    said = Said(problems=frozenset({Problem.HOURS}), text="Closed on Mondays.", contact="312-555-0100")
    old = store_report(session, a_provider(session).id, said, NOW)
    assert forget_words(session, NOW + WORDS_ARE_KEPT) == 0
    assert forget_words(session, NOW + WORDS_ARE_KEPT + A_MINUTE) == 1
    session.refresh(old)
    assert (old.text, old.contact, old.created_at) == ("", "", NOW)
    assert len(open_reports(session)) == 1


def test_a_new_report_has_old_words_forgotten(session: Session) -> None:
    provider = a_provider(session)
    old = store_report(session, provider.id, Said(problems=frozenset({Problem.OTHER}), text="Long ago."), NOW)
    later = NOW + WORDS_ARE_KEPT + A_MINUTE
    new = store_report(session, provider.id, Said(problems=frozenset({Problem.OTHER}), text="Today."), later)
    texts = dict(session.execute(select(ProblemReport.id, ProblemReport.text)).all())
    assert texts == {old.id: "", new.id: "Today."}


@pytest.mark.parametrize(
    ("problems", "text", "contact"),
    [(set(), "", ""), ({Problem.OTHER}, "x" * 1001, ""), ({Problem.OTHER}, "", "x" * 201)],
)
def test_what_says_nothing_or_too_much_is_no_report(problems: set[Problem], text: str, contact: str) -> None:
    with pytest.raises(ValueError, match="a report"):
        Said(problems=frozenset(problems), text=text, contact=contact)
