"""``finder import``: listings from the files of the field."""

import datetime as dt
import tempfile
from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console

from finder.cli.import_feeds import COMMANDS
from finder.cli.import_report import print_report
from finder.cli.import_run import applied, opened
from finder.config import Settings
from finder.importing import ImportReport, UnreadableFile, Upload, download, import_samhsa

import_ = AppGroup("import", help="Import listings from a file; all of it or, if anything is wrong, nothing.")
for command in COMMANDS:
    import_.add_command(command)


@import_.command("samhsa")
@click.argument("path", metavar="[FILE]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--download", "fetch", is_flag=True, help="Fetch the workbook from FINDER_SAMHSA_WORKBOOK_URL first.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day for which the edition speaks (YYYY-MM-DD).")
@click.option("--by", default="finder import", show_default=True, help="Who imports, for the history of each listing.")
def samhsa(*, path: Path | None, fetch: bool, as_of: dt.datetime | None, by: str) -> None:
    """Import SAMHSA's national directory workbook (.xlsx).

    The same file again changes nothing; another edition updates what it knows and leaves the rest.
    """
    if (path is None) != fetch:
        raise click.UsageError("Name a FILE, or say --download: one of the two.")
    if path is None:
        print_report(_downloaded(as_of, by))
        return
    with opened(path) as upload:
        print_report(_import(upload, as_of, by))


def _downloaded(as_of: dt.datetime | None, by: str) -> ImportReport:
    settings: Settings = current_app.extensions["settings"]
    megabytes = settings.import_max_megabytes
    with tempfile.TemporaryFile() as file:
        try:
            with Console(stderr=True).status("Downloading"):
                download(settings.samhsa_workbook_url, file, max_megabytes=megabytes)
        except UnreadableFile as error:
            raise click.ClickException(f"{error}\nNothing was changed.") from error
        name = settings.samhsa_workbook_url.rsplit("/", 1)[-1]
        return _import(Upload(file=file, name=name, max_megabytes=megabytes), as_of, by)


def _import(upload: Upload, as_of: dt.datetime | None, by: str) -> ImportReport:
    day = as_of.date() if as_of else None
    return applied(partial(import_samhsa, upload=upload, as_of=day), "Facilities", by=by)
