"""Fetching a source and importing it, while somebody watches."""

import datetime as dt
from collections.abc import Mapping

import click
from flask import current_app

from finder.cli.progress import progress_bar
from finder.domain.importing import JobState
from finder.extensions import db
from finder.importing import UnreadableFile
from finder.importing.jobs import approve, ask_for_fetch, discard
from finder.jobs import work_off, workshop_of
from finder.models import ImportJob, Source
from finder.models.connection import begin_writing

_UNCHANGED = "Nothing was changed."


def fetch_now(source: Source, by: str, options: Mapping[str, bool]) -> None:
    """Fetch the source and import what is there, unless that is more than is believable; commits."""
    try:
        job = ask_for_fetch(db.session(), source, by=by, at=_now())
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    _work(job, "Looking")
    if job.state is JobState.ASKS and "allow_many_changes" not in options:
        _stop(job, by)
    if job.state in {JobState.READY, JobState.ASKS}:
        _decide(job, by, options)
        _work(job, "Importing")
    _tell(job)


def _work(job: ImportJob, what: str) -> None:
    with progress_bar(what) as progress:
        if not work_off(db.session(), job.id, workshop_of(current_app.extensions["settings"]), progress):
            raise click.ClickException("finder jobs is at work on it already.")


def _decide(job: ImportJob, by: str, options: Mapping[str, bool]) -> None:
    db.session.rollback()
    begin_writing(db.session())
    approve(db.session(), job, by=by, at=_now(), options=options)
    db.session.commit()


def _stop(job: ImportJob, by: str) -> None:
    told = job.trouble
    db.session.rollback()
    begin_writing(db.session())
    discard(db.session(), job, by=by, at=_now())
    db.session.commit()
    raise click.ClickException(f"{told}\nIf that is right, say --allow-many-changes.\n{_UNCHANGED}")


def _tell(job: ImportJob) -> None:
    if job.state is JobState.UNCHANGED:
        click.echo("There is nothing new.")
    elif job.state is JobState.APPLIED:
        counts = job.report["counts"]
        names = {"created": "new", "updated": "changed", "unchanged": "as they were", "rejected": "rows left out"}
        click.echo(", ".join(f"{counts[key]:,} {name}" for key, name in names.items()))
    else:
        raise click.ClickException(f"{job.trouble}\n{_UNCHANGED}")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
