"""Jobs as tests work them off: in this process, with a clock that a test sets."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.importing.fetch import Fetcher
from finder.importing.jobs import ask_for_fetch, ask_for_file
from finder.jobs import Workshop, work_off
from finder.jobs.sweep import sweep
from finder.models import ImportJob, Provider, Source
from tests.factories import NOW
from tests.import_jobs import feed_bytes, sent


@dataclass
class Background:
    """The background of an installation. ``trusted`` are the hosts that its operator allows."""

    session: Session
    folder: Path
    trusted: set[str] = field(default_factory=set)
    now: dt.datetime = NOW

    @property
    def workshop(self) -> Workshop:
        """What jobs are worked off with."""
        fetcher = Fetcher(max_megabytes=1, trusted=frozenset(self.trusted))
        return Workshop(folder=self.folder, fetcher=fetcher, now=lambda: self.now)

    def upload(self, source: Source, *meetings: dict[str, object]) -> ImportJob:
        """A job for a feed of these meetings, which nobody has worked on."""
        file, name = sent(feed_bytes(*meetings))
        job = ask_for_file(self.session, source, file, name, by="ana@county.example", at=self.now, folder=self.folder)
        self.session.commit()
        return job

    def ask(self, source: Source) -> ImportJob:
        """A job for what is at the source's address."""
        job = ask_for_fetch(self.session, source, by="ana@county.example", at=self.now)
        self.session.commit()
        return job

    def work(self, job: ImportJob) -> ImportJob:
        """Work the job off."""
        assert work_off(self.session, job.id, self.workshop)
        return job

    def minute(self) -> list[ImportJob]:
        """What happens once a minute; the jobs that were worked off."""
        found = [self.session.get_one(ImportJob, id_) for id_ in sweep(self.session, self.workshop)]
        return [self.work(job) for job in found]

    def listings(self) -> int:
        """How many listings there are."""
        self.session.rollback()
        return self.session.scalar(select(func.count()).select_from(Provider)) or 0

    def files(self) -> list[str]:
        """What is in the folder of uploads."""
        return sorted(path.name for path in self.folder.glob("*"))
