"""``finder review`` and ``finder duplicates``: what a person should look at, most urgent first."""

import datetime as dt

import click
from flask.cli import AppGroup, with_appcontext
from rich.console import Console
from rich.table import Table

from finder.extensions import db
from finder.listings.duplicates import Suspects, find_duplicates, keep_duplicates, suspects
from finder.listings.review import DueReview, due_reviews, waiting
from finder.models import Provider
from finder.models.connection import begin_writing

review = AppGroup("review", help="Which listings a person should check, and which wait to be looked at.")

_limit = click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many to show.")


@review.command("due")
@click.option("--state", metavar="XX", help="Only listings of this state, by its two letters.")
@_limit
def due(*, state: str | None, limit: int) -> None:
    """Published listings that are overdue for a check, most harmful first."""
    today = dt.datetime.now(dt.UTC).date()
    scope = Provider.state == state.upper() if state else None
    found = due_reviews(db.session(), today, limit=limit, scope=scope)
    if not found:
        click.echo("Nothing is overdue.")
        return
    table = _table("listing", "check", "last checked", "days overdue", "reports", "harm")
    for each in found:
        table.add_row(*_due_row(each))
    _print(table)


def _due_row(each: DueReview) -> tuple[str, ...]:
    checked = each.checked_on.isoformat() if each.checked_on else "never"
    place = _place(each.name, each.city, each.state)
    return (place, each.group.value, checked, f"{each.overdue_days:,}", str(each.reports), f"{each.harm:,}")


@review.command("waiting")
@_limit
def waiting_(*, limit: int) -> None:
    """Drafts and hidden listings that the public doesn't see until somebody has looked, longest first."""
    found = waiting(db.session(), limit=limit)
    if not found:
        click.echo("Nothing waits.")
        return
    table = _table("listing", "since", "why")
    for each in found:
        table.add_row(_place(each.name, each.city, each.state), each.since.date().isoformat(), each.reason)
    _print(table)


@click.command()
@_limit
@with_appcontext
def duplicates(*, limit: int) -> None:
    """Compare all listings, keep the pairs that may be one place, and show the most alike.

    What was decided about a pair stays decided.
    """
    likely = find_duplicates(db.session())
    db.session.rollback()  # nobody waits for us while we compare
    begin_writing(db.session())
    kept = keep_duplicates(db.session(), likely)
    db.session.commit()
    click.echo(
        f"{kept.waiting:,} pairs wait for a decision: {kept.new:,} new, {kept.dropped:,} dropped since "
        f"the last time. {kept.decided:,} are decided."
    )
    found = suspects(db.session(), limit=limit)
    if found:
        table = _table("alike", "listings", "why")
        for pair in found:
            table.add_row(*_pair_row(pair))
        _print(table)


def _pair_row(pair: Suspects) -> tuple[str, ...]:
    both = "\n".join(_place(each.name, each.address_1, each.city, each.state) for each in (pair.first, pair.second))
    return str(pair.score), both, "\n".join(reason.replace("_", " ") for reason in pair.reasons)


def _place(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _table(*headings: str) -> Table:
    table = Table(show_lines=True)
    for heading in headings:
        table.add_column(heading)
    return table


def _print(table: Table) -> None:
    # Names come from outside; square brackets in them are no markup.
    Console(markup=False, highlight=False).print(table)
