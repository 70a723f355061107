"""The page for people who write programs."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_the_page_for_programs_is_accessible_and_fits_a_phone(
    open_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto("/hsds/docs")

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_role("heading", name="Where the data comes from")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="The county's list")).to_be_visible()
