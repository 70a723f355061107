"""``finder geocode``: exact positions for listings, from a table of addresses."""

import datetime as dt
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from finder.cli.progress import progress_bar
from finder.config import Settings
from finder.extensions import db
from finder.importing import PositionsReport, UnreadableFile, Upload, import_positions
from finder.listings import Change

_MOST_ROWS = 5


@click.command()
@click.argument("path", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", default="finder geocode", show_default=True, help="Who does it, for the history of each listing.")
@with_appcontext
def geocode(*, path: Path, by: str) -> None:
    """Take exact positions from a table of addresses.

    Its columns are street1, city, state, zip, latitude and longitude. Listings that have an exact position keep it.
    """
    try:
        report = _import(path, by)
    except UnreadableFile as error:
        db.session.rollback()
        raise click.ClickException(f"{error}\nNothing was changed.") from error
    _print(report)


def _import(path: Path, by: str) -> PositionsReport:
    settings: Settings = current_app.extensions["settings"]
    change = Change(by=by[:100], at=dt.datetime.now(dt.UTC))
    with path.open("rb") as file, progress_bar("Listings") as progress:
        upload = Upload(file=file, name=path.name, max_megabytes=settings.import_max_megabytes)
        report = import_positions(db.session(), upload, change, progress=progress)
        db.session.commit()
    return report


def _print(report: PositionsReport) -> None:
    console = Console(markup=False, highlight=False, soft_wrap=True)
    table = Table("listings", "")
    table.columns[1].justify = "right"
    table.add_row("given an exact position", f"{report.matched:,}")
    table.add_row("had one already", f"{report.already:,}")
    table.add_row("skipped, the table has two places for the address", f"{report.ambiguous:,}")
    table.add_row("not in the table", f"{report.unmatched:,}")
    table.add_section()
    table.add_row("all", f"{report.listings:,}")
    console.print(table)
    console.print(f"Rows of the table: {report.rows:,}, of them usable {report.usable:,}, repeated {report.repeated:,}")
    for reason, rows in sorted(report.rejected.items()):
        first = ", ".join(map(str, rows[:_MOST_ROWS])) + (" ..." if len(rows) > _MOST_ROWS else "")
        console.print(f"Left out, {len(rows):,}: {reason} (rows {first})")
