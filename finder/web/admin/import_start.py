"""Beginning an import: with files that somebody uploads, or with what is at the source's address."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from finder.domain.account import Action
from finder.extensions import db
from finder.importing import UnreadableFile
from finder.importing.jobs import ask_for_fetch, ask_for_file
from finder.importing.recipes import FORMATS
from finder.jobs import enqueue
from finder.models import ImportJob
from finder.web.account.forms import complain
from finder.web.admin import blueprint
from finder.web.admin.source_form import upload_form
from finder.web.admin.sources import real_source, source_page
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext
from finder.web.security import now
from finder.web.uploads import max_megabytes, takes_files, workshop

_only_who_may = for_who_may(Action.IMPORT)


@blueprint.post("/sources/<key>/upload")
@_only_who_may
@takes_files
def upload_file(key: str) -> ResponseReturnValue:
    """Keep files of a source and let the background look at them."""
    source = real_source(key)
    if source.format not in FORMATS:
        return _ask_for_format(key)
    form = upload_form(FORMATS[source.format])(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return source_page(source, form), HTTPStatus.UNPROCESSABLE_ENTITY
    first, *beside = form.files()
    folder, by, at = workshop().folder, me().email, now()
    job = ask_for_file(db.session(), source, first, form.name(), by=by, at=at, folder=folder, beside=beside)
    return _begun(job)


@blueprint.post("/sources/<key>/fetch")
@_only_who_may
def fetch_source(key: str) -> ResponseReturnValue:
    """Let the background fetch what is at the source's address, and look at it."""
    source = real_source(key)
    if source.format not in FORMATS:
        return _ask_for_format(key)
    try:
        job = ask_for_fetch(db.session(), source, by=me().email, at=now())
    except UnreadableFile as error:
        form = upload_form(FORMATS[source.format])()
        complain(form.file, str(error))
        return source_page(source, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _begun(job)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Files that are larger than we take; nothing of them was read, nor who sends them."""
    back = url_for("admin.source", key=(request.view_args or {}).get("key", ""))
    told = {"max_megabytes": max_megabytes(), "back": back}
    return render_template("admin/import_too_large.html", **told), HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def _ask_for_format(key: str) -> ResponseReturnValue:
    flash(gettext("Say first what the files of this source are."))
    return redirect(url_for("admin.edit_source", key=key), HTTPStatus.SEE_OTHER)


def _begun(job: ImportJob) -> ResponseReturnValue:
    db.session.commit()
    enqueue(job.id)
    return redirect(url_for("admin.import_job", job_id=job.id), HTTPStatus.SEE_OTHER)
