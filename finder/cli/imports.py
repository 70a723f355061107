"""``finder import``: listings from the files of the field."""

import datetime as dt
import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table

from finder.cli.progress import progress_bar
from finder.config import Settings
from finder.extensions import db
from finder.importing import ImportReport, UnreadableFile, Upload, download, import_samhsa
from finder.listings import Change

_MOST_CODES = 20
_MOST_ROWS = 5

import_ = AppGroup("import", help="Import listings from a file; all of it or, if anything is wrong, nothing.")


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
    try:
        report = _downloaded(as_of, by) if path is None else _opened(path, as_of, by)
    except UnreadableFile as error:
        db.session.rollback()
        raise click.ClickException(f"{error}\nNothing was changed.") from error
    _print(report)


def _opened(path: Path, as_of: dt.datetime | None, by: str) -> ImportReport:
    with path.open("rb") as file:
        return _import(file, path.name, as_of, by)


def _downloaded(as_of: dt.datetime | None, by: str) -> ImportReport:
    settings: Settings = current_app.extensions["settings"]
    with tempfile.TemporaryFile() as file:
        with Console(stderr=True).status("Downloading"):
            download(settings.samhsa_workbook_url, file, max_megabytes=settings.import_max_megabytes)
        return _import(file, settings.samhsa_workbook_url.rsplit("/", 1)[-1], as_of, by)


def _import(file: BinaryIO, name: str, as_of: dt.datetime | None, by: str) -> ImportReport:
    settings: Settings = current_app.extensions["settings"]
    upload = Upload(file=file, name=name, max_megabytes=settings.import_max_megabytes)
    change = Change(by=by[:100], at=dt.datetime.now(dt.UTC))
    with progress_bar("Facilities") as progress, _without_collections():
        report = import_samhsa(db.session(), upload, change, as_of=as_of.date() if as_of else None, progress=progress)
        db.session.commit()
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


def _print(report: ImportReport) -> None:
    # Reasons and codes come from a file; square brackets in them are no markup.
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(_rows_table(report))
    for reason, rows in sorted(report.rejected.items()):
        first = ", ".join(map(str, rows[:_MOST_ROWS])) + (" ..." if len(rows) > _MOST_ROWS else "")
        console.print(f"Left out, {len(rows):,}: {reason} (rows {first})")
    for reason, count in report.in_review.most_common():
        console.print(f"Waiting for review, {count:,}: {reason}")
    for line in _notes(report):
        console.print(line)


def _rows_table(report: ImportReport) -> Table:
    table = Table("rows of the file", "")
    table.columns[1].justify = "right"
    counts = report.counts()
    for name, key in (
        ("created", "created"),
        ("updated", "updated"),
        ("unchanged", "unchanged"),
        ("merged with an earlier row of the same place", "merged"),
        ("left out", "rejected"),
    ):
        table.add_row(name, f"{counts[key]:,}")
    table.add_section()
    table.add_row("all", f"{report.rows:,}")
    return table


def _notes(report: ImportReport) -> list[str]:
    """What an administrator should know besides, each only where there is something to say."""
    codes = ", ".join(f"{code} ({count:,})" for code, count in report.unknown_codes.most_common(_MOST_CODES))
    notes = {
        f"Listings without a position, their ZIP Code is unknown: {report.without_point:,}": report.without_point,
        f"Listings without a phone number: {report.without_phone:,}": report.without_phone,
        f"Phone numbers left out, nobody could dial them: {report.impossible_phones:,}": report.impossible_phones,
        f"Service codes that we don't know, ignored: {codes}": report.unknown_codes,
        f"Listings of this source that the file lacks, left as they are: {report.not_in_file:,}": report.not_in_file,
        f"Demonstration listings taken off: {report.retired_fictional:,}": report.retired_fictional,
        f"Facts as of {report.verified_on}, as the source tells them.": report.verified_on,
        "The file doesn't say of which day its facts are; --as-of can.": report.verified_on is None,
    }
    return [note for note, applies in notes.items() if applies]
