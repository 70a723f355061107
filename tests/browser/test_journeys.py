"""The main job, done in a real browser: on a phone and at a desk, with and without JavaScript and a mouse."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

PAGES = {
    "home": "/",
    "topic": "/topics/benzodiazepines",
    "table": "/topics/kinds-of-care",
    "empty search": "/search",
    "results": "/search?near=60601",
    "filtered results": "/search?near=60601&level_of_care=outpatient&payment=medicaid",
    "widened results": "/search?near=05401&radius=5&population=veterans",
    "second page": "/search?near=60601&radius=50&page=2",
    "mistakes": "/search?near=Chicgo&radius=-1&q=harbor",
    "candidates": "/search?near=Springfield",
    "page beyond the last": "/search?near=60601&page=99",
    "not found": "/providers/nobody",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_every_page_is_accessible_and_fits_its_screen(
    open_page: Callable[..., Page], axe: Callable[[Page], None], address: str, screen: dict[str, int]
) -> None:
    page = open_page(viewport=screen)
    page.goto(address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_a_listing_is_accessible_and_fits_the_smallest_phone(
    open_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = open_page(viewport=SMALLEST)
    page.goto("/search?near=60601")
    page.locator(".card a").first.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_someone_on_a_phone_finds_a_program_that_takes_medicaid_and_calls(
    open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/")
    page.get_by_label("Inpatient or residential").check()
    page.get_by_label("ZIP code, city, county or state").fill("60601")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inpatient or residential near Chicago, IL 60601")
    page.get_by_role("link", name="Filters", exact=True).click()
    page.locator("summary", has_text="Ways to pay").click()
    page.get_by_label("Medicaid").check()
    page.get_by_role("button", name="Show results").first.click()
    expect(page.get_by_role("link", name="Remove filter: Medicaid")).to_be_visible()
    name = page.locator(".card h3").first.inner_text()
    page.locator(".card h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert page.locator("a.call").first.get_attribute("href") == "tel:+13125550123"


def test_the_main_job_needs_no_mouse(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to search").first).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(5):  # four kinds of help, then the place
        page.keyboard.press("Tab")
    expect(page.get_by_label("ZIP code, city, county or state")).to_be_focused()
    page.keyboard.type("Nashville, TN")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help near Nashville, TN")


def test_a_misspelled_city_is_one_tap_from_the_right_one(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/search?near=Chicgo&level_of_care=outpatient")
    page.get_by_role("link", name="Chicago, IL").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Outpatient near Chicago, IL")


def test_a_message_leads_to_its_field(page: Page) -> None:
    page.goto("/search?near=")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("ZIP code, city, county or state")).to_be_focused()


def test_a_filter_that_is_on_comes_off_with_one_tap(page: Page) -> None:
    page.goto("/search?near=60601&level_of_care=detox&level_of_care=outpatient")
    page.get_by_role("link", name="Remove filter: Detox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Outpatient near Chicago, IL 60601")


def test_the_pages_of_a_long_answer_are_walked_by_links(page: Page) -> None:
    page.goto("/search?near=60601&radius=50")
    first = page.locator(".card h3").all_inner_texts()
    page.get_by_role("link", name="Page 2").click()
    assert not set(first) & set(page.locator(".card h3").all_inner_texts())


def test_a_search_and_all_that_it_loads_stay_under_100_kilobytes(page: Page) -> None:
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/search?near=60601")
    page.wait_for_load_state("networkidle")
    assert len(sizes) > 2, "the page, its style sheet, its scripts and its icon"
    assert sum(sizes) <= 100_000


def test_no_page_leaves_a_cookie_or_anything_else_behind(page: Page) -> None:
    for address in PAGES.values():
        page.goto(address)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_page_that_is_not_there_says_so(page: Page) -> None:
    response = page.goto("/nowhere")
    assert response is not None
    assert response.status == HTTPStatus.NOT_FOUND
    expect(page.get_by_role("heading", name="People you can call now")).to_be_visible()
