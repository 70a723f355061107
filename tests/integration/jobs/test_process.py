"""``finder jobs`` as it runs, and processes that die."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.domain.importing import JobState
from finder.importing.jobs import approve
from finder.jobs import enqueue
from finder.models import ImportJob, Source
from tests.samples.feeds import a_meeting
from tests.workshops import Background

PROJECT = Path(__file__).parents[3]
_MEETINGS = [a_meeting(name=f"Group {number}") for number in range(30)]

# Begins to apply a job, and dies at the first word of its progress.
_DYING = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from finder.importing.fetch import Fetcher
from finder.jobs import Workshop, work_off
from finder.models.connection import engine_options

url, folder, job_id = sys.argv[1:]
workshop = Workshop(folder=Path(folder), fetcher=Fetcher(max_megabytes=1))
with Session(create_engine(url, **engine_options(url))) as session:
    work_off(session, int(job_id), workshop, lambda done, total: os.kill(os.getpid(), signal.SIGKILL))
"""


class Runner:
    """A running ``finder jobs``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def until(self, job: ImportJob, state: JobState) -> None:
        """Wait for the line of its log that says that the job is in this state."""
        assert self.process.stderr
        lines = (json.loads(line) for line in self.process.stderr if line.startswith("{"))
        said = ((line["job"], line["state"]) for line in lines if line["event"] == "import_job")
        assert (job.id, state.value) in said


@contextmanager
def finder_jobs(database_url: str, folder: Path) -> Iterator[Runner]:
    """The command, as a process of its own until the end of the block."""
    environment = os.environ | {"FINDER_DATABASE_URL": database_url, "FINDER_INSTANCE_FOLDER": str(folder)}
    command = [Path(sys.executable).parent / "finder", "jobs"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, text=True, stderr=subprocess.PIPE) as process:
        try:
            yield Runner(process)
        finally:
            process.kill()


@pytest.fixture(autouse=True)
def _the_clock_is_that_of_the_process(background: Background) -> None:
    background.now = dt.datetime.now(dt.UTC)


def approved(background: Background, job: ImportJob) -> ImportJob:
    background.session.rollback()
    approve(background.session, job, by="eve@county.example", at=background.now, options={})
    background.session.commit()
    return job


def test_what_an_administrator_asks_for_is_done_by_the_process_beside_the_service(
    background: Background,
    source: Source,
    database_url: str,
    tmp_path: Path,
    make_app: Callable[[Settings], Flask],
) -> None:
    app = make_app(Settings(database_url=database_url, instance_folder=tmp_path))
    job = background.upload(source, *_MEETINGS)  # nobody tells the process of it; it looks for itself
    with finder_jobs(database_url, tmp_path) as running:
        running.until(job, JobState.READY)
        approved(background, job)
        with app.app_context():
            enqueue(job.id)
        running.until(job, JobState.APPLIED)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=60) == 0

    assert background.listings() == 30
    assert (tmp_path / "jobs-alive").exists()


def test_a_process_that_dies_within_an_import_leaves_nothing_half_done(
    background: Background, session: Session, source: Source, database_url: str
) -> None:
    job = approved(background, background.work(background.upload(source, *_MEETINGS)))
    session.commit()

    died = subprocess.run(
        [sys.executable, "-c", _DYING, database_url, background.folder, str(job.id)], cwd=PROJECT, check=False
    )

    assert died.returncode == -signal.SIGKILL
    session.rollback()
    assert (job.state, background.listings()) == (JobState.APPLYING, 0)
    background.minute()
    assert (job.state, background.listings()) == (JobState.APPLIED, 30)
