"""What goes on in the background: imports that were asked for, and sources that are due.

The table of jobs is the truth (`finder.importing.jobs`); huey only runs them.
"""

from finder.jobs.queue import enqueue, init_app, run_jobs
from finder.jobs.work import work_off
from finder.jobs.workshop import Workshop, workshop_of

__all__ = ["Workshop", "enqueue", "init_app", "run_jobs", "work_off", "workshop_of"]
