"""What a source of tables keeps of their columns, and the files on which that can be looked at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.importing.formats.table_columns import Columns, columns_from_json
from finder.importing.jobs import DECIDABLE
from finder.importing.recipes import COLUMNS
from finder.models import ImportJob, Source

UNSAID = "Nobody has said yet what the columns of this table mean."


def columns_kept(source: Source) -> Columns | None:
    """What was said of the source's columns; ``None`` where nobody did, or where it can't be read any more."""
    try:
        return columns_from_json(source.options[COLUMNS]) if source.options.get(COLUMNS) else None
    except ValueError:
        return None


def keep_columns(source: Source, columns: Columns) -> None:
    """Read the source's tables so from now on. The caller commits."""
    source.options = {**source.options, COLUMNS: columns.as_json()}


def waiting_job(session: Session, source: Source) -> ImportJob | None:
    """The newest import of the source that has a file and waits for somebody to decide."""
    waiting = select(ImportJob).where(
        ImportJob.source_key == source.key, ImportJob.state.in_(DECIDABLE), ImportJob.stored_as != ""
    )
    return session.scalars(waiting.order_by(ImportJob.id.desc()).limit(1)).first()


def let_wait(session: Session, job: ImportJob) -> None:
    """Keep a job whose columns are to be said first, without looking at what it would do. The caller commits."""
    job.state, job.trouble = JobState.ASKS, UNSAID
    session.flush()


def look_again(session: Session, source: Source) -> ImportJob | None:
    """Let what the newest waiting import would do be found out anew; gives it, to be enqueued after the commit."""
    job = waiting_job(session, source)
    if job is not None:
        session.refresh(job, with_for_update={"of": ImportJob})  # as in `finder.importing.jobs`
        if job.state not in DECIDABLE:
            return None
        job.state, job.trouble, job.report = JobState.WAITING, "", {}
        session.flush()
    return job
