"""``finder jobs``: the process that does what goes on in the background."""

import click
from flask.cli import with_appcontext

from finder.jobs import run_jobs


@click.command("jobs")
@with_appcontext
def jobs() -> None:
    """Import what was asked for on the administrators' pages, and fetch sources when they are due.

    One such process beside the web service is enough. Ctrl+C ends it at once, SIGTERM once the job at work is done;
    what was left is begun again at the next start.
    """
    click.echo("Working off imports; Ctrl+C ends it.")
    run_jobs()
