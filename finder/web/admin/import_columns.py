"""What the columns of a source's table mean: looked at on a file of it, said once, kept with the source."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.extensions import db
from finder.importing import UnreadableFile
from finder.importing.columns import columns_kept, keep_columns, let_wait, look_again, waiting_job
from finder.importing.formats.table_columns import Columns
from finder.importing.formats.table_file import SeenColumn, TableFile, columns_of
from finder.importing.formats.table_guess import guessed_columns
from finder.importing.jobs import ask_for_file
from finder.importing.recipes import FORMATS
from finder.importing.uploads import opened
from finder.jobs import enqueue
from finder.models import Source
from finder.models.connection import begin_writing
from finder.web.admin import blueprint
from finder.web.admin.import_columns_form import FACTS, NOTHING, ColumnsForm, answers, asked_values, explained, facets
from finder.web.admin.source_form import UploadForm, upload_form
from finder.web.admin.sources import real_source
from finder.web.guard import for_who_may, me
from finder.web.languages import gettext
from finder.web.security import now
from finder.web.uploads import max_megabytes, takes_files, workshop

_only_who_may = for_who_may(Action.IMPORT)


@blueprint.get("/sources/<key>/columns")
@_only_who_may
def import_columns(key: str) -> ResponseReturnValue:
    """The headings of the newest file that waits, each with some of its cells and what we take it for; without a file
    those of which something is kept.
    """
    source = _table_source(key)
    look, kept = _look(source, request.args.get("sheet")), columns_kept(source)
    headings = list(look.seen) or sorted(kept.headings if kept else ())
    return _page(source, look, ColumnsForm.of(headings, kept or look.guess) if headings else None)


@blueprint.post("/sources/<key>/columns")
@_only_who_may
def save_columns(key: str) -> ResponseReturnValue:
    """Keep what the columns mean; if some hold answers to filters, their values are asked about next."""
    form = ColumnsForm.sent(request.form)
    db.session.rollback()  # a large file takes a while, in which others may write
    look = _look(_table_source(key), form.sheet)
    source = _to_write(key)
    columns = form.columns(look.seen, columns_kept(source))
    if columns is None:
        return _page(source, look, form), HTTPStatus.UNPROCESSABLE_ENTITY
    keep_columns(source, columns)
    if not columns.tags:
        return _kept(source)
    db.session.commit()
    return redirect(url_for("admin.column_values", key=key), HTTPStatus.SEE_OTHER)


@blueprint.get("/sources/<key>/columns/values")
@_only_who_may
def column_values(key: str) -> ResponseReturnValue:
    """The values of the columns for filters, each with what it stands for."""
    source = _table_source(key)
    columns = columns_kept(source)
    if columns is None:
        return redirect(url_for("admin.import_columns", key=key), HTTPStatus.SEE_OTHER)
    look = _look(source, columns.sheet)
    return render_template(
        "admin/import_values.html",
        source=source,
        trouble=look.trouble,
        asked=asked_values(columns, look.seen),
        answers=answers,
        nothing=NOTHING,
    )


@blueprint.post("/sources/<key>/columns/values")
@_only_who_may
def save_column_values(key: str) -> ResponseReturnValue:
    """Keep what values mean, and look at the waiting file with that."""
    source = _table_source(key)
    columns = columns_kept(source)
    if columns is None:
        return redirect(url_for("admin.import_columns", key=key), HTTPStatus.SEE_OTHER)
    try:
        said = explained(columns, request.form)
    except ValueError:  # no choice of the form
        abort(HTTPStatus.BAD_REQUEST)
    keep_columns(source, said)
    return _kept(source)


@blueprint.post("/sources/<key>/columns/file")
@_only_who_may
@takes_files
def columns_file(key: str) -> ResponseReturnValue:
    """Keep a file to look at its columns before anything else."""
    source = _table_source(key)
    form = upload_form(FORMATS[source.format])(request.files)
    if not form.validate():
        return _page(source, _Look(), None, form), HTTPStatus.UNPROCESSABLE_ENTITY
    stream, folder = form.file.data.stream, workshop().folder
    job = ask_for_file(db.session(), source, stream, form.name(), by=me().email, at=now(), folder=folder)
    let_wait(db.session(), job)
    db.session.commit()
    return redirect(url_for("admin.import_columns", key=key), HTTPStatus.SEE_OTHER)


class _Look(NamedTuple):
    """What there is to look at: the file, its columns by heading, how it is written, its sheets and which of them it
    is, what we take the columns for, and why nothing can be seen.
    """

    file_name: str = ""
    seen: Mapping[str, SeenColumn] = {}
    described: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    guess: Columns | None = None
    trouble: str = ""


def _look(source: Source, sheet: str | None) -> _Look:
    """Look into the newest file that waits: into this sheet, or the one that was said before."""
    job, kept = waiting_job(db.session(), source), columns_kept(source)
    if job is None:
        return _Look()
    wanted = sheet if sheet is not None else kept.sheet if kept else ""
    with opened(workshop().folder, job.stored_as, job.file_name, max_megabytes=max_megabytes()) as files:
        if not files:
            return _Look()
        try:
            table = TableFile(files[0], wanted)
            seen = columns_of(table)
        except UnreadableFile as error:
            return _Look(job.file_name, trouble=str(error))
    by_heading = {column.heading: column for column in seen}
    return _Look(job.file_name, by_heading, table.described, table.sheets, wanted, _guess(seen, wanted))


def _guess(seen: list[SeenColumn], sheet: str) -> Columns | None:
    try:
        return guessed_columns(seen, sheet)
    except ValueError:
        return None


def _table_source(key: str) -> Source:
    source = real_source(key)
    if source.format != "table":
        abort(HTTPStatus.NOT_FOUND)
    return source


def _to_write(key: str) -> Source:
    """The same in a transaction that writes; what was read before is given up."""
    db.session.rollback()
    begin_writing(db.session())
    return _table_source(key)


def _kept(source: Source) -> ResponseReturnValue:
    """Commit, and go on to the import that waits, if one does."""
    key, job = source.key, look_again(db.session(), source)
    db.session.commit()
    if job is None:
        flash(gettext("Saved. The next file of this source is read so."))
        return redirect(url_for("admin.source", key=key), HTTPStatus.SEE_OTHER)
    enqueue(job.id)
    return redirect(url_for("admin.import_job", job_id=job.id), HTTPStatus.SEE_OTHER)


def _page(source: Source, look: _Look, form: ColumnsForm | None, files: UploadForm | None = None) -> str:
    recipe = FORMATS[source.format]
    return render_template(
        "admin/import_columns.html",
        source=source,
        look=look,
        form=form,
        facts=FACTS,
        facets=facets(),
        files=files or upload_form(recipe)(),
        endings=recipe.endings,
        is_known=columns_kept(source) is not None,
        max_megabytes=max_megabytes(),
    )
