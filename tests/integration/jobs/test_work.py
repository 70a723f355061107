"""An import from the file to the listings, step by step."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.importing import UnreadableFile
from finder.importing.desk import how_far, taken
from finder.importing.jobs import KEPT, approve, ask_for_fetch, ask_for_file, discard
from finder.jobs import work_off
from finder.models import ImportJob, ImportRun, Provider, Revision, Source
from tests.factories import a_source
from tests.feed_server import Answer, FeedServer
from tests.import_jobs import a_feed_source, a_job, sent
from tests.samples.feeds import FORMATS, SERVICE_BODIES, a_bmlt_meeting, a_meeting
from tests.workshops import Background

_TEN = [a_meeting(name=f"Group {number}") for number in range(10)]


def as_json(document: object) -> bytes:
    return json.dumps(document).encode()


def approved(background: Background, job: ImportJob, **options: object) -> ImportJob:
    approve(background.session, job, by="eve@county.example", at=background.now, options=options)
    background.session.commit()
    return background.work(job)


def test_a_file_is_looked_at_and_changes_nothing_until_somebody_approves(
    background: Background, session: Session, source: Source
) -> None:
    job = background.work(background.upload(source, *_TEN))

    assert job.state is JobState.READY
    assert job.report["counts"]["created"] == 10
    assert background.listings() == 0

    approved(background, job)

    run = session.get_one(ImportRun, job.import_run_id)
    assert (job.state, background.listings()) == (JobState.APPLIED, 10)
    assert (run.by, run.file_name, run.file_sha256) == ("eve@county.example", "meetings.json", job.file_sha256)
    assert set(session.scalars(select(Revision.by))) == {"eve@county.example"}


def test_a_file_with_a_mistake_fails_in_plain_words(background: Background, source: Source) -> None:
    file, name = sent(b'{"error": "busy"}')
    job = ask_for_file(background.session, source, file, name, by="ana", at=background.now, folder=background.folder)
    background.session.commit()

    background.work(job)

    assert job.state is JobState.FAILED
    assert "no JSON file with a list of rows" in job.trouble


def test_a_file_that_would_change_more_than_is_believable_asks(background: Background, source: Source) -> None:
    approved(background, background.work(background.upload(source, *_TEN)))

    job = background.work(background.upload(source, *_TEN[:2]))

    assert job.state is JobState.ASKS
    assert "lacks 8 of 10 listings" in job.trouble
    with pytest.raises(ValueError, match="more than is believable"):
        approve(background.session, job, by="eve", at=background.now, options={})
    approved(background, job, allow_many_changes=True, retire_gone=True)
    assert (job.state, job.report["counts"]["retired_gone"]) == (JobState.APPLIED, 8)


def test_what_became_unbelievable_after_it_was_approved_asks_again(background: Background, source: Source) -> None:
    approved(background, background.work(background.upload(source, *_TEN[:2])))
    small = background.work(background.upload(source, *_TEN[:2]))
    approved(background, background.work(background.upload(source, *_TEN)))

    approved(background, small)

    assert small.state is JobState.ASKS
    assert background.listings() == 10


def test_an_import_that_is_discarded_is_not_worked_on(background: Background, source: Source) -> None:
    job = background.upload(source)
    discard(background.session, job, by="eve@county.example", at=background.now)
    background.session.commit()

    background.work(job)

    assert (job.state, job.trouble) == (JobState.DISCARDED, "Discarded by eve@county.example.")
    with pytest.raises(ValueError, match="any more"):
        approve(background.session, job, by="eve", at=background.now, options={})


@pytest.mark.parametrize("state", [JobState.APPLYING, JobState.APPLIED, JobState.FAILED, JobState.UNCHANGED])
def test_what_has_ended_or_is_being_applied_can_t_be_discarded(
    background: Background, source: Source, state: JobState
) -> None:
    job = a_job(background.session, source, state)

    with pytest.raises(ValueError, match="any more"):
        discard(background.session, job, by="eve", at=background.now)


def test_a_decision_comes_too_late_after_a_week(background: Background, source: Source) -> None:
    job = background.work(background.upload(source))

    with pytest.raises(ValueError, match="any more"):
        approve(background.session, job, by="eve", at=background.now + KEPT * 2, options={})


@pytest.mark.parametrize(
    ("was", "becomes"), [(JobState.PREVIEWING, JobState.READY), (JobState.APPLYING, JobState.APPLIED)]
)
def test_a_job_whose_process_died_begins_again(
    background: Background, source: Source, was: JobState, becomes: JobState
) -> None:
    job = background.upload(source)
    job.state = was
    background.session.commit()

    background.work(job)

    assert job.state is becomes


def test_a_job_is_worked_on_by_one_process_at_a_time(background: Background, source: Source) -> None:
    job = background.upload(source)

    with taken(background.folder, job.id) as desk:
        assert desk
        desk.tell(3, 10)
        assert not work_off(background.session, job.id, background.workshop)
        assert how_far(background.folder, job.id) == (1, 3, 10)
    background.work(job)

    assert job.state is JobState.READY
    assert how_far(background.folder, job.id) == (0, 0, 0)


def test_a_job_that_takes_its_process_along_is_given_up(background: Background, source: Source) -> None:
    job = background.upload(source)
    for _ in range(5):
        with taken(background.folder, job.id):
            """The process that works on it dies."""

    background.work(job)

    assert job.state is JobState.FAILED
    assert "begun five times" in job.trouble


def test_progress_is_told_while_the_import_holds_the_database(background: Background, source: Source) -> None:
    job = background.work(background.upload(source, *_TEN))
    approve(background.session, job, by="eve", at=background.now, options={})
    background.session.commit()
    told: list[tuple[int, int, int]] = []

    work_off(
        background.session,
        job.id,
        background.workshop,
        lambda _done, _total: told.append(how_far(background.folder, job.id)),
    )

    assert told[-1] == (1, 10, 10)


def test_a_file_that_is_gone_is_told(background: Background, source: Source) -> None:
    job = background.upload(source)
    for path in background.folder.glob("*/file-*"):
        path.unlink()

    assert "Choose it again" in background.work(job).trouble


def test_files_can_be_read_by_nobody_else(background: Background, source: Source) -> None:
    job = background.upload(source)

    assert {path.stat().st_mode & 0o077 for path in (background.folder, background.folder / job.stored_as)} == {0}


def test_what_is_at_the_address_is_fetched_and_looked_at(
    background: Background, feed: Source, publisher: FeedServer
) -> None:
    job = background.work(background.ask(feed))

    assert (job.state, job.file_name) == (JobState.READY, "feed")
    assert (feed.etag, feed.fetched_at, feed.failures) == ('"1"', background.now, 0)
    assert "If-None-Match" not in publisher.requests[0][1]


def test_a_bmlt_server_is_asked_for_meetings_formats_and_service_bodies(
    background: Background, session: Session, publisher: FeedServer
) -> None:
    where = "/main_server/client_interface/json/"
    publisher.answers |= {
        f"{where}?switcher=GetSearchResults&services=3": Answer(as_json([a_bmlt_meeting()])),
        f"{where}?switcher=GetFormats": Answer(as_json(FORMATS)),
        f"{where}?switcher=GetServiceBodies": Answer(as_json(SERVICE_BODIES)),
    }
    address = publisher.url("/main_server/?services=3")
    na = a_feed_source(session, "na-lakeview", format="bmlt", options={}, address=address)
    session.commit()

    approved(background, background.work(background.ask(na)))

    assert session.scalars(select(Provider.name)).one() == "Just One Day"


def test_a_source_that_can_t_be_fetched_says_why(background: Background, session: Session, source: Source) -> None:
    with pytest.raises(UnreadableFile, match="no address"):
        ask_for_fetch(session, source, by="ana", at=background.now)
    with pytest.raises(UnreadableFile, match="which format"):
        ask_for_fetch(session, a_source(session, "list"), by="ana", at=background.now)


def test_two_who_ask_for_the_same_fetch_get_one(background: Background, feed: Source) -> None:
    assert background.ask(feed).id == background.ask(feed).id
