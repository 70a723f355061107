"""The field for a place, in a real browser: suggestions while typing, and the visitor's own place on a tap."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
HERE = {"latitude": 41.885812345, "longitude": -87.622987654}
OpenPage = Callable[..., Page]


def field(page: Page) -> Locator:
    return page.locator("#near")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name=re.compile("Places|Lugares")).get_by_role("option")


def typed(page: Page, text: str, address: str = "/map") -> Page:
    page.goto(address)
    field(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()
    return page


def test_a_place_is_offered_while_it_is_typed_and_one_tap_takes_it(open_page: OpenPage) -> None:
    page = typed(open_page(viewport=SMALLEST, has_touch=True), "springf")
    options(page).filter(has_text="Springfield, IL").tap()
    expect(field(page)).to_have_value("Springfield, IL")
    expect(options(page)).to_have_count(0)
    page.get_by_role("button", name="Show on the map").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Map: Help near Springfield, IL")


def test_the_arrows_and_enter_choose_and_only_then_does_enter_search(page: Page) -> None:
    typed(page, "springf")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = options(page).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "")
    expect(field(page)).to_be_focused()
    wanted = second.get_attribute("data-label") or ""
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(wanted)
    assert urlsplit(page.url).query == ""
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Map: Help near {wanted}")


def test_up_from_the_field_marks_the_last_and_beyond_an_end_nothing_is_marked(page: Page) -> None:
    typed(page, "chicago")
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert field(page).get_attribute("aria-activedescendant") is None


def test_escape_closes_the_list_and_then_empties_the_field(page: Page) -> None:
    typed(page, "chicago")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("chicago")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")


def test_enter_without_a_choice_searches_what_was_typed(page: Page) -> None:
    typed(page, "60601")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Map: Help near Chicago, IL 60601")


def test_the_list_goes_when_the_field_is_left(page: Page) -> None:
    typed(page, "chicago")
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("address", ["/map", "/es/map"], ids=["English", "Spanish"])
@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_the_open_list_is_accessible_and_fits_its_screen(
    open_page: OpenPage, axe: Callable[[Page], None], screen: dict[str, int], address: str
) -> None:
    page = typed(open_page(viewport=screen), "chicago", address)
    page.keyboard.press("ArrowDown")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_who_cannot_see_the_list_is_told_how_long_it_is(page: Page) -> None:
    typed(page, "chicago")
    told = page.locator("[data-place]").get_by_role("status").first
    expect(told).to_have_text("4 suggestions. Use the up and down arrows.")
    field(page).fill("zzzzzz")
    expect(told).to_have_text("No suggestions")


def test_a_fast_typist_is_asked_for_once(page: Page) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/places.json" in request.url else None)
    typed(page, "chicago")
    assert len(asked) == 1
    assert asked[0].endswith("?q=chicago")


def test_without_javascript_it_is_a_plain_field(open_page: OpenPage) -> None:
    page = open_page(viewport=SMALLEST, java_script_enabled=False)
    page.goto("/map")
    expect(page.get_by_role("button", name="Use my location")).to_have_count(0)
    page.get_by_label("ZIP code, city, county or state").fill("Nashville, TN")
    page.get_by_role("button", name="Show on the map").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Map: Help near Nashville, TN")


def test_where_somebody_is_leaves_the_device_only_on_a_tap_and_only_roughly(open_page: OpenPage) -> None:
    page = open_page(viewport=SMALLEST, geolocation=HERE, permissions=["geolocation"])
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/map")
    expect(field(page)).to_have_value("")
    page.get_by_role("button", name="Use my location").click()
    expect(field(page)).to_have_value("41.89, -87.62")
    expect(page.get_by_text("This is where you are, to about half a mile.")).to_be_visible()
    page.get_by_role("button", name="Show on the map").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Map: Help near 41.89, -87.62 (near Chicago, IL)")
    assert parse_qs(urlsplit(page.url).query)["near"] == ["41.89, -87.62"]
    assert not any("41.885" in address or "87.622" in address for address in asked)


def test_who_does_not_want_to_say_where_they_are_is_told_what_else_to_do(
    open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page(viewport=SMALLEST, permissions=[])
    page.goto("/map")
    page.get_by_role("button", name="Use my location").click()
    expect(page.get_by_text("Your browser did not share where you are.")).to_be_visible()
    axe(page)
    field(page).press_sequentially("606")
    expect(page.get_by_text("Your browser did not share where you are.")).to_have_count(0)


@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_nothing_moves_when_the_button_comes(open_page: OpenPage, screen: dict[str, int]) -> None:
    page = open_page(viewport=screen)
    page.goto("/map")
    button, search = (
        page.get_by_role("button", name="Use my location"),
        page.get_by_role("button", name="Show on the map"),
    )
    expect(button).to_be_visible()
    after = search.bounding_box()
    page.locator("[data-place]").evaluate("place => place.classList.remove('place--ready')")  # as before its script ran
    expect(button).not_to_be_visible()
    assert search.bounding_box() == after
