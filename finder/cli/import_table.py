"""``finder import table``: somebody's own table, whose columns are said once and kept with the source."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from finder.cli.import_options import FILE, OF_A_SOURCE, OF_EVERY_IMPORT, RETIRE_GONE, with_options
from finder.cli.import_run import import_uploads, opened
from finder.extensions import db
from finder.importing import UnreadableFile, Upload
from finder.importing.columns import columns_kept
from finder.importing.formats.table_columns import Columns, by_heading, columns_from_json
from finder.importing.formats.table_file import SeenColumn, TableFile, columns_of
from finder.importing.formats.table_guess import guessed_columns
from finder.importing.recipes import COLUMNS
from finder.models import Source

_MOST_VALUES = 8
_HOW_TO_SAY = "Write down what is right with --write-columns FILE, change the file, and give it with --columns FILE."


@click.command("table")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--columns", "said_in", type=FILE, help="What the columns mean (JSON); kept with the source.")
@click.option("--sheet", help="The sheet of a workbook, if it isn't the first.")
@click.option("--accept-guess", is_flag=True, help="Take our guess of what the columns mean, without asking.")
@click.option(
    "--write-columns",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write our guess there, and import nothing.",
)
@with_options(*OF_A_SOURCE, RETIRE_GONE, *OF_EVERY_IMPORT)
@with_appcontext
def table(
    *, path: Path, said_in: Path | None, sheet: str | None, accept_guess: bool, write_columns: Path | None, **said: Any
) -> None:
    """Import a table of places: CSV or an Excel workbook (.xlsx), a place in each row.

    What the columns mean is guessed and asked about the first time, and then kept with the source.
    """
    with opened(path) as upload:
        columns = _from_file(said_in) if said_in else None if write_columns else _kept(said["key"])
        read = _opened(upload, columns.sheet if columns else sheet or "")
        if columns is None:
            columns = _guess(read, sheet or "")
            if write_columns:
                _write(columns, write_columns)
                return
            if not accept_guess and not said["dry_run"]:
                click.confirm("Is this right?", abort=True)
        import_uploads("table", [upload], said, counted="Places", kept={COLUMNS: columns.as_json()})


def _kept(key: str) -> Columns | None:
    source = db.session.get(Source, key)
    columns = columns_kept(source) if source else None
    db.session.rollback()  # the import begins a transaction of its own, once the file is read
    return columns


def _from_file(path: Path) -> Columns:
    try:
        return columns_from_json(json.loads(path.read_text(encoding="utf-8-sig")))
    except ValueError as error:
        raise click.UsageError(f"{path.name} doesn't say what columns mean: {error}.") from error


def _opened(upload: Upload, sheet: str) -> TableFile:
    """The table, of which is told how it is written."""
    try:
        read = TableFile(upload, sheet)
    except UnreadableFile as error:
        raise click.ClickException(f"{error}\nNothing was changed.") from error
    click.echo(f"{upload.name}: {read.described}", err=True)
    return read


def _guess(read: TableFile, sheet: str) -> Columns:
    """What we take the columns for, printed for a person to judge."""
    try:
        seen = columns_of(read)
        columns = guessed_columns(seen, sheet)
    except UnreadableFile as error:
        raise click.ClickException(f"{error}\nNothing was changed.") from error
    except ValueError as error:
        headings = ", ".join(read.headings)
        raise click.ClickException(
            f"We can't guess what the columns mean: {error}. They are: {headings}. Say it with --columns FILE."
        ) from error
    _print(seen, columns)
    return columns


def _print(seen: list[SeenColumn], columns: Columns) -> None:
    # What stands in a file may hold square brackets; they are no markup.
    console = Console(markup=False, highlight=False, soft_wrap=True, stderr=True)
    told: Mapping[str, str] = {heading: fact.value for heading, fact in by_heading(columns).items()}
    tags = {column.heading: column for column in columns.tags}
    shown = Table("column", "for example", "taken for")
    for each in seen:
        column = tags.get(each.heading)
        taken = f"tags of {column.facet or 'several facets'}" if column else told.get(each.heading, "nothing")
        shown.add_row(each.heading, " | ".join(each.samples), taken)
    console.print(shown)
    for column in columns.tags:
        for value, meant in list(column.values.items())[:_MOST_VALUES]:
            console.print(f"{column.heading}: {value!r} stands for {' '.join(meant) or 'nothing'}")
    console.print(_HOW_TO_SAY)


def _write(columns: Columns, path: Path) -> None:
    path.write_text(json.dumps(columns.as_json(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"Written to {path}. Nothing was imported.", err=True)
