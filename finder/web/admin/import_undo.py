"""Taking back an import that was applied: what would stay as it is, then all at once."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.extensions import db
from finder.importing.rollback import Undone, left_by_undo, undo_import
from finder.listings import Conflict
from finder.models import ImportRun
from finder.web.admin import blueprint
from finder.web.admin.charge import my_change
from finder.web.admin.facts import fact_label
from finder.web.admin.import_runs import the_run
from finder.web.guard import for_who_may
from finder.web.languages import gettext, ngettext

_MOST_NAMED = 100  # as many as `left_by_undo` gives at most

_only_who_may = for_who_may(Action.IMPORT)


@blueprint.get("/imports/runs/<int:run_id>/undo")
@_only_who_may
def preview_undo_import(run_id: int) -> ResponseReturnValue:
    """What taking it back would leave as it is."""
    run = the_run(run_id)
    if run.undone_at:
        return _back(run)
    left = left_by_undo(db.session(), run)
    return render_template("admin/import_undo.html", run=run, left=left, most=_MOST_NAMED, label=fact_label)


@blueprint.post("/imports/runs/<int:run_id>/undo")
@_only_who_may
def undo_import_run(run_id: int) -> ResponseReturnValue:
    """Take it back, all at once."""
    run = the_run(run_id)
    try:
        undone = undo_import(db.session(), run, my_change())
    except ValueError:
        db.session.rollback()
        flash(gettext("It was taken back already."))
        return _back(run)
    except Conflict:
        db.session.rollback()
        flash(gettext("Somebody changed one of its listings at the same moment. Nothing was done. Try again."))
        return _back(run)
    db.session.commit()
    flash(_told(undone))
    return _back(run)


def _told(undone: Undone) -> str:
    told = [
        (
            undone.changed,
            ngettext("%(num)s listing is as it was.", "%(num)s listings are as they were.", undone.changed),
        ),
        (undone.retired, ngettext("%(num)s new one is retired.", "%(num)s new ones are retired.", undone.retired)),
        (
            len(undone.left),
            ngettext(
                "%(num)s changed again since, and keeps that.",
                "%(num)s changed again since, and keep that.",
                len(undone.left),
            ),
        ),
    ]
    return " ".join([gettext("Taken back."), *(words for how_many, words in told if how_many)])


def _back(run: ImportRun) -> ResponseReturnValue:
    return redirect(url_for("admin.import_run", run_id=run.id), HTTPStatus.SEE_OTHER)
