"""Running an import from the command line: all of it, or nothing and a plain message."""

import datetime as dt
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import click
from flask import current_app
from sqlalchemy.orm import Session

from finder.cli.progress import progress_bar
from finder.config import Settings
from finder.extensions import db
from finder.importing import ImportReport, ManyChanges, Progress, UnreadableFile, Upload
from finder.listings import Change

_UNCHANGED = "Nothing was changed."


class Work(Protocol):
    """An import that lacks only what every import needs."""

    def __call__(self, session: Session, /, *, change: Change, progress: Progress) -> ImportReport:
        """Import without committing."""


@contextmanager
def opened(path: Path) -> Iterator[Upload]:
    """The file at ``path``, as large as the settings allow."""
    settings: Settings = current_app.extensions["settings"]
    with path.open("rb") as file:
        yield Upload(file=file, name=path.name, max_megabytes=settings.import_max_megabytes)


def applied(work: Work, what: str, *, by: str, dry_run: bool = False) -> ImportReport:
    """Do the work in a transaction, which a dry run takes back; ``what`` stands beside the bar of its progress."""
    change = Change(by=by[:100], at=dt.datetime.now(dt.UTC))
    try:
        with progress_bar(what) as progress, _without_collections():
            report = work(db.session(), change=change, progress=progress)
            if dry_run:
                db.session.rollback()
            else:
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


@contextmanager
def _without_collections() -> Iterator[None]:
    """Don't let Python look for garbage in cycles: of the millions of values that an import makes, hardly any is.

    Memory stays as it was: 218 MB for 12,176 rows.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
