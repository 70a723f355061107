"""Looking at a file before it is imported. That plan and import tell the same, `tests.imports` asks of each import."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from finder.importing import Import, ManyChanges, MeetingGuide, Rules, plan_file
from finder.models import ImportRun, Provider, Source
from finder.models.connection import begin_writing
from tests.factories import A_CHANGE
from tests.imports import in_silence, looked_at_and_done
from tests.samples.feeds import FACTS, a_feed, a_meeting

_FEED = [a_meeting(name=f"Group {number}", day=number % 7) for number in range(30)]
_WHAT = Import(
    file_format=MeetingGuide(FACTS),
    source=Source(key=FACTS.source, name="Lakeview AA"),
    rules=Rules(whole=True, most_changes=0.2),
)


def test_a_look_at_a_file_waits_for_nobody_who_writes(engine: Engine, session: Session) -> None:
    with Session(engine) as writer:
        begin_writing(writer)
        writer.add(Source(key="another", name="Another"))
        writer.flush()

        report = plan_file(session, a_feed(*_FEED), _WHAT, A_CHANGE, progress=in_silence)

    assert report.created == 30
    assert session.scalars(select(Provider.id)).all() == []


def test_a_file_that_would_be_refused_is_told_of_all_the_same(session: Session) -> None:
    looked_at_and_done(session, a_feed(*_FEED), _WHAT, A_CHANGE)

    with pytest.raises(ManyChanges, match="lacks 10 of 30") as refused:
        plan_file(session, a_feed(*_FEED[:20]), _WHAT, A_CHANGE, progress=in_silence)

    report = refused.value.report
    assert (report.unchanged, report.not_in_file) == (20, 10)
    assert [(each.name, each.outcome) for each in report.differences] == [
        (f"Group {number}", "gone") for number in range(20, 30)
    ]


def test_the_whole_report_is_kept_with_the_import(session: Session) -> None:
    report = looked_at_and_done(session, a_feed(*_FEED), _WHAT, A_CHANGE)

    kept = session.scalars(select(ImportRun.report)).one()
    assert {**report.as_json(), "names": []} == kept
