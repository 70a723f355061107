"""``finder import``: listings from the files of the field."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console

from finder.cli.import_feeds import COMMANDS
from finder.cli.import_hsds import hsds
from finder.cli.import_options import FILE, OF_EVERY_IMPORT, RETIRE_GONE, with_options
from finder.cli.import_run import import_paths, import_uploads, opened
from finder.cli.import_table import table
from finder.config import Settings
from finder.importing import UnreadableFile, Upload
from finder.importing.fetch import fetch
from finder.importing.samhsa import SOURCE_KEY as SAMHSA_KEY
from finder.importing.samhsa_directory import MENTAL_HEALTH_KEY
from finder.jobs import workshop_of

_LOOK = (
    "SAMHSA gives the workbook a new address with every edition. Look for the national directory on samhsa.gov, and "
    "set FINDER_SAMHSA_WORKBOOK_URL to its address, or download it yourself and name the file."
)

import_ = AppGroup("import", help="Import listings from a file; all of it or, if anything is wrong, nothing.")
for command in COMMANDS:
    import_.add_command(command)
import_.add_command(table)
import_.add_command(hsds)


@import_.command(SAMHSA_KEY)
@click.argument("path", metavar="[FILE]", required=False, type=FILE)
@click.option("--beside", type=FILE, help="SAMHSA's other directory, of mental health facilities.")
@click.option("--download", is_flag=True, help="Fetch the workbook from FINDER_SAMHSA_WORKBOOK_URL first.")
@with_options(RETIRE_GONE, *OF_EVERY_IMPORT)
def samhsa(*, path: Path | None, beside: Path | None, download: bool, **said: Any) -> None:
    """Import SAMHSA's national directory workbook (.xlsx).

    The same file again changes nothing; another edition updates what it knows and leaves the rest.
    """
    if (path is None) != download:
        raise click.UsageError("Name a FILE, or say --download: one of the two.")
    with ExitStack() as files:
        first = files.enter_context(opened(path) if path else _downloaded())
        second = [files.enter_context(opened(beside))] if beside else []
        import_uploads(SAMHSA_KEY, [first, *second], said, counted="Facilities", kept={})


@import_.command(MENTAL_HEALTH_KEY)
@click.argument("path", metavar="FILE", type=FILE)
@with_options(RETIRE_GONE, *OF_EVERY_IMPORT)
def samhsa_mental_health(*, path: Path, **said: Any) -> None:
    """Import SAMHSA's directory of mental health facilities (.xlsx) alone, as a source of its own.

    Better import both directories together: finder import samhsa FILE --beside FILE.
    """
    import_paths(MENTAL_HEALTH_KEY, [path], said, counted="Facilities", kept={})


@contextmanager
def _downloaded() -> Iterator[Upload]:
    settings: Settings = current_app.extensions["settings"]
    url = settings.samhsa_workbook_url
    with tempfile.TemporaryFile() as file:
        try:
            with Console(stderr=True).status("Downloading"):
                fetch(url, file, workshop_of(settings).fetcher)
        except UnreadableFile as error:
            raise click.ClickException(f"{error} {_LOOK}\nNothing was changed.") from error
        yield Upload(file=file, name=url.rsplit("/", 1)[-1], max_megabytes=settings.import_max_megabytes)
