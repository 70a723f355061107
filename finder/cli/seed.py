"""``finder seed``: the demonstration directory, for a start without data."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import track
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.extensions import db
from finder.importing.formats.demonstration import demonstration_listings, demonstration_size, demonstration_source
from finder.listings import Change, ListingDraft, Outcome, save_all
from finder.models import Provider, Source


@click.command("seed")
@with_appcontext
def seed() -> None:
    """Fill the directory with about 2,000 fictional listings.

    Does nothing where real listings are shown. Run again, it changes nothing.
    """
    if _real_are_shown(db.session()):
        click.echo("This directory has real listings, so the demonstration stays out.")
        return
    click.echo(_summary(_seed(db.session())))


def _seed(session: Session) -> Counter[Outcome]:
    session.merge(demonstration_source())
    session.flush()
    change = Change(by="finder seed", at=dt.datetime.now(dt.UTC), reason="demonstration directory")
    outcomes = save_all(session, _with_progress(), change)
    session.commit()
    return outcomes


def _with_progress() -> Iterator[ListingDraft]:
    """The listings, while a bar shows how far they are; it goes to standard error and vanishes at the end."""
    yield from track(
        demonstration_listings(),
        description="Demonstration listings",
        total=demonstration_size(),
        console=Console(stderr=True),
        transient=True,
    )


def _summary(outcomes: Counter[Outcome]) -> str:
    created, updated = outcomes[Outcome.CREATED], outcomes[Outcome.UPDATED]
    if not created and not updated:
        return f"The {outcomes.total():,} demonstration listings are there already: nothing changed."
    return f"Demonstration listings: {created:,} added, {updated:,} updated. All are fictional, and every page says so."


def _real_are_shown(session: Session) -> bool:
    query = select(Provider.id).join(Source).where(~Source.fictional, Provider.status == Status.PUBLISHED).limit(1)
    return session.scalar(query) is not None
