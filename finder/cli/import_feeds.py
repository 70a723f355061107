"""``finder import`` for feeds: meetings, and the locator of treatment facilities."""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from finder.cli.import_report import print_report
from finder.cli.import_run import applied, opened
from finder.domain.vocabulary import vocabulary
from finder.extensions import db
from finder.importing import (
    RESERVED_KEYS,
    Bmlt,
    FeedFacts,
    Format,
    Import,
    MeetingGuide,
    Rules,
    Upload,
    findtreatment,
    import_file,
)
from finder.models import Source

_MOST_CHANGES = 0.2
_SOURCE_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_Command = Callable[..., None]


def _source_key(_context: click.Context, _option: click.Parameter, key: str) -> str:
    if not _SOURCE_KEY.fullmatch(key) or key in RESERVED_KEYS:
        raise click.BadParameter("Choose up to 40 small letters, digits and hyphens, such as aa-orange-county.")
    return key


def _fellowship(_context: click.Context, _option: click.Parameter, code: str) -> str:
    codes = [term.code for term in vocabulary().facet("fellowship").terms]
    if code not in codes:
        raise click.BadParameter(f"Choose one of {', '.join(codes)}.")
    return code


_ALL_FEEDS = (
    click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of facts that bear no date (YYYY-MM-DD)."),
    click.option("--by", default="finder import", show_default=True, help="Who imports, for each listing's history."),
    click.option("--dry-run", is_flag=True, help="Tell what the import would do, and change nothing."),
    click.option(
        "--allow-many-changes", is_flag=True, help="Import also a file that changes or lacks a fifth of what was there."
    ),
)
_MEETINGS = (
    click.option(
        "--source", "key", required=True, callback=_source_key, help="What we call the feed, once and for all."
    ),
    click.option("--name", help="What people read of where the listings come from; needed at the first import."),
    click.option("--attribution", help="What the feed's publisher wants said beside its listings."),
    click.option("--url", help="The publisher's page."),
    click.option("--retire-gone", is_flag=True, help="Retire the feed's listings that this file lacks."),
)


def _with(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command("meeting-guide")
@click.argument("path", metavar="FILE", type=_FILE)
@click.option("--fellowship", default="aa", show_default=True, callback=_fellowship, help="Whose meetings they are.")
@_with(*_MEETINGS, *_ALL_FEEDS)
@with_appcontext
def meeting_guide(*, path: Path, fellowship: str, **options: Any) -> None:
    """Import a Meeting Guide feed (JSON): meetings of AA and other fellowships.

    The meetings of one group at one place become one listing.
    """
    with opened(path) as upload:
        _import_meetings(upload, MeetingGuide(_facts(fellowship, options)), options)


@click.command("bmlt")
@click.argument("path", metavar="MEETINGS", type=_FILE)
@click.option("--formats", required=True, type=_FILE, help="What the same server answers to GetFormats.")
@click.option("--service-bodies", required=True, type=_FILE, help="What it answers to GetServiceBodies.")
@_with(*_MEETINGS, *_ALL_FEEDS)
@with_appcontext
def bmlt(*, path: Path, formats: Path, service_bodies: Path, **options: Any) -> None:
    """Import meetings of Narcotics Anonymous from a BMLT server (JSON of GetSearchResults).

    The meetings of one group at one place become one listing.
    """
    with ExitStack() as files:
        upload, *beside = (files.enter_context(opened(each)) for each in (path, formats, service_bodies))
        file_format = Bmlt(facts=_facts("na", options), formats=beside[0], service_bodies=beside[1])
        _import_meetings(upload, file_format, options)


@click.command("findtreatment")
@click.argument("path", metavar="FILE", type=_FILE)
@_with(*_ALL_FEEDS)
@with_appcontext
def locator(*, path: Path, **options: Any) -> None:
    """Import facilities of FindTreatment.gov (JSON of exportsAsJson); listings that the file lacks stay."""
    rules = Rules(most_changes=None if options["allow_many_changes"] else _MOST_CHANGES)
    with opened(path) as upload:
        _run(upload, findtreatment(_day(options), rules), options, "Facilities")


COMMANDS = (meeting_guide, bmlt, locator)


def _import_meetings(upload: Upload, file_format: Format, options: dict[str, Any]) -> None:
    rules = Rules(
        whole=True,
        retire_gone=options["retire_gone"],
        most_changes=None if options["allow_many_changes"] else _MOST_CHANGES,
    )
    _run(upload, Import(file_format=file_format, source=_source(options), rules=rules), options, "Groups")


def _run(upload: Upload, what: Import, options: dict[str, Any], counted: str) -> None:
    work = partial(import_file, upload=upload, what=what)
    print_report(applied(work, counted, by=options["by"], dry_run=options["dry_run"]), dry_run=options["dry_run"])


def _facts(fellowship: str, options: dict[str, Any]) -> FeedFacts:
    today = dt.datetime.now(dt.UTC).date()
    return FeedFacts(source=options["key"], fellowship=fellowship, as_of=_day(options), today=today)


def _day(options: dict[str, Any]) -> dt.date | None:
    return options["as_of"].date() if options["as_of"] else None


def _source(options: dict[str, Any]) -> Source:
    """The source with what was said of it now, or else at an earlier import."""
    known = db.session.get(Source, options["key"])
    name = options["name"] or (known.name if known else "")
    if not name:
        raise click.UsageError("Say --name: what people read of where these listings come from.")
    if known and known.fictional:
        raise click.UsageError("This source is the demonstration; choose another key.")
    said = {field: options[field] or (getattr(known, field) if known else "") for field in ("attribution", "url")}
    db.session.rollback()  # the import begins a transaction of its own, once the file is read
    return Source(key=options["key"], name=name[:200], **{field: text[:500] for field, text in said.items()})
