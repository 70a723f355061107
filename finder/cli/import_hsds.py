"""``finder import hsds``: directories of human services."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from finder.cli.import_options import FILE, OF_A_SOURCE, OF_EVERY_IMPORT, RETIRE_GONE, with_options
from finder.cli.import_run import import_paths


@click.command("hsds")
@click.argument("path", metavar="FILE", type=FILE)
@with_options(*OF_A_SOURCE, RETIRE_GONE, *OF_EVERY_IMPORT)
@with_appcontext
def hsds(*, path: Path, **said: Any) -> None:
    """Import a directory in Open Referral's HSDS: JSON (also one service a line), or a zip archive of its tables.

    One service at one location becomes one listing. Services that have nothing to do with substance use are left out.
    """
    import_paths("hsds", [path], said, counted="Services", kept={})
