"""``finder import`` for feeds: meetings, and the locator of treatment facilities."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from finder.cli.import_options import FILE, OF_A_SOURCE, OF_EVERY_IMPORT, RETIRE_GONE, fellowship, with_options
from finder.cli.import_run import import_paths


@click.command("meeting-guide")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--fellowship", "whose", callback=fellowship, help="Whose meetings they are; aa until you say another.")
@with_options(*OF_A_SOURCE, RETIRE_GONE, *OF_EVERY_IMPORT)
@with_appcontext
def meeting_guide(*, path: Path, whose: str | None, **said: Any) -> None:
    """Import a Meeting Guide feed (JSON): meetings of AA and other fellowships.

    The meetings of one group at one place become one listing.
    """
    import_paths("meeting-guide", [path], said, counted="Groups", kept={"fellowship": whose})


@click.command("bmlt")
@click.argument("path", metavar="MEETINGS", type=FILE)
@click.option("--formats", required=True, type=FILE, help="What the same server answers to GetFormats.")
@click.option("--service-bodies", required=True, type=FILE, help="What it answers to GetServiceBodies.")
@with_options(*OF_A_SOURCE, RETIRE_GONE, *OF_EVERY_IMPORT)
@with_appcontext
def bmlt(*, path: Path, formats: Path, service_bodies: Path, **said: Any) -> None:
    """Import meetings of Narcotics Anonymous from a BMLT server (JSON of GetSearchResults).

    The meetings of one group at one place become one listing.
    """
    import_paths("bmlt", [path, formats, service_bodies], said, counted="Groups", kept={})


@click.command("findtreatment")
@click.argument("path", metavar="FILE", type=FILE)
@with_options(*OF_EVERY_IMPORT)
@with_appcontext
def locator(*, path: Path, **said: Any) -> None:
    """Import facilities of FindTreatment.gov (JSON of exportsAsJson); listings that the file lacks stay."""
    import_paths("findtreatment", [path], said, counted="Facilities", kept={})


COMMANDS = (meeting_guide, bmlt, locator)
