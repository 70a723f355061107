"""The dashboard of those who keep the listings true."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.listing import Status
from finder.domain.problem import Step
from finder.extensions import db
from finder.listings import amend
from finder.models import ImportRun, ProblemReport, ReportStep
from tests.clock import set_clock
from tests.databases import counted_queries
from tests.factories import A_CHANGE, a_provider, a_source, tags
from tests.staff import START, StaffClient, an_account

_PLOT = re.compile(r'<section class="plot">\s*<h2[^>]*>([^<]+)</h2>(.*?)</section>', re.DOTALL)
_ROW = re.compile(r'<th scope="row"[^>]*>([^<]+)</th>((?:<td[^>]*>[^<]*</td>)+)')
_CELL = re.compile(r"<td[^>]*>([^<]*)</td>")


def figures(page: str, title: str) -> dict[str, list[str]]:
    """The table below a plot: its rows by their labels."""
    plots = dict(_PLOT.findall(page))
    return {label: _CELL.findall(cells) for label, cells in _ROW.findall(plots[title])}


def dashboard(staff: StaffClient) -> str:
    """The page."""
    return staff.get("/admin/dashboard").text


@pytest.fixture
def viewer(session: Session, staff: StaffClient) -> None:
    """Somebody who looks at everything is signed in."""
    staff.sign_in(an_account(session, Role.VIEWER))


@pytest.mark.usefixtures("viewer")
def test_an_empty_directory_has_a_dashboard(staff: StaffClient) -> None:
    assert "Nothing was imported yet." in dashboard(staff)


@pytest.mark.usefixtures("viewer")
def test_published_listings_are_counted_by_kind_of_help_and_state(staff: StaffClient, session: Session) -> None:
    a_provider(session, tags=tags("level_of_care:detox", "level_of_care:inpatient"))
    a_provider(session, tags=tags("level_of_care:detox"), state="WI", county="Dane County")
    a_provider(session, tags=tags("level_of_care:detox"), status=Status.DRAFT, review_reason="new")
    session.commit()

    page = dashboard(staff)

    levels = figures(page, "Published listings by kind of help")
    assert levels["Detox"] == ["2"]
    assert levels["Outpatient"] == ["0"]
    assert figures(page, "Published listings by state")["Illinois"] == ["1", "1", "1", "0", "0"]
    assert re.search(r"Drafts that wait</dt><dd>1<", page)


@pytest.mark.usefixtures("viewer")
def test_listings_stand_by_the_day_of_their_last_check(staff: StaffClient, session: Session) -> None:
    for days in (0, 30, 31, 365, 366):
        a_provider(session, verified_on=START.date() - dt.timedelta(days=days))
    a_provider(session, verified_on=None)
    session.commit()

    counted = figures(dashboard(staff), "When listings were last checked")

    assert counted == {
        "up to 30 days": ["2"],
        "up to 90 days": ["1"],
        "up to 180 days": ["0"],
        "up to 365 days": ["1"],
        "longer ago": ["1"],
        "never checked": ["1"],
    }


@pytest.mark.usefixtures("viewer")
def test_facts_are_overdue_by_their_group(staff: StaffClient, session: Session) -> None:
    a_provider(session, verified_on=START.date() - dt.timedelta(days=200), schedules=(), website="")
    a_provider(session, verified_on=START.date(), schedules=(), website="")
    hidden = a_provider(session, verified_on=START.date() - dt.timedelta(days=200))
    amend(session, {hidden.id: {"status": Status.HIDDEN}}, A_CHANGE)
    session.commit()

    overdue = figures(dashboard(staff), "Facts overdue for a check")

    assert overdue["Phone"] == ["2", "1", "50%"]
    assert overdue["Address"] == ["2", "0", "0%"]


@pytest.mark.usefixtures("viewer")
def test_reports_are_told_week_by_week(staff: StaffClient, session: Session) -> None:
    listing = a_provider(session)
    for age in (0, 1, 8, 100):  # the clock stands on a Monday
        report = ProblemReport(provider_id=listing.id, created_at=START - dt.timedelta(days=age))
        session.add(report)
    session.flush()
    session.add(ReportStep(report_id=report.id, at=START, by="ada", step=Step.RESOLVED))
    session.add(ReportStep(report_id=report.id, at=START, by="ada", step=Step.ASSIGNED))
    session.commit()

    weeks = figures(dashboard(staff), "Problem reports, week by week")

    assert list(weeks.items())[-3:] == [
        ("2026-10-19", ["1", "0"]),
        ("2026-10-26", ["1", "0"]),
        ("2026-11-02", ["1", "1"]),
    ]


@pytest.mark.usefixtures("viewer")
def test_an_import_that_is_long_ago_is_marked(staff: StaffClient, session: Session) -> None:
    counts = {"created": 12164, "updated": 3, "unchanged": 0, "rejected": 7}
    for key, days in (("old", 121), ("new", 120)):
        a_source(session, key, name=f"The {key} list")
        session.flush()
        at = START - dt.timedelta(days=days)
        session.add(ImportRun(source_key=key, file_name="x", file_sha256="", by="ada", started_at=at, counts=counts))
    session.commit()

    page = re.sub(r"\s+", " ", dashboard(staff))

    assert 'The old list</strong> <span class="govuk-tag govuk-tag--yellow">Old</span>' in page
    assert "The new list</strong> <br>" in page
    assert "12,164 new, 3 changed, 0 as they were, 7 rows left out" in page


def test_who_looks_after_a_part_sees_the_figures_of_that_part(staff: StaffClient, session: Session) -> None:
    for state in ("IL", "IL", "WI"):
        listing = a_provider(session, state=state, verified_on=dt.date(2020, 1, 1))
        session.add(ProblemReport(provider_id=listing.id, created_at=START))
    session.commit()
    staff.sign_in(an_account(session, Role.REPRESENTATIVE, Scope(state="WI")))

    page = dashboard(staff)

    assert "Counted are the listings that you look after." in page
    assert figures(page, "Published listings by state") == {"Wisconsin": ["1", "0", "0", "1", "0"]}
    assert figures(page, "When listings were last checked")["longer ago"] == ["1"]
    assert figures(page, "Facts overdue for a check")["Phone"] == ["1", "1", "100%"]
    assert figures(page, "Problem reports, week by week")["2026-11-02"] == ["1", "0"]
    assert re.search(r"Reports to answer</dt><dd>1<", page)


@pytest.mark.usefixtures("viewer")
def test_the_dashboard_takes_the_same_few_queries_however_large_the_directory(
    staff: StaffClient, staff_app: Flask, session: Session
) -> None:
    set_clock(staff_app, START)
    asked = []
    for listings in (1, 6):
        for _ in range(listings):
            a_provider(session)
        session.commit()
        dashboard(staff)
        with staff_app.app_context(), counted_queries(db.engine) as queries:
            dashboard(staff)
        asked.append(len([query for query in queries if "directory_version" not in query]))

    assert asked == [10, 10], "the session and its account; overdue; reports, 2; what waits; sources, 3; conflicts"
