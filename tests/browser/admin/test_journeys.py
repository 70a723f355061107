"""What happens to a listing between a source's file and the public, and to somebody who is no longer trusted."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.app import create_app
from finder.config import Settings
from finder.models import Provider
from tests.samples.workbooks import a_facility, facilities
from tests.signing_in import sign_in
from tests.staff import an_account

DESK = {"width": 1280, "height": 900}
RELOADS = 20  # a worker asks four times a second whether listings changed


def test_an_imported_listing_is_fixed_and_published_and_the_public_finds_it_at_once(
    open_page: Callable[..., Page], session: Session, url: str, tmp_path: Path
) -> None:
    file = tmp_path / "directory.xlsx"
    file.write_bytes(facilities(a_facility(), a_facility(name1="Hill House", service_code_info="SA")))
    result = create_app(Settings(database_url=url)).test_cli_runner().invoke(args=["import", "samhsa", str(file)])
    assert result.exit_code == 0
    hill = session.scalars(select(Provider).where(Provider.name == "Hill House")).one()
    page, visitor = open_page(viewport=DESK), open_page(viewport=DESK)
    sign_in(page, an_account(session))

    page.get_by_role("link", name="Reviews").first.click()
    page.get_by_role("link", name="Waiting to be shown").click()
    expect(page.get_by_text("The source names no level of care")).to_be_visible()
    page.get_by_role("link", name="Hill House").click()
    page.get_by_role("link", name="All about this listing").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("summary", has_text="Kind of help").click()
    page.get_by_label("Detox", exact=True).check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hill House")

    found = visitor.get_by_role("link", name="Hill House")
    for _ in range(RELOADS):
        visitor.goto(f"/search?near={hill.postal_code}&level_of_care=detox")
        if found.count():
            break
    expect(found.first).to_be_visible()


def test_who_is_disabled_is_out_at_the_next_click(open_page: Callable[..., Page], session: Session) -> None:
    bob = an_account(session, email="bob@county.example")
    theirs, page = open_page(viewport=DESK), open_page(viewport=DESK)
    sign_in(theirs, bob)
    sign_in(page, an_account(session))
    page.goto(f"/admin/users/{bob.id}")
    page.get_by_role("button", name="Disable").click()
    expect(page.get_by_role("status")).to_contain_text("signed out everywhere")

    theirs.get_by_role("link", name="Listings").first.click()

    expect(theirs.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(theirs.get_by_role("status")).to_contain_text("You were signed out")
