"""``finder doctor``: is everything as it should be, and if not, what to do."""

import datetime as dt
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console

from finder.ops.doctor import State, examine

_SIGNS = {State.WELL: "✔", State.NOTE: "·", State.WRONG: "✘"}


@click.command()
@click.option("--backups", type=click.Path(file_okay=False, path_type=Path), help="The folder of the daily backups.")
@with_appcontext
def doctor(backups: Path | None) -> None:
    """Examine this installation; fails where something is wrong, so that a daily job can tell."""
    console = Console(markup=False, highlight=False, soft_wrap=True)
    is_wrong = False
    for finding in examine(current_app.extensions["settings"], dt.datetime.now(dt.UTC), backups):
        console.print(f"{_SIGNS[finding.state]} {finding.part}: {finding.told}")
        is_wrong |= finding.state is State.WRONG
    if is_wrong:
        raise click.exceptions.Exit(1)
