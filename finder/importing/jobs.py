"""Imports on their way: asked for, looked at, approved, applied. Their table is the truth, whoever works on them.

Nothing here commits; `finder.jobs` works them off.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.recipes import ALLOW_MANY_CHANGES, check_beside, recipe_of
from finder.importing.uploads import keep
from finder.models import ImportJob, Source

TIMETABLE = "timetable"
"""Who asks for what a source's timetable asks for."""

KEPT = dt.timedelta(days=7)
"""So long a file waits for somebody to decide."""

ENDED = frozenset({JobState.APPLIED, JobState.UNCHANGED, JobState.FAILED, JobState.DISCARDED})
DECIDABLE = frozenset({JobState.READY, JobState.ASKS})

_LONGEST_NAME = 250
_NEVER_STOPPED = ENDED | {JobState.APPLYING}


def ask_for_file(  # noqa: PLR0913 (all that a job is made of)
    session: Session,
    source: Source,
    file: BinaryIO,
    name: str,
    *,
    by: str,
    at: dt.datetime,
    folder: Path,
    beside: Sequence[BinaryIO] = (),
    options: Mapping[str, Any] | None = None,
) -> ImportJob:
    """Ask for a file of this source to be looked at; it and those ``beside`` it are copied into ``folder``.

    Raises `UnreadableFile` for a source without a format, and for another number of files than it has.
    """
    check_beside(recipe_of(source), len(beside))
    sha256 = Upload(file=file, name=name, max_megabytes=0).sha256()
    job = ImportJob(
        source_key=source.key,
        state=JobState.WAITING,
        file_name=name[:_LONGEST_NAME],
        file_sha256=sha256,
        stored_as=keep(folder, (file, *beside)),
        options=dict(options or {}),
        asked_by=by,
        asked_at=at,
    )
    return _added(session, job)


def ask_for_fetch(session: Session, source: Source, *, by: str, at: dt.datetime) -> ImportJob:
    """Ask for what is at the source's address; where that was asked for and nobody fetched it yet, gives that job.

    Raises `UnreadableFile` for a source without a format or address.
    """
    if not recipe_of(source).can_be_fetched or not source.address:
        raise UnreadableFile(f"{source.name} has no address to fetch it from.")
    asked = select(ImportJob).where(
        ImportJob.source_key == source.key, ImportJob.state == JobState.WAITING, ImportJob.stored_as == ""
    )
    if job := session.scalars(asked.order_by(ImportJob.id)).first():
        return job
    return _added(
        session, ImportJob(source_key=source.key, state=JobState.WAITING, options={}, asked_by=by, asked_at=at)
    )


def approve(session: Session, job: ImportJob, *, by: str, at: dt.datetime, options: Mapping[str, Any]) -> None:
    """Let a job that was looked at be applied, with these options beside those that it has.

    Raises ``ValueError`` where it isn't waiting for that (any more), and where it would change more than is believable
    and the options don't say that this is right.
    """
    _reload(session, job)
    said = {**job.options, **options}
    if job.state not in DECIDABLE or at - job.asked_at > KEPT:
        raise ValueError("This import doesn't wait for a decision any more.")
    if job.state is JobState.ASKS and not said.get(ALLOW_MANY_CHANGES):
        raise ValueError("This import would change more than is believable. Say that this is right, or discard it.")
    job.state, job.approved_by, job.options, job.trouble = JobState.APPROVED, by, said, ""
    session.flush()


def discard(session: Session, job: ImportJob, *, by: str, at: dt.datetime) -> None:
    """End a job without importing anything. Raises ``ValueError`` where it has ended, or is just being applied."""
    _reload(session, job)
    if job.state in _NEVER_STOPPED:
        raise ValueError("This import can't be stopped any more.")
    end(job, JobState.DISCARDED, at, trouble=f"Discarded by {by}.")
    session.flush()


def end(job: ImportJob, state: JobState, at: dt.datetime, *, trouble: str = "") -> None:
    """Let the job end so; its file is removed soon."""
    job.state, job.finished_at, job.trouble, job.stored_as = state, at, trouble[:1000], ""


def _added(session: Session, job: ImportJob) -> ImportJob:
    session.add(job)
    session.flush()
    return job


def _reload(session: Session, job: ImportJob) -> None:
    """Look at the job again, so that two who decide at once don't both succeed."""
    session.refresh(job, with_for_update={"of": ImportJob})  # PostgreSQL locks no outer join
