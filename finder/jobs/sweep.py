"""What is looked for once a minute: sources that are due, jobs with something to do, and what nobody needs any more."""

import datetime as dt
import time
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.importing.desk import desk_path
from finder.importing.jobs import DECIDABLE, ENDED, KEPT, end
from finder.importing.timetable import ask_anew, ask_for_due
from finder.importing.uploads import remove
from finder.jobs.work import NEXT
from finder.jobs.workshop import Workshop
from finder.models import ImportJob, Source
from finder.models.connection import begin_writing

ENDED_ARE_KEPT = dt.timedelta(days=30)
"""So long a job is remembered; what an import did is kept with its run."""

_LOOSE_SECONDS = 3600.0  # a file may be there before the job that names it is committed
_NOBODY_DECIDED = f"Nobody decided within {KEPT.days} days."


def sweep(session: Session, workshop: Workshop) -> list[int]:
    """Ask for what is due and clear away; commits. Gives the row ids of the jobs that have something to do."""
    at = workshop.now()
    session.rollback()
    begin_writing(session)
    _let_expire(session, at)
    ask_for_due(session, at)
    session.execute(delete(ImportJob).where(ImportJob.state.in_(ENDED), ImportJob.finished_at < at - ENDED_ARE_KEPT))
    session.commit()
    _clear_away(session, workshop.folder)
    to_do = select(ImportJob.id).where(ImportJob.state.in_(NEXT)).order_by(ImportJob.id)
    found = list(session.scalars(to_do))
    session.rollback()
    return found


def _let_expire(session: Session, at: dt.datetime) -> None:
    """End what nobody decided; its source is asked again for what it had then."""
    undecided = select(ImportJob).where(ImportJob.state.in_(DECIDABLE), ImportJob.asked_at < at - KEPT)
    for job in session.scalars(undecided.order_by(ImportJob.id)).all():
        end(job, JobState.DISCARDED, at, trouble=_NOBODY_DECIDED)
        ask_anew(session.get_one(Source, job.source_key))


def _clear_away(session: Session, folder: Path) -> None:
    """Remove files that no open job names."""
    if not folder.exists():
        return
    open_jobs = session.execute(select(ImportJob.id, ImportJob.stored_as).where(ImportJob.state.not_in(ENDED)))
    needed = {name for id_, stored_as in open_jobs for name in (desk_path(folder, id_).name, stored_as)}
    before = time.time() - _LOOSE_SECONDS
    for path in sorted(folder.iterdir()):
        if path.name not in needed and path.stat().st_mtime < before:
            remove(folder, path.name)
