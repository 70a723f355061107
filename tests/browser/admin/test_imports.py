"""A file becomes listings, with and without JavaScript; every page of it on a telephone and at a desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.domain.importing import JobState
from finder.importing.desk import taken
from finder.jobs import workshop_of
from finder.models import ImportJob
from tests.factories import a_provider
from tests.import_jobs import a_conflict, a_feed_source, a_job, feed_bytes
from tests.samples.feeds import a_meeting
from tests.signing_in import sign_in
from tests.staff import an_account
from tests.workshops import Background

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
SOURCE = "/admin/sources/aa-lakeview"
OpenPage = Callable[..., Page]


@pytest.fixture
def background(session: Session, live_server: str) -> Background:
    """Works off what the pages of `live_server` ask for."""
    assert live_server
    return Background(session, workshop_of(Settings()).folder)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of two meetings, one of which says nothing."""
    path = tmp_path / "meetings.json"
    path.write_bytes(feed_bytes(a_meeting(), {"slug": "x"}))
    return path


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def newest_job(session: Session) -> ImportJob:
    session.rollback()
    return session.scalars(select(ImportJob).order_by(ImportJob.id.desc()).limit(1)).one()


def start(page: Page, session: Session, feed: Path) -> None:
    """An administrator comes in and uploads a feed."""
    a_feed_source(session)
    session.commit()
    sign_in(page, an_account(session))
    page.goto(SOURCE)
    page.get_by_label("File", exact=True).set_input_files(feed)
    page.get_by_role("button", name="Upload and look at it").click()
    heading(page, "Import on its way")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_file_is_uploaded_looked_at_applied_and_taken_back(
    open_page: OpenPage, session: Session, background: Background, feed: Path, *, scripts: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=scripts)
    start(page, session, feed)

    def next_step(words: str) -> None:
        background.work(newest_job(session))
        if not scripts:
            page.get_by_role("link", name="Look again").click()
        heading(page, words)

    next_step("Waits for your decision")
    expect(page.get_by_text("Lakeview Beginners")).to_be_visible()
    page.get_by_role("button", name="Apply").click()
    heading(page, "Import on its way")
    next_step("Import of ")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Nothing of it changed since")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_role("status")).to_contain_text("Taken back. 1")


def test_how_far_it_is_follows_the_work_and_moves_nothing_on_the_page(
    open_page: OpenPage, session: Session, background: Background, feed: Path
) -> None:
    page = open_page(viewport=DESK)
    start(page, session, feed)
    below = page.get_by_role("link", name="Look again")
    before = below.bounding_box()
    job = newest_job(session)
    job.state = JobState.PREVIEWING
    session.commit()

    with taken(background.folder, job.id) as desk:
        assert desk
        for done in (250, 600):
            desk.tell(done, 1000)
            expect(page.get_by_text(f"{done} of 1,000 rows")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text("Being looked at: 50 %")
        assert below.bounding_box() == before

    background.work(job)
    heading(page, "Waits for your decision")


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    open_page: OpenPage, session: Session, tmp_path: Path
) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(65_000_000)
    a_feed_source(session)
    session.commit()
    page = open_page(viewport=DESK)
    sign_in(page, an_account(session))
    page.goto(SOURCE)
    expect(page.get_by_text("larger than 64 MB")).to_be_hidden()

    page.get_by_label("File", exact=True).set_input_files(large)
    page.get_by_role("button", name="Upload and look at it").click()

    expect(page.get_by_text("larger than 64 MB")).to_be_visible()


def test_every_page_is_accessible_and_fits_its_screen(
    open_page: OpenPage, axe: Callable[[Page], None], session: Session, background: Background, feed: Path
) -> None:
    page = open_page(viewport=DESK)
    start(page, session, feed)
    background.work(newest_job(session))
    heading(page, "Waits for your decision")
    page.get_by_role("button", name="Apply").click()
    background.work(newest_job(session))
    heading(page, "Import of ")
    source = a_feed_source(session, failures=2, trouble="https://aa.example/ answered 500.", every_hours=24)
    waiting = a_job(session, source, JobState.WAITING)
    again = background.upload(source, a_meeting(time="20:00", end_time="21:00", types=["X" * 60]), {"slug": "y"})
    background.work(again)
    a_conflict(session, a_provider(session, name="Harbor House", fees="Free"))
    run = page.url
    session.commit()
    addresses = ["/admin/sources", "/admin/sources/new", SOURCE, f"{SOURCE}/edit", "/admin/imports", run, f"{run}/undo"]
    addresses += [f"/admin/imports/{waiting.id}", f"/admin/imports/{again.id}", "/admin/conflicts", "/admin/dashboard"]

    for screen in (PHONE, DESK):
        page.set_viewport_size(screen)
        for address in addresses:
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], address
        page.goto("/admin/sources/new")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("Enter a name")
        axe(page)
        page.goto(SOURCE)
        page.get_by_role("button", name="Upload and look at it").click()
        page.get_by_role("alert").get_by_role("link", name="Choose a file").click()
        expect(page.get_by_label("File", exact=True)).to_be_focused()
        axe(page)
