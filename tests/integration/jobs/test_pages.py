"""An import of a list that its server gives in pages."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from finder.config import Settings
from finder.domain.importing import JobState
from finder.extensions import db
from finder.importing.desk import how_far
from finder.importing.jobs import approve
from finder.importing.timetable import resume
from finder.jobs import work_off
from finder.listings import save_all
from finder.models import ImportJob, Provider, Source
from tests.databases import SqliteDatabases
from tests.factories import A_CHANGE, a_source, drafts_of_several_towns
from tests.feed_server import Answer, FeedServer
from tests.import_jobs import a_feed_source
from tests.samples.human_services import a_service
from tests.workshops import Background

_DRAFTS = list(drafts_of_several_towns(5))


@pytest.fixture
def neighbor(sqlite_databases: SqliteDatabases, tmp_path: Path, make_app: Callable[[Settings], Flask]) -> Iterator[str]:
    """The host of another finder, with five listings."""
    with sqlite_databases.migrated() as url:
        app = make_app(Settings(database_url=url, instance_folder=tmp_path / "neighbor"))
        with app.app_context():
            a_source(db.session())
            save_all(db.session(), _DRAFTS, A_CHANGE)
            db.session.commit()
        server = make_server("127.0.0.1", 0, app)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"127.0.0.1:{server.port}"
        server.shutdown()
        thread.join()


def approved(background: Background, job: ImportJob) -> ImportJob:
    approve(background.session, job, by="eve@county.example", at=background.now, options={})
    background.session.commit()
    return background.work(job)


def test_one_finder_reads_another_page_by_page(background: Background, session: Session, neighbor: str) -> None:
    background.trusted.add(neighbor)
    address = f"http://{neighbor}/hsds/services?full=true&per_page=2"
    source = a_feed_source(session, "neighbor", format="hsds", options={}, address=address, every_hours=6)
    session.commit()

    job = background.work(background.ask(source))
    assert (job.state, job.report["counts"]["created"], job.trouble) == (JobState.READY, 5, "")
    approved(background, job)
    resume(source, background.now)
    session.commit()
    (again,) = background.minute()

    assert set(session.scalars(select(Provider.name))) == {draft.name for draft in _DRAFTS}
    assert again.state is JobState.UNCHANGED


@pytest.fixture
def in_pages(session: Session, publisher: FeedServer) -> Source:
    """A source with two services on two pages."""
    for number in (1, 2):
        service = a_service(id=f"service-{number}", name=f"Detox {number}")
        page = {"page_number": number, "total_pages": 2, "total_items": 2, "contents": [service]}
        publisher.answers[f"/services?page={number}"] = Answer(json.dumps(page).encode())
    made = a_feed_source(session, "county", format="hsds", options={}, address=publisher.url("/services?page=1"))
    session.commit()
    return made


def test_nothing_is_kept_of_a_list_that_broke_off_and_all_of_it_comes_the_next_time(
    background: Background, publisher: FeedServer, in_pages: Source
) -> None:
    second = publisher.answers.pop("/services?page=2")

    failed = background.work(background.ask(in_pages))

    assert failed.state is JobState.FAILED
    assert failed.trouble.startswith("Page 2 of 2: ")
    assert (in_pages.failures, in_pages.trouble, background.files()) == (1, failed.trouble, [])
    publisher.answers["/services?page=2"] = second
    job = background.work(background.ask(in_pages))
    assert (job.state, in_pages.failures, len(background.files())) == (JobState.READY, 0, 1)


def test_which_page_is_being_fetched_is_told(background: Background, in_pages: Source) -> None:
    job = background.ask(in_pages)
    told: list[tuple[int, int]] = []

    work_off(
        background.session,
        job.id,
        background.workshop,
        lambda _done, _total: told.append(how_far(background.folder, job.id)[1:]),
    )

    assert told[:3] == [(1, 2), (2, 2), (0, 0)], "then come the rows"
