"""The guide in a real browser: on a phone, with a keyboard alone, with and without JavaScript, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from finder.orientation.guide import load_guide

SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

# Danger, so that every page carries the call to 911, and as many rules as one person can make fire.
HARD_NIGHT = {
    "danger": ["not_sure"],
    "who": ["someone"],
    "used": ["benzodiazepines", "alcohol", "opioids"],
    "withdrawal": ["severe_before", "most_days"],
    "person": ["pregnant"],
    "home": ["no"],
    "stage": ["after"],
    "payment": ["medicaid", "none"],
}

OpenPage = Callable[..., Page]


def answer(page: Page, codes: list[str]) -> None:
    """Tap the answer, or tick the answers and go on."""
    if page.locator("form.guide input[type=checkbox]").count():
        for code in codes:
            page.locator(f"form.guide input[value={code}]").check()
        page.locator("form.guide button.govuk-button").click()
    else:
        page.locator(f"form.guide button[value={codes[0]}]").click()


def inspect(page: Page, axe: Callable[[Page], None]) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.url.endswith("/guide")


@pytest.mark.parametrize("prefix", ["", "/es"], ids=["English", "Spanish"])
@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_every_step_is_accessible_and_fits_its_screen(
    open_page: OpenPage, axe: Callable[[Page], None], screen: dict[str, int], prefix: str
) -> None:
    page = open_page(viewport=screen)
    page.goto(f"{prefix}/guide")
    for codes in HARD_NIGHT.values():
        inspect(page, axe)
        answer(page, codes)
    inspect(page, axe)
    page.locator("button[value=back]").click()
    inspect(page, axe)


@pytest.mark.parametrize("address", ["/", "/topics", "/topics/your-privacy", "/topics/kinds-of-care", "/nowhere"])
@pytest.mark.parametrize("prefix", ["", "/es"], ids=["English", "Spanish"])
@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_every_page_to_read_is_accessible_and_fits_its_screen(
    open_page: OpenPage, axe: Callable[[Page], None], screen: dict[str, int], prefix: str, address: str
) -> None:
    page = open_page(viewport=screen)
    page.goto(prefix + address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_guide_needs_no_mouse(page: Page) -> None:
    page.goto("/guide")
    reach(page, page.get_by_role("button", name="No", exact=True))
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("button", name="Skip this question"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("checkbox", name="Alcohol"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # goes on, as the first button does
    expect(page.get_by_role("heading", level=1)).to_have_text(load_guide().questions[3].words)
    reach(page, page.get_by_role("checkbox", name="Used most days"))
    page.keyboard.press("Space")
    reach(page, page.get_by_role("button", name="Show the suggestion now"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("ZIP code, city, county or state"))
    page.keyboard.type("60601")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Detox")


def test_the_first_page_of_an_emergency_shows_the_call_without_scrolling(open_page: OpenPage) -> None:
    page = open_page(viewport=SMALLEST)
    page.goto("/guide")
    page.get_by_role("button", name="Yes").click()
    call = page.locator(".danger-now a.call")
    expect(call).to_have_attribute("href", "tel:911")
    expect(call).to_be_in_viewport(ratio=1)


def test_the_guide_leaves_nothing_in_the_browser(page: Page) -> None:
    page.goto("/guide")
    for codes in HARD_NIGHT.values():
        answer(page, codes)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_role("link", name="Start over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(load_guide().questions[0].words)
    assert page.locator("form.guide input[type=hidden]").count() == 1


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} cannot be reached with Tab")
