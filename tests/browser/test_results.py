"""The page of results as people use it: filters, the care path, sharing and printing, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

STATES = {
    "care path": "/search?near=60601&level_of_care=detox",
    "widened": "/search?near=05401&radius=5&population=veterans&payment=medicaid",
    "times and what to leave out": "/search?near=60601&day=today&time=evening&not=ownership:for_profit&available=yes",
    "drawer": "/search?near=60601#filters",
    "nothing": "/search?near=60601&q=nowhere",
    "whole state": "/search?near=60601&radius=state&sort=name",
}


@pytest.mark.parametrize("language", ["", "/es"], ids=["English", "Spanish"])
@pytest.mark.parametrize("address", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_every_state_is_accessible_and_fits_its_screen(
    open_page: Callable[..., Page], axe: Callable[[Page], None], screen: dict[str, int], address: str, language: str
) -> None:
    page = open_page(viewport=screen)
    page.goto(language + address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_a_ticked_filter_changes_the_list_its_counts_and_the_address_at_once(page: Page) -> None:
    page.goto("/search?near=60601&radius=25")
    page.get_by_label("Detox (").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("Detox near Chicago, IL 60601")
    expect(page).to_have_url("/search?near=60601&radius=25&sort=distance&level_of_care=detox")
    expect(page).to_have_title(f"Detox near Chicago, IL 60601: {_count(page)} places \u2013 Treatment finder")
    page.get_by_label("Inpatient or residential (").check()
    expect(page).to_have_url("/search?near=60601&radius=25&sort=distance&level_of_care=detox&level_of_care=inpatient")


def test_after_a_change_the_focus_stays_and_the_count_is_announced(page: Page) -> None:
    page.goto("/search?near=60601&radius=25")
    page.get_by_label("Detox (").focus()
    page.keyboard.press("Space")
    expect(page.locator("#told")).to_have_text(f"{_count(page)} places within 25 miles")
    expect(page.get_by_label("Detox (")).to_be_focused()
    expect(page.get_by_label("Detox (")).to_be_checked()


def test_what_was_unfolded_stays_unfolded(page: Page) -> None:
    page.goto("/search?near=60601&radius=25")
    page.locator("summary", has_text="Detox from").click()
    page.get_by_label("Detox (").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("Detox near Chicago, IL 60601")
    expect(page.locator("#facet-detox_from")).to_have_attribute("open", "")


def test_back_leads_to_the_list_as_it_was(page: Page) -> None:
    page.goto("/search?near=60601&radius=25")
    page.get_by_label("Detox (").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("Detox near Chicago, IL 60601")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help near Chicago, IL 60601")
    expect(page.get_by_label("Detox (")).not_to_be_checked()


def test_changing_filters_leaves_nothing_in_the_browser(page: Page) -> None:
    page.goto("/search?near=60601&radius=25")
    page.get_by_label("Detox (").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("Detox near Chicago, IL 60601")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_on_a_phone_the_filters_are_a_drawer(open_page: Callable[..., Page], *, scripts: bool) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/search?near=60601&radius=25")
    expect(page.get_by_role("heading", name="Filter these places")).to_be_hidden()
    page.get_by_role("link", name="Filters", exact=True).click()
    expect(page.get_by_role("heading", name="Filter these places")).to_be_visible()
    expect(page.locator("#results")).to_be_hidden()
    page.get_by_label("Detox (").check()
    page.get_by_role("button", name="Show results").first.click()
    expect(page.locator(".card").first).to_be_visible()
    expect(page.get_by_role("heading", name="Filter these places")).to_be_hidden()
    expect(page.get_by_role("link", name="Remove filter: Detox")).to_be_visible()


def test_the_drawer_closes_without_a_choice(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/search?near=60601")
    page.get_by_role("link", name="Filters", exact=True).click()
    page.get_by_role("link", name="Back to the results").click()
    expect(page.locator(".card").first).to_be_visible()


def test_the_care_path_leads_to_each_kind_of_help_and_its_phone(page: Page) -> None:
    page.goto("/search?near=60601&level_of_care=detox")
    path = page.get_by_role("region", name="Nearest of each kind of help")
    expect(path.get_by_role("listitem")).to_have_count(4)
    expect(path.get_by_role("listitem").nth(2)).to_contain_text("Outpatient")
    assert path.locator("a.call").nth(1).get_attribute("href") == "tel:+13125550123"


def test_detox_that_takes_medicaid_is_five_taps_from_the_front_page(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/")
    page.get_by_label("Inpatient or residential").check()  # 1
    page.get_by_label("ZIP code, city, county or state").click()  # 2
    page.keyboard.type("60601")
    page.get_by_role("button", name="Search").click()  # 3
    if page.get_by_role("link", name="Medicaid (").count():
        page.get_by_role("link", name="Medicaid (").click()  # 4
    assert page.locator(".card a.call").first.get_attribute("href") == "tel:+13125550123"  # 5


def test_the_link_to_a_search_is_copied_with_one_tap(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/search?near=60601&radius=25&page=1")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server}/search?near=60601&radius=25"


def test_without_javascript_the_address_is_there_to_copy_and_no_button_is_dead(
    open_page: Callable[..., Page], live_server: str
) -> None:
    page = open_page(viewport=DESK, java_script_enabled=False)
    page.goto("/search?near=60601&radius=25")
    expect(page.get_by_role("link", name=f"{live_server}/search?near=60601&radius=25")).to_be_visible()
    expect(page.get_by_role("button", name="Copy link")).to_be_hidden()
    expect(page.get_by_role("button", name="Print this list")).to_be_hidden()


def test_on_paper_stand_the_places_and_their_numbers(page: Page) -> None:
    page.goto("/search?near=60601&radius=25")
    page.emulate_media(media="print")
    expect(page.locator(".card a.call").first).to_be_visible()
    expect(page.locator(".card a.call").first).to_contain_text("312-555-0123")
    for screen_only in (".filters", ".search-panel", ".tools__list", ".often"):
        expect(page.locator(screen_only).first).to_be_hidden()


def _count(page: Page) -> int:
    """How many places with detox there are within 25 miles, as the panel says."""
    return int("".join(filter(str.isdigit, page.locator("label[for=level_of_care-detox] .count").inner_text())))
