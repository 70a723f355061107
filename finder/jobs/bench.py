"""A job that is being worked on, and its transactions."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.importing import UnreadableFile, Upload
from finder.importing.desk import Desk
from finder.importing.fetch import FetchTrouble
from finder.importing.jobs import TIMETABLE, end
from finder.importing.report import Progress
from finder.importing.timetable import note_trouble
from finder.importing.uploads import opened
from finder.jobs.workshop import Workshop
from finder.models import ImportJob, Source
from finder.models.connection import begin_writing


@dataclass(frozen=True, slots=True)
class Bench:
    """What a step of the work has: the job's row id, the desk that says that this process works on it, whom to tell of
    the progress besides, and a session that is in no transaction between the steps.
    """

    session: Session
    job_id: int
    workshop: Workshop
    desk: Desk
    tell: Progress

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is."""
        self.desk.tell(done, total)
        self.tell(done, total)

    def now_known(self) -> tuple[ImportJob, Source]:
        """The job and its source as they are now; begins a transaction that only reads."""
        self.session.rollback()
        job = self.session.get_one(ImportJob, self.job_id)
        return job, self.session.get_one(Source, job.source_key)

    @contextmanager
    def noting(self, state: JobState) -> Iterator[tuple[ImportJob, Source] | None]:
        """The job and its source in a transaction that writes; nothing where the job isn't in this state any more.

        Whatever the session held before is given up.
        """
        self.session.rollback()
        begin_writing(self.session)
        job = self.session.get_one(ImportJob, self.job_id, with_for_update=True)
        if job.state is state:
            yield job, self.session.get_one(Source, job.source_key)
            self.session.commit()
        else:
            self.session.rollback()
            yield None

    def fail(self, state: JobState, error: UnreadableFile) -> None:
        """End the job with what went wrong; of one that the timetable asked for, the source is tried again soon."""
        at = self.workshop.now()
        with self.noting(state) as noted:
            if noted:
                job, source = noted
                end(job, JobState.FAILED, at, trouble=str(error))
                if job.asked_by == TIMETABLE or isinstance(error, FetchTrouble):
                    wait = error.wait if isinstance(error, FetchTrouble) else dt.timedelta()
                    note_trouble(source, str(error), at, wait)

    @contextmanager
    def files(self, job: ImportJob) -> Iterator[list[Upload]]:
        """The job's files. Raises `UnreadableFile` where they are gone."""
        name, called, most = job.stored_as, job.file_name, self.workshop.fetcher.max_megabytes
        with opened(self.workshop.folder, name, called, max_megabytes=most) as files:
            if not files:
                raise UnreadableFile("The file isn't there any more. Choose it again.")
            yield files
