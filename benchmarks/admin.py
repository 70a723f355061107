"""Times the pages of the administration on a large directory: ``python -m benchmarks.admin 100000``.

The directory is the demonstration's listings again and again, saved as everything is, ten changes each with
``--changes 10``, on SQLite or on the database of ``--url``, which must be empty. Printed is the median of ten requests
of each page by the clock, of one process, without the network. The machine must do nothing else.
"""

import argparse
import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from itertools import count, islice
from pathlib import Path

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from sqlalchemy.orm import Session

from finder.app import create_app
from finder.config import Settings
from finder.domain.problem import Problem
from finder.extensions import db
from finder.importing.formats.demonstration import demonstration_listings, demonstration_source
from finder.listings import Change, ListingDraft, save_all
from finder.listings.duplicates import find_duplicates, keep_duplicates
from finder.listings.problems import Said, store_report
from finder.models import Account
from tests.staff import SECRET_KEY, Clock, an_account, client_of

PAGES = (
    "/admin/",
    "/admin/reviews",
    "/admin/reviews?page=20",
    "/admin/reviews?state=CA",
    "/admin/reviews/waiting",
    "/admin/reports",
    "/admin/duplicates",
    "/admin/listings",
    "/admin/listings?words=harbor",
    "/admin/listings?flag=overdue",
    "/admin/listings?state=CA&order=updated&page=20",
    "/admin/listings/5",
    "/admin/listings/5/edit",
    "/admin/listings/5/history",
    "/admin/listings/5/call",
    "/admin/proposals",
    "/admin/dashboard",
    "/admin/coverage",
    "/admin/vocabulary",
    "/admin/users",
)

_TIMES = 10
_REPORTS = 2_000
_NOW = dt.datetime.now(dt.UTC)
_MORE_CHANGES = """
INSERT INTO revision (provider_id, version, at, "by", reason, changes)
SELECT provider_id, version + :more, at, "by", reason, changes FROM revision WHERE version = 1
"""


def main() -> None:
    """Make the directory, and print how long each page takes."""
    options = _options()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        url = options.url or f"sqlite:///{folder}/finder.db"
        app = create_app(Settings(database_url=url, instance_folder=Path(folder), secret_key=SECRET_KEY))
        app.extensions["clock"] = Clock(_NOW)
        with app.app_context():
            flask_migrate.upgrade()
            fill(db.session(), options.size, options.changes, console)
            account = an_account(db.session())
        table = measured(app, account)
        table.title = f"{options.size:,} listings, {url.partition(':')[0]}"
        console.print(table)


def fill(session: Session, size: int, changes: int, console: Console) -> None:
    """Save so many listings with so many changes each, reports, and the pairs that look alike."""
    console.print(f"saving {size:,} listings")
    session.add(demonstration_source())
    session.flush()
    save_all(session, islice(many_listings(), size), Change(by="benchmark", at=_NOW))
    for more in range(1, changes):
        session.execute(text(_MORE_CHANGES), {"more": more})
    session.execute(text("UPDATE provider SET version = :changes"), {"changes": changes})
    for number in range(min(_REPORTS, size)):
        store_report(
            session, number * (size // min(_REPORTS, size)) + 1, Said(problems=frozenset({Problem.PHONE})), _NOW
        )
    session.commit()
    console.print("looking for duplicates")
    keep_duplicates(session, islice(find_duplicates(session), 10_000))
    session.commit()
    session.execute(text("ANALYZE"))
    session.commit()


def many_listings() -> Iterator[ListingDraft]:
    """The demonstration again and again, each time with other names and streets, so that few look alike."""
    for round_ in count(1):
        for draft in demonstration_listings():
            street = f"{round_} {draft.address_1}" if draft.address_1 else ""
            ref = f"{round_}-{draft.source_ref}"
            yield replace(draft, source_ref=ref, name=f"{draft.name} {round_}", address_1=street)


def measured(app: Flask, account: Account) -> Table:
    """The median of each page, in milliseconds."""
    client = client_of(app)
    client.sign_in(account)
    table = Table("page", "median ms")
    for address in PAGES:
        times = []
        for _ in range(_TIMES):
            begun = time.perf_counter()
            answer = FlaskClient.open(client, address)  # past our client, which reads the page's HTML
            times.append(time.perf_counter() - begun)
            if answer.status_code != HTTPStatus.OK:
                raise RuntimeError(f"{address}: {answer.status}")
        table.add_row(address, f"{1000 * statistics.median(times):.0f}")
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("size", type=int, nargs="?", default=100_000)
    parser.add_argument("--changes", type=int, default=1, help="so many changes a listing")
    parser.add_argument("--url", help="an empty database")
    return parser.parse_args()


if __name__ == "__main__":
    main()
