"""``finder sources``: the feeds and files that listings come from."""

import datetime as dt
from collections.abc import Mapping

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from finder.cli.import_options import fellowship
from finder.cli.source_fetch import fetch_now
from finder.extensions import db
from finder.importing import UnreadableFile
from finder.importing.addresses import target_of
from finder.importing.recipes import FORMATS
from finder.importing.sources import RESERVED_KEYS, is_free_key, samhsa_source
from finder.importing.timetable import fetch_every, forget_last_answer, pause, resume
from finder.models import Source
from finder.models.connection import begin_writing

_MOST_HOURS = 24 * 365
_TEXTS = {"name": 200, "attribution": 500, "url": 500, "licence": 200, "address": 500}

sources = AppGroup("sources", help="The feeds and files that listings come from.")


@sources.command("list")
def list_() -> None:
    """Tell of each source how it is imported, and what is wrong with it."""
    table = Table("key", "format", "fetched", "next", "trouble")
    for source in db.session.scalars(select(Source).where(~Source.fictional).order_by(Source.key)):
        table.add_row(source.key, source.format, _moment(source.fetched_at), _next(source), source.trouble)
    Console(markup=False, highlight=False, soft_wrap=True).print(table)


@sources.command()
@click.argument("key")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), help="What its files are.")
@click.option("--name", help="What people read of where the listings come from.")
@click.option("--attribution", help="What the publisher wants said beside its listings.")
@click.option("--url", help="The publisher's page.")
@click.option("--licence", help="Under which license they are.")
@click.option("--address", help="Where its file is fetched; of a BMLT server, its root address.")
@click.option("--every", "hours", type=click.IntRange(0, _MOST_HOURS), help="Fetch it every so many hours; 0: never.")
@click.option("--fellowship", "whose", callback=fellowship, help="Whose meetings it has.")
def add(*, key: str, format_: str | None, hours: int | None, whose: str | None, **said: str | None) -> None:
    """Add a source, or say something else of one."""
    begin_writing(db.session())
    source = db.session.get(Source, key) or _new(key)
    _tell(source, format_, whose, said)
    if hours is not None:
        fetch_every(source, hours or None, dt.datetime.now(dt.UTC))
    _check(source)
    forget_last_answer(source)
    db.session.add(source)
    db.session.commit()
    click.echo(f"{source.key}: {FORMATS[source.format].name}. Next fetched: {_next(source)}.")


@sources.command()
@click.argument("key")
@click.option("--by", default="finder sources", show_default=True, help="Who imports, for each listing's history.")
@click.option("--retire-gone", is_flag=True, help="Retire the source's listings that the file lacks.")
@click.option(
    "--allow-many-changes", is_flag=True, help="Import also a file that changes or lacks a fifth of what was there."
)
def fetch(*, key: str, by: str, retire_gone: bool, allow_many_changes: bool) -> None:
    """Fetch a source now and import it."""
    options = {"retire_gone": retire_gone, "allow_many_changes": allow_many_changes}
    fetch_now(_known(key), by, {name: True for name, is_so in options.items() if is_so})


@sources.command("pause")
@click.argument("key")
def pause_(key: str) -> None:
    """Fetch a source only when somebody says so."""
    pause(_known(key))
    db.session.commit()


@sources.command("resume")
@click.argument("key")
def resume_(key: str) -> None:
    """Fetch a source by its timetable again, beginning now."""
    try:
        resume(_known(key), dt.datetime.now(dt.UTC))
    except ValueError as error:
        raise click.UsageError(f"{error} Say finder sources add {key} --every HOURS.") from error
    db.session.commit()


def _known(key: str) -> Source:
    begin_writing(db.session())
    source = db.session.get(Source, key)
    if source is None or source.fictional:
        raise click.UsageError(f"There is no source {key}; finder sources list has them all.")
    return source


def _new(key: str) -> Source:
    if key in RESERVED_KEYS:
        return samhsa_source(key)
    if not is_free_key(key):
        raise click.UsageError("Choose up to 40 small letters, digits and hyphens, such as aa-orange-county.")
    return Source(key=key, name="", format="", address="", options={})


def _tell(source: Source, format_: str | None, whose: str | None, said: Mapping[str, str | None]) -> None:
    """Write what was said, after looking at it."""
    if source.fictional:
        raise click.UsageError("This source is the demonstration; choose another key.")
    wanted = format_ or source.format
    fixed = FORMATS[wanted].only_source if wanted in FORMATS else ""
    if (fixed or source.key in RESERVED_KEYS) and fixed != source.key:
        raise click.UsageError(f"Only the source {fixed or source.key} has its format.")
    if source.format not in {"", wanted}:
        raise click.UsageError("A source keeps its format; choose another key.")
    try:
        for address in filter(None, (said["address"], said["url"])):
            target_of(address)
    except UnreadableFile as error:
        raise click.UsageError(str(error)) from error
    source.format = wanted
    for name, text in said.items():
        if text is not None:
            setattr(source, name, text[: _TEXTS[name]])
    if whose:
        source.options = {**source.options, "fellowship": whose}


def _check(source: Source) -> None:
    """Stop where the source could never be imported as it was said."""
    if not source.name or source.format not in FORMATS:
        raise click.UsageError("A new source needs --format and --name.")
    if source.address and not FORMATS[source.format].can_be_fetched:
        raise click.UsageError("Files of this format can't be fetched; leave out --address.")
    if source.every_hours and not source.address:
        raise click.UsageError("To fetch it, say --address.")


def _next(source: Source) -> str:
    if source.due_at:
        return _moment(source.due_at)
    return "paused" if source.every_hours else "when somebody asks"


def _moment(at: dt.datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "never"
