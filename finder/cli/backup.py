"""``finder backup`` and ``finder restore``: copies of everything, and proof that they can be used."""

import datetime as dt
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from finder.config import Settings
from finder.ops.backup import Backup, back_up, forget_old, read_backup, restore, verify
from finder.ops.copies import BackupError

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--keep", type=click.IntRange(min=1), default=14, show_default=True, help="So many of the newest stay.")
@with_appcontext
def backup(folder: Path, keep: int) -> None:
    """Copy the database into a new folder below FOLDER, while the service goes on; for a daily job."""
    try:
        made = back_up(_url(), folder, dt.datetime.now(dt.UTC))
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Backup {made.folder}: {_told(made)}")
    for old in forget_old(folder, keep):
        click.echo(f"Deleted {old}")


@click.command("restore")
@click.argument("folder", type=_FOLDER)
@click.option("--verify", "only_try", is_flag=True, help="Only try, in a database that is thrown away.")
@with_appcontext
def restore_(folder: Path, *, only_try: bool) -> None:
    """Make the empty database of FINDER_DATABASE_URL what the backup in FOLDER says, and compare them."""
    try:
        found = read_backup(folder)
        (verify if only_try else restore)(found, _url())
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    what = "can be restored" if only_try else "is restored; run `finder db upgrade` if the program is newer"
    click.echo(f"The backup of {found.made_at:%Y-%m-%d %H:%M} UTC {what}: {_told(found)}, all as they were.")


def _told(found: Backup) -> str:
    return f"{found.rows:,} rows in {len(found.tables)} tables, {found.file.stat().st_size:,} bytes"


def _url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.database_url
