"""The options that commands of ``finder import`` share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from finder.domain.vocabulary import vocabulary
from finder.importing.sources import is_free_key

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
Command = Callable[..., None]


def source_key(_context: click.Context, _option: click.Parameter, key: str) -> str:
    """The key, if somebody may call a source so."""
    if not is_free_key(key):
        raise click.BadParameter("Choose up to 40 small letters, digits and hyphens, such as aa-orange-county.")
    return key


def fellowship(_context: click.Context, _option: click.Parameter, code: str | None) -> str | None:
    """The code, if it is one of the vocabulary's fellowships; nothing where nobody said one."""
    codes = [term.code for term in vocabulary().facet("fellowship").terms]
    if code is not None and code not in codes:
        raise click.BadParameter(f"Choose one of {', '.join(codes)}.")
    return code


OF_EVERY_IMPORT = (
    click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of facts that bear no date (YYYY-MM-DD)."),
    click.option("--by", default="finder import", show_default=True, help="Who imports, for each listing's history."),
    click.option("--dry-run", is_flag=True, help="Tell what the import would do, and change nothing."),
    click.option(
        "--allow-many-changes", is_flag=True, help="Import also a file that changes or lacks a fifth of what was there."
    ),
)
RETIRE_GONE = click.option("--retire-gone", is_flag=True, help="Retire the source's listings that this file lacks.")
OF_A_SOURCE = (
    click.option(
        "--source", "key", required=True, callback=source_key, help="What we call the feed, once and for all."
    ),
    click.option("--name", help="What people read of where the listings come from; needed at the first import."),
    click.option("--attribution", help="What the feed's publisher wants said beside its listings."),
    click.option("--url", help="The publisher's page."),
)


def with_options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Give a command these options, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def of_this_import(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of one import alone, as `finder.importing.recipes.import_of` takes it."""
    day = {"as_of": said["as_of"].date().isoformat()} if said.get("as_of") else {}
    return day | {name: True for name in ("retire_gone", "allow_many_changes") if said.get(name)}
