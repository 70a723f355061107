"""``finder export``: everything that is published, in files."""

import datetime as dt
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from finder.config import Settings
from finder.exporting.dump import License, forget_old, make_dump
from finder.extensions import db


@click.group()
def export() -> None:
    """Write what is published into files."""


@export.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option("--keep", type=click.IntRange(min=1), default=7, show_default=True, help="So many of the newest stay.")
@with_appcontext
def dump(folder: Path | None, keep: int) -> None:
    """Write all open data into a new folder below FOLDER; for a daily job.

    Without FOLDER it goes where the site serves it from, by FINDER_DUMP_FOLDER.
    """
    settings: Settings = current_app.extensions["settings"]
    below, now = folder or settings.dumps, dt.datetime.now(dt.UTC)
    terms = License(settings.data_license, settings.data_license_url)
    try:
        made = make_dump(db.session(), below, now, site=settings.base_url, terms=terms)
        old = forget_old(below, keep, now)
    except OSError as error:
        raise click.ClickException(f"The files could not be written: {error}. Those of before stay.") from None
    click.echo(f"{made.listings:,} listings in {made.folder}:")
    for file in made.files:
        click.echo(f"{file.name}: {file.bytes:,} bytes")
    for each in old:
        click.echo(f"Deleted {each}")
