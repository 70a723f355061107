"""Working off a job.

The edge of a job, where its transactions are: a state is committed before its work begins. Nothing is held while the
network is slow, nothing is locked while a file is looked at, and an import is one transaction, so whatever a process
was doing when it died can be begun again.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.importing import UnreadableFile
from finder.importing.desk import taken
from finder.importing.garbage import without_collections
from finder.importing.report import Progress
from finder.jobs.bench import Bench
from finder.jobs.steps import apply, look
from finder.jobs.workshop import Workshop
from finder.models import ImportJob
from finder.models.connection import begin_writing

_MOST_BEGINNINGS = 5
_GIVEN_UP = "The work on it was begun five times and never came to an end. The log of the jobs says more."

NEXT: Mapping[JobState, JobState] = {
    JobState.WAITING: JobState.PREVIEWING,
    JobState.PREVIEWING: JobState.PREVIEWING,
    JobState.APPROVED: JobState.APPLYING,
    JobState.APPLYING: JobState.APPLYING,
}
"""The states in which there is something to do, and what a job is in while it is done."""

_STEPS: Mapping[JobState, Callable[[Bench], None]] = {JobState.PREVIEWING: look, JobState.APPLYING: apply}


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def work_off(session: Session, job_id: int, workshop: Workshop, tell: Progress = no_progress) -> JobState | None:
    """Do all that can be done of a job now; commits. Gives the state in which it is then, or None where another process
    works on it, or there is no such job.

    Whatever is raised, the job stays in its state and may be begun again.
    """
    with taken(workshop.folder, job_id) as desk:
        if desk is None:
            return None
        bench = Bench(session, job_id, workshop, desk, tell)
        while state := _begin(bench):
            _do(bench, state)
        desk.clear()
    state_now = select(ImportJob.state).where(ImportJob.id == job_id)
    return session.scalar(state_now)


def _begin(bench: Bench) -> JobState | None:
    """Note that the work begins; what the job is in now, if there is anything to do."""
    session = bench.session
    session.rollback()
    begin_writing(session)
    job = session.get(ImportJob, bench.job_id, with_for_update=True)
    state = NEXT.get(job.state) if job else None
    if job and state:
        job.state = state
    session.commit()
    return state


def _do(bench: Bench, state: JobState) -> None:
    try:
        if bench.desk.begun > _MOST_BEGINNINGS:
            raise UnreadableFile(_GIVEN_UP)
        with without_collections():
            _STEPS[state](bench)
    except UnreadableFile as error:
        bench.fail(state, error)
