"""Imports that were applied: what each did."""

from http import HTTPStatus

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from finder.domain.account import Action
from finder.extensions import db
from finder.models import ImportRun
from finder.web.admin import blueprint
from finder.web.admin.facts import moment_words
from finder.web.admin.import_report import of_run
from finder.web.guard import for_who_may


@blueprint.get("/imports/runs/<int:run_id>")
@for_who_may(Action.IMPORT)
def import_run(run_id: int) -> ResponseReturnValue:
    """What one did."""
    run = the_run(run_id)
    return render_template("admin/import_run.html", run=run, shown=of_run(run), moment_words=moment_words)


def the_run(run_id: int) -> ImportRun:
    """The import with its source, or the answer 404."""
    wanted = select(ImportRun).options(joinedload(ImportRun.source)).where(ImportRun.id == run_id)
    return db.session.scalars(wanted).one_or_none() or abort(HTTPStatus.NOT_FOUND)
