"""``finder reports``: what visitors report of listings."""

import datetime as dt

import click
from flask.cli import with_appcontext
from rich.console import Console

from finder.extensions import db
from finder.listings.confirmation import ADDRESSES_ARE_KEPT, forget_addresses
from finder.listings.problems import WORDS_ARE_KEPT, forget_words, open_reports
from finder.models import ProblemReport
from finder.models.connection import begin_writing


@click.group()
def reports() -> None:
    """Problems with listings that visitors have reported."""


@reports.command("list")
@with_appcontext
def list_() -> None:
    """Tell all reports that wait for somebody, the oldest first."""
    console = Console(markup=False, highlight=False, soft_wrap=True)
    waiting = open_reports(db.session())
    for report in waiting:
        console.print(_told(report))
    console.print(f"{len(waiting):,} open")


@reports.command()
@with_appcontext
def forget() -> None:
    """Delete what reports say, their contacts, and where letters went, once they are old; for a daily job."""
    begin_writing(db.session())
    now = dt.datetime.now(dt.UTC)
    forgotten, addresses = forget_words(db.session(), now), forget_addresses(db.session(), now)
    db.session.commit()
    click.echo(f"Reports older than {WORDS_ARE_KEPT.days} days whose words were deleted: {forgotten:,}")
    click.echo(f"Letters older than {ADDRESSES_ARE_KEPT.days} days whose addresses were deleted: {addresses:,}")


def _told(report: ProblemReport) -> str:
    problems = ", ".join(row.problem.value for row in report.problems)
    lines = [
        f"{report.created_at:%Y-%m-%d %H:%M} UTC  {report.provider.name}  /providers/{report.provider.slug}",
        f"  {problems}",
    ]
    lines += [f"  | {line}" for line in report.text.splitlines()]
    lines += [f"  contact: {report.contact}"] if report.contact else []
    return "\n".join([*lines, ""])
