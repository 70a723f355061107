"""Takes the pictures of the administrator's handbook: ``make handbook``.

They show the demonstration directory, so nobody's real place is in them. Run it when a page of the administration has
changed; the pictures are kept under ``docs/pictures``.
"""

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from finder.app import create_app
from finder.config import Settings
from finder.domain.problem import Problem
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.importing.jobs import approve
from finder.listings import Change, ListingDraft, record_checks, save_all
from finder.listings.duplicates import find_duplicates, keep_duplicates
from finder.listings.history import as_json
from finder.listings.problems import Said, store_report
from finder.listings.stored import load_stored
from finder.models import Account, Provider
from finder.models.connection import begin_writing, engine_options
from tests.chromium import QUIET, chromium
from tests.databases import SqliteDatabases
from tests.import_jobs import a_conflict, a_feed_source
from tests.samples.feeds import a_meeting
from tests.service import running
from tests.signing_in import sign_in
from tests.staff import SECRET_KEY, an_account
from tests.workshops import Background

PROJECT = Path(__file__).parents[1]
PICTURES = PROJECT / "docs" / "pictures"
SCREEN = {"width": 1000, "height": 760}
"""Wide enough for tables, small enough to be read in a document."""

PAGES = {
    "start": "/admin/",
    "reviews": "/admin/reviews",
    "call": "/admin/listings/{listing}/call",
    "reports": "/admin/reports",
    "report": "/admin/reports/1",
    "duplicates": "/admin/duplicates/1",
    "listings": "/admin/listings",
    "listing": "/admin/listings/{listing}",
    "edit": "/admin/listings/{listing}/edit",
    "history": "/admin/listings/{listing}/history",
    "dashboard": "/admin/dashboard",
    "coverage": "/admin/coverage",
    "vocabulary": "/admin/vocabulary",
    "policy": "/admin/policy",
    "users": "/admin/users",
}

PAGES_OF_IMPORTS = {"sources": "/admin/sources", "import": "/admin/imports/2", "conflicts": "/admin/conflicts"}
"""Taken last: the first real listing takes the demonstration off."""


def main() -> int:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, a_service(Path(folder)) as served, sync_playwright() as playwright:
        server, account, listing = served
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        page = browser.new_page(base_url=server, viewport=SCREEN)
        sign_in(page, account)
        for name, address in PAGES.items():
            taken(page, name, address.format(listing=listing))
        some_imports(Path(folder))
        for name, address in PAGES_OF_IMPORTS.items():
            taken(page, name, address)
        browser.close()
    return 0


def taken(page: Page, name: str, address: str) -> None:
    """Take the picture of what a screen shows of a page."""
    answer = page.goto(address)
    assert answer, address
    assert answer.ok, f"{address}: {answer.status}"
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")  # noqa: T201 (a command's output)


@contextmanager
def a_service(folder: Path) -> Iterator[tuple[str, Account, int]]:
    """A service of the demonstration directory: its address, an administrator, and a listing with a report."""
    with SqliteDatabases(folder).migrated() as url:
        own = {"FINDER_DATABASE_URL": url, "FINDER_SECRET_KEY": SECRET_KEY, "FINDER_INSTANCE_FOLDER": str(folder)}
        with patch.dict(os.environ, own):
            create_app().test_cli_runner().invoke(args=["seed"], catch_exceptions=False)
            account, listing = some_work(url)
            with running(url) as service:
                yield f"http://127.0.0.1:{service.port}", account, listing


def some_work(url: str) -> tuple[Account, int]:
    """Somebody who signs in, and something for them to do."""
    engine = create_engine(url, **engine_options(url))
    with Session(engine) as session:
        begin_writing(session)
        listing = session.scalars(select(Provider.id).order_by(Provider.id)).first() or 0
        said = Said(problems=frozenset({Problem.PHONE}), text="Nobody answers before noon.")
        store_report(session, listing, said, dt.datetime.now(dt.UTC))
        (stored,) = load_stored(session, Provider.id == listing)
        twin = ListingDraft(source="demonstration", source_ref="twin", **stored.facts)
        save_all(session, [twin], Change(by="handbook", at=dt.datetime.now(dt.UTC)))
        keep_duplicates(session, find_duplicates(session))
        session.commit()
        account = an_account(session)
    engine.dispose()
    return account, listing


def some_imports(folder: Path) -> None:
    """Imports in the service's own database."""
    url = Settings().database_url
    engine = create_engine(url, **engine_options(url))
    with Session(engine) as session:
        imports_of_a_feed(session, folder)
    engine.dispose()


def imports_of_a_feed(session: Session, folder: Path) -> None:
    """A feed that was imported, the next file of it that waits for a decision, and what it says against a person."""
    background = Background(session, folder / "imports", now=dt.datetime.now(dt.UTC))
    begin_writing(session)
    source = a_feed_source(session, attribution="Kept by the volunteers of Lakeview.", licence="CC BY 4.0")
    names = ("Lakeview Beginners", "Harbor Lights", "One Day at a Time", "Sunday Lantern")
    meetings = [a_meeting(name=name, slug=name.lower()) for name in names]
    first = background.work(background.upload(source, *meetings))
    approve(session, first, by="ada@county.example", at=background.now, options={})
    session.commit()
    background.work(first)
    background.work(background.upload(source, *meetings[1:], meetings[0] | {"time": "20:00", "end_time": "21:00"}))
    (listing,) = load_stored(session, Provider.name == names[1])
    theirs = tuple(replace(span, opens_at=dt.time(18), closes_at=dt.time(19)) for span in listing.facts["schedules"])
    facts = {"schedules": [as_json(listing.facts["schedules"]), as_json(theirs)]}
    called = Finding(
        group=FieldGroup.HOURS, method=CheckMethod.CALL, result=CheckResult.CONFIRMED, on=background.now.date()
    )
    record_checks(session, listing.id, [called], Change(by="bob@county.example", at=background.now))
    a_conflict(session, session.get_one(Provider, listing.id), field_group=FieldGroup.HOURS, facts=facts)
    session.commit()


if __name__ == "__main__":
    sys.exit(main())
