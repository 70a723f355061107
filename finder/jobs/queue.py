"""The queue: telling the process that runs jobs (``finder jobs``) that there is one, and being that process.

huey keeps the queue in a SQLite file of its own and runs what is in it. All that the file holds may be lost: once a
minute the table of jobs is looked through.
"""

import sqlite3
from functools import cached_property

import structlog
from flask import Flask, current_app
from huey import SqliteHuey, crontab

from finder.config import Settings
from finder.extensions import db
from finder.jobs.sweep import sweep
from finder.jobs.work import work_off
from finder.jobs.workshop import workshop_of
from finder.ops.alive import note_alive

_FILE = "jobs.db"
_POLL_SECONDS = 1
_LAST_SECONDS = 20  # for a job that is being worked on when the process is told to end; after them it begins again


class Queue:
    """The queue of an application. Its file is made when it is first needed."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._settings: Settings = app.extensions["settings"]

    def put(self, job_id: int) -> None:
        """Let the job be worked on as soon as the process that does so is free."""
        self._huey.enqueue(self._huey.work_off.s(job_id))

    def run(self) -> None:
        """Be that process, until told to end: by SIGTERM once the job at work is done, by Ctrl+C at once."""
        self._huey.create_consumer(
            workers=1, max_delay=_POLL_SECONDS, graceful_signal="TERM", shutdown_timeout=_LAST_SECONDS
        ).run()

    @cached_property
    def _huey(self) -> SqliteHuey:
        folder = self._settings.instance_folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        huey = SqliteHuey("finder", filename=str(folder / _FILE), results=False)
        huey.work_off = huey.task(name="work_off")(self._work_off)
        huey.sweep = huey.periodic_task(crontab(minute="*"), name="sweep")(self._sweep)
        return huey

    def _work_off(self, job_id: int) -> None:
        with self._app.app_context():
            state = work_off(db.session(), job_id, workshop_of(self._settings))
        structlog.get_logger().info("import_job", job=job_id, state=state)

    def _sweep(self) -> None:
        with self._app.app_context():
            found = sweep(db.session(), workshop_of(self._settings))
        # While a long job runs, sweeps wait in the queue behind it; the last of them finds what the others would.
        if not self._huey.pending_count():
            for job_id in found:
                self.put(job_id)
        note_alive(self._settings.instance_folder)


def init_app(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions["jobs"] = Queue(app)


def enqueue(job_id: int) -> None:
    """Let the job be worked on soon. Call it after the commit: before, nobody else sees the job."""
    try:
        _queue().put(job_id)
    except (OSError, sqlite3.Error) as error:
        structlog.get_logger().warning("import_job_not_enqueued", job=job_id, reason=type(error).__name__)


def run_jobs() -> None:
    """Be the process that runs jobs, until told to end."""
    _queue().run()


def _queue() -> Queue:
    queue: Queue = current_app.extensions["jobs"]
    return queue
