"""One place, read and reported in a real browser: on a phone and at a desk, with and without JavaScript and a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["", "/es"], ids=["English", "Spanish"])
BOTH_SCREENS = pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])


def place_near(page: Page, language: str, level: str = "detox") -> str:
    """Go to the first place that a search finds; its address."""
    page.goto(f"{language}/search?near=60601&level_of_care={level}")
    found = page.locator(".cards h3 a").first.get_attribute("href")
    assert found
    page.goto(found)
    return found


@BOTH_LANGUAGES
@BOTH_SCREENS
def test_a_place_and_the_whole_way_of_a_report_are_accessible_and_fit_the_screen(
    open_page: Callable[..., Page], axe: Callable[[Page], None], screen: dict[str, int], language: str
) -> None:
    page = open_page(viewport=screen)

    def check() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]

    address = place_near(page, language)
    page.locator("details summary").first.click()
    check()
    page.locator(f"a[href='{address}/report']").click()
    check()
    page.locator("form [type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check()
    page.locator("[name=problems][value=phone]").check()
    page.locator("form [type=submit]").click()
    page.wait_for_url(f"**{address}/report/sent")
    check()


@pytest.mark.parametrize("level", ["inpatient", "outpatient", "support_group"])
def test_each_kind_of_place_is_accessible(
    open_page: Callable[..., Page], axe: Callable[[Page], None], level: str
) -> None:
    page = open_page(viewport=SMALLEST, color_scheme="dark")
    place_near(page, "", level)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_somebody_reports_a_dead_phone(open_page: Callable[..., Page], *, scripts: bool) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=scripts)
    place_near(page, "", "outpatient")
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Report a problem").click()
    page.get_by_label("What should we know?").fill("It rings, and nobody answers.")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("link", name="Choose at least one thing that is wrong").click()
    page.get_by_label("The phone number does not work, or it is not theirs").check()
    expect(page.get_by_label("What should we know?")).to_have_value("It rings, and nobody answers.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your report.")
    page.reload()
    page.get_by_role("link", name=f"Back to {name}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_report_needs_no_mouse_and_never_meets_the_trap_for_programs(page: Page) -> None:
    place_near(page, "", "inpatient")
    page.get_by_role("link", name="Report a problem").press("Enter")
    page.get_by_label("Something else").press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("The door code changed.")
    page.keyboard.press("Tab")
    page.keyboard.type("ann@example.com")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the report")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your report.")


def test_the_next_place_is_one_tap_away_and_calls(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    place_near(page, "")
    other = page.locator(".nearby li").first
    assert other.locator("a[href^='tel:']").count() == 1
    name = other.locator("a").first.inner_text()
    other.locator("a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_on_paper_all_questions_are_there_and_nothing_to_tap(page: Page) -> None:
    place_near(page, "")
    page.emulate_media(media="print")
    expect(page.get_by_text("Are you licensed by the state?")).to_be_visible()
    expect(page.get_by_text("Printed from http://")).to_be_visible()
    expect(page.get_by_role("link", name="Report a problem")).to_be_hidden()
