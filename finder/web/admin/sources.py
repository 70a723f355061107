"""Where listings come from: the feeds and files, how they are doing, and what is said of them."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.extensions import db
from finder.importing.jobs import DECIDABLE, KEPT
from finder.importing.overview import jobs_on_their_way, source_overview, sources_overview
from finder.importing.recipes import FORMATS
from finder.importing.timetable import pause, resume
from finder.models import Source
from finder.web.admin import blueprint
from finder.web.admin.facts import moment_words
from finder.web.admin.import_words import JOB_STATES
from finder.web.admin.source_form import SourceForm, UploadForm, options_in_words, upload_form
from finder.web.guard import for_who_may
from finder.web.languages import gettext
from finder.web.security import now
from finder.web.uploads import max_megabytes

_only_who_may = for_who_may(Action.IMPORT)


@blueprint.get("/sources")
@_only_who_may
def sources() -> ResponseReturnValue:
    """All of them, and what is wrong with some."""
    found = sources_overview(db.session())
    return render_template(
        "admin/sources.html", sources=found, formats=FORMATS, today=now().date(), moment_words=moment_words
    )


@blueprint.get("/sources/new")
@_only_who_may
def new_source() -> ResponseReturnValue:
    """The form for one more."""
    return _form_page(SourceForm(), None)


@blueprint.post("/sources/new")
@_only_who_may
def add_source() -> ResponseReturnValue:
    """Add one."""
    return _saved(SourceForm(request.form), None)


@blueprint.get("/sources/<key>")
@_only_who_may
def source(key: str) -> ResponseReturnValue:
    """One of them, and importing from it."""
    found = db.session.get(Source, key) or abort(HTTPStatus.NOT_FOUND)
    return source_page(found)


@blueprint.get("/sources/<key>/edit")
@_only_who_may
def edit_source(key: str) -> ResponseReturnValue:
    """The form of one."""
    found = real_source(key)
    return _form_page(SourceForm.of(found), found)


@blueprint.post("/sources/<key>/edit")
@_only_who_may
def change_source(key: str) -> ResponseReturnValue:
    """Say something else of one."""
    return _saved(SourceForm(request.form), real_source(key))


@blueprint.post("/sources/<key>/pause")
@_only_who_may
def pause_source(key: str) -> ResponseReturnValue:
    """Fetch it no more until somebody says so."""
    pause(real_source(key))
    db.session.commit()
    flash(gettext("It is fetched only when you say so, until you let the timetable go on."))
    return _to(key)


@blueprint.post("/sources/<key>/resume")
@_only_who_may
def resume_source(key: str) -> ResponseReturnValue:
    """Fetch it by its timetable again, from now on."""
    found = real_source(key)
    if found.address and found.every_hours:
        resume(found, now())
        db.session.commit()
        flash(gettext("It is fetched by its timetable again, beginning now."))
    return _to(key)


def real_source(key: str) -> Source:
    """The source with this key; answers 404 where there is none, and of the demonstration, which nobody imports."""
    found = db.session.get(Source, key)
    if found is None or found.fictional:
        abort(HTTPStatus.NOT_FOUND)
    return found


def source_page(found: Source, form: UploadForm | None = None) -> str:
    """The page of a source, with the form for its files as it was sent, if it was."""
    recipe = FORMATS.get(found.format)
    return render_template(
        "admin/source.html",
        source=found,
        overview=source_overview(db.session(), found),
        recipe=recipe,
        options=options_in_words(found, recipe) if recipe else (),
        form=form or (upload_form(recipe)() if recipe else None),
        max_megabytes=max_megabytes(),
        today=now().date(),
        jobs=[job for job in jobs_on_their_way(db.session(), failed_since=now() - KEPT) if job.source_key == found.key],
        states=JOB_STATES,
        undecided=DECIDABLE,
        moment_words=moment_words,
    )


def _saved(form: SourceForm, known: Source | None) -> ResponseReturnValue:
    saved = form.save(db.session(), known, at=now())
    if saved is None:
        db.session.rollback()
        return _form_page(form, known), HTTPStatus.UNPROCESSABLE_ENTITY
    db.session.commit()
    flash(gettext("Saved."))
    return _to(saved.key)


def _form_page(form: SourceForm, known: Source | None) -> str:
    formats = {key: (recipe.name, recipe.explanation) for key, recipe in FORMATS.items()}
    return render_template("admin/source_form.html", form=form, source=known, formats=formats)


def _to(key: str) -> ResponseReturnValue:
    return redirect(url_for("admin.source", key=key), HTTPStatus.SEE_OTHER)
