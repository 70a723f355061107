"""Sources that are fetched by their timetable, and what is cleared away."""

import datetime as dt
import os

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.importing.jobs import KEPT, approve
from finder.importing.timetable import fetch_every, forget_last_answer, pause, resume
from finder.jobs.sweep import ENDED_ARE_KEPT
from finder.models import ImportJob, ImportRun, Revision, Source
from tests.feed_server import Answer, FeedServer
from tests.import_jobs import feed_bytes
from tests.samples.feeds import a_meeting
from tests.workshops import Background

HOUR = dt.timedelta(hours=1)
_TEN = [a_meeting(name=f"Group {number}") for number in range(10)]


def published(publisher: FeedServer, etag: str, *meetings: dict[str, object]) -> None:
    """Let the publisher have these meetings from now on."""
    publisher.answers["/feed"] = Answer(feed_bytes(*meetings), headers={"ETag": etag} if etag else {})


def next_time(background: Background) -> list[JobState]:
    """What becomes of the jobs that the sources' next time makes."""
    background.now += 7 * HOUR
    return [job.state for job in background.minute()]


@pytest.fixture
def trusted(background: Background, feed: Source, publisher: FeedServer) -> Source:
    """A source whose first import a person approved: ten groups."""
    published(publisher, '"1"', *_TEN)
    (job,) = background.minute()
    approve(background.session, job, by="eve@county.example", at=background.now, options={})
    background.session.commit()
    background.work(job)
    return feed


def test_the_first_import_of_a_source_waits_for_a_person(background: Background, feed: Source) -> None:
    assert [job.state for job in background.minute()] == [JobState.READY]
    assert background.listings() == 0
    assert feed.due_at
    assert 5 * HOUR < feed.due_at - background.now < 7 * HOUR
    assert next_time(background) == []  # it still waits


def test_the_following_ones_are_applied_in_the_source_s_name(
    background: Background, session: Session, trusted: Source, publisher: FeedServer
) -> None:
    published(publisher, '"2"', *_TEN, a_meeting(name="New"))

    assert next_time(background) == [JobState.APPLIED]
    assert background.listings() == 11
    assert session.scalars(select(Revision.by).order_by(Revision.id.desc())).first() == trusted.name


def test_nothing_is_imported_where_nothing_is_new(
    background: Background, trusted: Source, publisher: FeedServer
) -> None:
    assert next_time(background) == [JobState.UNCHANGED]
    assert publisher.requests[-1][1]["If-None-Match"] == '"1"'

    published(publisher, "", *_TEN)  # a server that knows no ETag
    assert next_time(background) == [JobState.UNCHANGED]
    assert trusted.fetched_at == background.now


def test_the_same_file_is_imported_again_once_somebody_says_what_else_is_made_of_it(
    background: Background, session: Session, trusted: Source
) -> None:
    trusted.options = {"fellowship": "smart"}
    forget_last_answer(trusted)
    session.commit()

    assert next_time(background) == [JobState.ASKS]  # every listing would change


@pytest.mark.usefixtures("trusted")
def test_a_feed_that_lost_much_asks(background: Background, publisher: FeedServer) -> None:
    published(publisher, '"2"', *_TEN[:1])

    assert next_time(background) == [JobState.ASKS]


@pytest.mark.usefixtures("trusted")
def test_an_import_that_was_taken_back_is_not_repeated_by_itself(
    background: Background, session: Session, publisher: FeedServer
) -> None:
    session.scalars(select(ImportRun)).one().undone_at = background.now
    session.commit()
    published(publisher, '"2"', *_TEN, a_meeting(name="New"))

    assert next_time(background) == [JobState.READY]


def test_a_source_that_fails_is_tried_again_soon_and_then_less_often(
    background: Background, feed: Source, publisher: FeedServer
) -> None:
    publisher.answers["/feed"] = Answer(status=503)
    waits = []
    for _ in range(9):
        assert [job.state for job in background.minute()] == [JobState.FAILED]
        assert feed.due_at
        waits.append(feed.due_at - background.now)
        background.now = feed.due_at

    assert dt.timedelta(minutes=4) < waits[0] < dt.timedelta(minutes=6)
    assert waits[0] < waits[1] < waits[2] < waits[3]
    assert 5 * HOUR < waits[-1] < 7 * HOUR
    assert (feed.failures, "answered 503" in feed.trouble) == (9, True)

    published(publisher, '"1"', *_TEN)
    background.minute()
    assert (feed.failures, feed.trouble) == (0, "")


def test_a_server_that_wants_to_be_left_alone_is(background: Background, feed: Source, publisher: FeedServer) -> None:
    publisher.answers["/feed"] = Answer(status=429, headers={"Retry-After": "172800"})

    background.minute()

    assert feed.due_at == background.now + dt.timedelta(days=2)


def test_a_file_that_can_t_be_read_is_fetched_again_even_if_it_is_the_same(
    background: Background, feed: Source, publisher: FeedServer
) -> None:
    publisher.answers["/feed"] = Answer(b"Database error", headers={"ETag": '"1"'})

    assert [job.state for job in background.minute()] == [JobState.FAILED]
    assert "no JSON file" in feed.trouble
    assert feed.etag == ""


def test_a_source_that_is_paused_is_not_fetched_until_it_goes_on(
    background: Background, session: Session, feed: Source
) -> None:
    pause(feed)
    session.commit()
    assert background.minute() == []

    resume(feed, background.now)
    session.commit()
    assert len(background.minute()) == 1

    fetch_every(feed, None, background.now)
    with pytest.raises(ValueError, match="no timetable"):
        resume(feed, background.now)


def test_a_timetable_without_an_address_stops_and_says_so(
    background: Background, session: Session, feed: Source
) -> None:
    feed.address = ""
    session.commit()

    assert background.minute() == []
    assert (feed.due_at, "no address" in feed.trouble) == (None, True)


@pytest.mark.usefixtures("feed")
def test_what_nobody_decides_within_a_week_is_discarded_and_fetched_anew(background: Background) -> None:
    (job,) = background.minute()
    background.now += KEPT + HOUR

    (again,) = background.minute()

    assert (job.state, again.state) == (JobState.DISCARDED, JobState.READY)


def test_files_that_nobody_needs_are_removed(background: Background, source: Source) -> None:
    job = background.work(background.upload(source))
    needed = job.stored_as
    background.upload(source)
    background.session.delete(background.session.get_one(ImportJob, job.id + 1))
    background.session.commit()
    (background.folder / "job-7").touch()  # of a process that died
    for path in background.folder.iterdir():
        os.utime(path, (0, 0))

    background.minute()

    assert background.files() == [needed]


def test_jobs_that_ended_are_forgotten_after_a_month(background: Background, session: Session, feed: Source) -> None:
    feed.address = feed.address.replace("/feed", "/nothing")
    session.commit()
    background.minute()
    pause(feed)
    session.commit()
    background.now += ENDED_ARE_KEPT + HOUR

    background.minute()

    assert session.scalars(select(ImportJob)).all() == []
