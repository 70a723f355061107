"""Imports on their way: how far one is, what it would do, and whether it is applied."""

import datetime as dt
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import BooleanField, Field, StringField
from wtforms.validators import Optional, ValidationError

from finder.domain.account import Action
from finder.domain.importing import JobState
from finder.extensions import db
from finder.importing.desk import HowFar, how_far
from finder.importing.jobs import DECIDABLE, KEPT, approve, discard
from finder.importing.overview import RUNNING, jobs_on_their_way, newest_runs
from finder.importing.recipes import ALLOW_MANY_CHANGES, AS_OF, RETIRE_GONE
from finder.jobs import enqueue
from finder.models import ImportJob, Source
from finder.web.account.forms import PlainForm, complain
from finder.web.admin import blueprint
from finder.web.admin.facts import moment_words
from finder.web.admin.import_report import of_job
from finder.web.admin.import_words import JOB_STATES
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext, lazy_gettext
from finder.web.public.form_fields import without_controls
from finder.web.security import now
from finder.web.uploads import workshop

PAGE = 25
_LAST_PAGE = 1000
_PATIENCE = dt.timedelta(minutes=3)
"""The background looks for work once a minute, so what waits longer has nobody to do it."""

_only_who_may = for_who_may(Action.IMPORT)


class DecisionForm(PlainForm):
    """How an import is applied."""

    allow_many_changes = BooleanField(lazy_gettext("I looked at it: this many changes are right"))
    retire_gone = BooleanField(lazy_gettext("Retire the listings that the file lacks"))
    as_of = StringField(lazy_gettext("Facts as of"), [Optional()], filters=[without_controls])

    def validate_as_of(self, field: Field) -> None:
        """Refuse what is no day, or one that is still to come. Raises ``ValidationError`` with what to tell."""
        try:
            is_past = dt.date.fromisoformat(field.data) <= now().date()
        except ValueError:
            is_past = False
        if not is_past:
            raise ValidationError(gettext("Enter a day that is over, such as 2026-10-01"))

    def options(self) -> dict[str, object]:
        """What was said, as a job keeps it."""
        said = {ALLOW_MANY_CHANGES: self.allow_many_changes.data, RETIRE_GONE: self.retire_gone.data}
        day = {AS_OF: self.as_of.data} if self.as_of.data else {}
        return {name: True for name, is_so in said.items() if is_so} | day


@blueprint.get("/imports")
@_only_who_may
def imports() -> ResponseReturnValue:
    """Those on their way, and those that were applied, newest first; of one source or of all."""
    session, page = db.session(), min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    source = session.get(Source, request.args.get("source", ""))
    key = source.key if source else ""
    runs = newest_runs(session, limit=PAGE + 1, offset=(page - 1) * PAGE, source_key=key)
    return render_template(
        "admin/imports.html",
        jobs=jobs_on_their_way(session, failed_since=now() - KEPT),
        runs=runs[:PAGE],
        has_more=len(runs) > PAGE,
        page=page,
        source=source,
        states=JOB_STATES,
        undecided=DECIDABLE,
        moment_words=moment_words,
    )


@blueprint.get("/imports/<int:job_id>")
@_only_who_may
def import_job(job_id: int) -> ResponseReturnValue:
    """How far it is; of one that was applied, its report."""
    job = _found(job_id)
    if job.state is JobState.APPLIED and job.import_run_id:
        return redirect(url_for("admin.import_run", run_id=job.import_run_id), HTTPStatus.SEE_OTHER)
    return _page(job, DecisionForm())


@blueprint.post("/imports/<int:job_id>/apply")
@_only_who_may
def apply_import(job_id: int) -> ResponseReturnValue:
    """Let it be applied."""
    job, form = _found(job_id), DecisionForm(request.form)
    if job.state in DECIDABLE and not job.report:
        flash(gettext("Nobody has seen yet what it would do."))
        return _to(job_id)
    if not form.validate():
        return _page(job, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if job.state is JobState.ASKS and not form.allow_many_changes.data:
        complain(form.allow_many_changes, gettext("Say that this is right, or discard the import"))
        return _page(job, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        approve(db.session(), job, by=me().email, at=now(), options=form.options())
    except ValueError as error:
        return _too_late(job_id, error)
    db.session.commit()
    enqueue(job_id)
    return _to(job_id)


@blueprint.post("/imports/<int:job_id>/discard")
@_only_who_may
def discard_import(job_id: int) -> ResponseReturnValue:
    """Let nothing of it be imported."""
    job = _found(job_id)
    try:
        discard(db.session(), job, by=me().email, at=now())
    except ValueError as error:
        return _too_late(job_id, error)
    db.session.commit()
    flash(gettext("Discarded. Nothing was changed."))
    return redirect(url_for("admin.source", key=job.source_key), HTTPStatus.SEE_OTHER)


def _found(job_id: int) -> ImportJob:
    wanted = select(ImportJob).options(joinedload(ImportJob.source)).where(ImportJob.id == job_id)
    return db.session.scalars(wanted).one_or_none() or abort(HTTPStatus.NOT_FOUND)


def _page(job: ImportJob, form: DecisionForm) -> str:
    is_running = job.state in RUNNING
    far = how_far(workshop().folder, job.id) if is_running else HowFar()
    shown = of_job(job)
    return render_template(
        "admin/import_job.html",
        job=job,
        form=form,
        far=far,
        state=JOB_STATES[job.state],
        is_running=is_running,
        is_undecided=job.state in DECIDABLE,
        is_stuck=is_running and not far.begun and now() - job.asked_at > _PATIENCE,
        shown=shown,
        gone=job.report.get("counts", {}).get("not_in_file", 0),
        moment_words=moment_words,
    )


def _too_late(job_id: int, error: ValueError) -> ResponseReturnValue:
    """Somebody else decided meanwhile, or nobody did for too long."""
    db.session.rollback()
    flash(str(error))
    return _to(job_id)


def _to(job_id: int) -> ResponseReturnValue:
    return redirect(url_for("admin.import_job", job_id=job_id), HTTPStatus.SEE_OTHER)
