"""An editor writes a listing, publishes it, moves its pin, and meets somebody else's changes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from finder.models import Provider
from tests.editing import by_somebody_else, edit, harbor_house
from tests.signing_in import sign_in
from tests.staff import an_account

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
OpenPage = Callable[..., Page]


@pytest.fixture
def listing(session: Session) -> Provider:
    """A listing of this test's own."""
    return harbor_house(session)


@pytest.fixture
def come_in(session: Session) -> Callable[[Page], Page]:
    """Lets an administrator of this test's own come in, on a page."""
    account = an_account(session)

    def come_in(page: Page) -> Page:
        sign_in(page, account)
        return page

    return come_in


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_draft_is_written_and_published_and_the_public_sees_it_at_once(
    open_page: OpenPage, come_in: Callable[[Page], Page], *, scripts: bool
) -> None:
    name = f"Lantern House {'with' if scripts else 'without'} scripts"
    page = come_in(open_page(viewport=PHONE, java_script_enabled=scripts))
    visitor = open_page(viewport=PHONE, java_script_enabled=scripts)

    page.goto("/admin/listings/new")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("ZIP Code", exact=True).fill("60614")
    page.get_by_label("City", exact=True).fill("Chicago")
    page.get_by_label("State", exact=True).fill("Illinois")
    page.get_by_label("What is left to do").fill("Ask for the phone number")
    page.get_by_role("button", name="Save as a draft").click()
    heading(page, name)
    visitor.goto("/search?near=60614&radius=5")
    expect(visitor.get_by_text(name)).to_have_count(0)

    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Number", exact=True).first.fill("(312) 555-0177")
    page.locator("summary", has_text="Kind of help").click()
    page.get_by_label("Detox", exact=True).check()
    days = page.get_by_role("group", name="Days and times 1")
    days.get_by_label("Day").select_option("Every day")
    days.get_by_label("From").fill("09:00")
    days.get_by_label("To").fill("17:00")
    page.get_by_role("button", name="Publish").click()
    heading(page, name)

    visitor.goto("/search?near=60614&radius=5&level_of_care=detox")
    visitor.get_by_role("link", name=name).first.click()
    expect(visitor.get_by_role("link", name="312-555-0177", exact=True)).to_be_visible()
    expect(visitor.get_by_text("9 AM to 5 PM")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["360 px", "1280 px"])
def test_form_mistakes_and_conflict_are_accessible_and_two_editors_lose_nothing(
    open_page: OpenPage,
    come_in: Callable[[Page], Page],
    axe: Callable[[Page], None],
    session: Session,
    screen: dict[str, int],
) -> None:
    listing = harbor_house(session)
    page = come_in(open_page(viewport=screen))

    def check() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]

    page.goto(edit(listing))
    expect(page.locator(".listing-pin")).to_be_visible()
    check()
    by_somebody_else(session, listing, name="Harbor Hall", fees="Free")
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("Number", exact=True).first.fill("12")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("alert").get_by_role("link", name="phone number").click()
    expect(page.get_by_label("Number", exact=True).first).to_be_focused()
    check()
    page.get_by_label("Number", exact=True).first.fill("312-555-0188")
    page.get_by_label("Name", exact=True).fill("Harbor Home")
    page.get_by_role("button", name="Save", exact=True).click()
    heading(page, "Somebody else changed this listing")
    check()
    page.get_by_role("button", name="Save both").click()
    page.get_by_role("alert").get_by_role("link").click()
    check()
    page.get_by_label("Take mine").check()
    page.get_by_role("button", name="Save both").click()

    heading(page, "Harbor Home")
    page.goto(edit(listing))
    expect(page.get_by_label("Number", exact=True).first).to_have_value("312-555-0188")
    expect(page.get_by_label("Fees", exact=True)).to_have_value("Free")


def test_the_pin_is_moved_with_the_arrow_keys(
    open_page: OpenPage, come_in: Callable[[Page], Page], listing: Provider
) -> None:
    page = come_in(open_page(viewport=DESK))
    page.goto(edit(listing))
    latitude, longitude = page.get_by_label("Latitude"), page.get_by_label("Longitude")
    pin = page.get_by_role("button", name="Position. The arrow keys")
    page.get_by_label("The position stands for").select_option("the ZIP Code")
    before = [float(field.input_value()) for field in (latitude, longitude)]

    pin.focus()
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowRight")

    north, east = (float(field.input_value()) - was for field, was in zip((latitude, longitude), before, strict=True))
    assert 0 < east < north < 0.01
    expect(page.get_by_label("The position stands for")).to_have_value("address")
    expect(page.get_by_text(f"The pin is at {latitude.input_value()}")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    heading(page, "Harbor House")


def test_what_is_typed_moves_the_pin(open_page: OpenPage, come_in: Callable[[Page], Page]) -> None:
    page = come_in(open_page(viewport=DESK))
    page.goto("/admin/listings/new")
    expect(page.locator(".listing-pin")).to_have_count(0)

    page.get_by_label("Latitude").fill("42.0546")
    page.get_by_label("Longitude").fill("-87.6943")
    page.keyboard.press("Tab")

    expect(page.locator(".listing-pin")).to_be_visible()
    expect(page.locator(".map-town", has_text="Evanston")).to_be_attached()
