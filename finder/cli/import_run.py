"""Running an import from the command line: all of it, or nothing and a plain message."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import click
from flask import current_app
from sqlalchemy.orm import Session

from finder.cli.import_options import of_this_import
from finder.cli.import_report import print_report
from finder.cli.progress import progress_bar
from finder.config import Settings
from finder.extensions import db
from finder.importing import ImportReport, ManyChanges, Progress, UnreadableFile, Upload, import_file, plan_file
from finder.importing.garbage import without_collections
from finder.importing.recipes import FORMATS, import_of
from finder.importing.sources import RESERVED_KEYS, samhsa_source
from finder.listings import Change
from finder.models import Source

_UNCHANGED = "Nothing was changed."


class Work(Protocol):
    """An import that lacks only what every import needs."""

    def __call__(self, session: Session, /, *, change: Change, progress: Progress) -> ImportReport:
        """Import without committing."""


def import_paths(
    file_format: str, paths: Sequence[Path], said: Mapping[str, Any], *, counted: str, kept: Mapping[str, Any]
) -> None:
    """Import files in a format, the first one and those beside it, and print the report.

    ``said`` are the command's options, ``kept`` those of the format, which its source keeps; None is what nobody said.
    ``counted`` names what the bar of progress counts.
    """
    with ExitStack() as files:
        uploads = [files.enter_context(opened(path)) for path in paths]
        import_uploads(file_format, uploads, said, counted=counted, kept=kept)


def import_uploads(
    file_format: str, uploads: Sequence[Upload], said: Mapping[str, Any], *, counted: str, kept: Mapping[str, Any]
) -> None:
    """As `import_paths`, of files that are open."""
    source = _source(file_format, said, {name: value for name, value in kept.items() if value is not None})
    first, *beside = uploads
    try:
        what = import_of(source, of_this_import(said), beside=beside, today=dt.datetime.now(dt.UTC).date())
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    dry_run = bool(said["dry_run"])
    work = partial(plan_file if dry_run else import_file, upload=first, what=what)
    print_report(applied(work, counted, by=said["by"]), dry_run=dry_run)


@contextmanager
def opened(path: Path) -> Iterator[Upload]:
    """The file at ``path``, as large as the settings allow."""
    settings: Settings = current_app.extensions["settings"]
    with path.open("rb") as file:
        yield Upload(file=file, name=path.name, max_megabytes=settings.import_max_megabytes)


def applied(work: Work, what: str, *, by: str) -> ImportReport:
    """Do the work in a transaction; ``what`` stands beside the bar of its progress."""
    change = Change(by=by[:100], at=dt.datetime.now(dt.UTC))
    try:
        with progress_bar(what) as progress, without_collections():
            report = work(db.session(), change=change, progress=progress)
            db.session.commit()
    except UnreadableFile as error:
        db.session.rollback()
        raise click.ClickException(f"{error}\n{_UNCHANGED}") from error
    except ManyChanges as error:
        db.session.rollback()
        raise click.ClickException(
            f"{error}\nIs the file whole? If it is right, import it with --allow-many-changes.\n{_UNCHANGED}"
        ) from error
    return report


def _source(file_format: str, said: Mapping[str, Any], kept: Mapping[str, Any]) -> Source:
    """The source with what was said of it now, or else at an earlier import; in no session."""
    recipe = FORMATS[file_format]
    key = recipe.only_source or said["key"]
    known = db.session.get(Source, key) or (samhsa_source(key) if key in RESERVED_KEYS else None)
    name = said.get("name") or (known.name if known else "")
    if not name:
        raise click.UsageError("Say --name: what people read of where these listings come from.")
    if known and known.fictional:
        raise click.UsageError("This source is the demonstration; choose another key.")
    if known and known.format not in {"", file_format}:
        raise click.UsageError(f"This source's files are {FORMATS[known.format].name}; choose another key.")
    texts = {field: said.get(field) or (getattr(known, field) if known else "") for field in ("attribution", "url")}
    options = {**(known.options if known else {}), **kept}
    db.session.rollback()  # the import begins a transaction of its own, once the file is read
    told = {field: text[:500] for field, text in texts.items()}
    return Source(key=key, name=name[:200], format=file_format, options=options, **told)
