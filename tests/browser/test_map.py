"""The map, in a real browser: drawn without asking anybody else, in step with the list, and never needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
OpenPage = Callable[..., Page]

# Of the pins on a desk's screen, from north to south: nine places each in Evanston, in 60614, and in 60601, where the
# search is. The list has all of the last, and one of 60614.
SECOND, LAST = 1, 2

STATES = {
    "many": "/map?near=60601&radius=50",
    "a state": "/map?near=TN",
    "few": "/map?near=05401&radius=5&population=veterans",
    "empty": "/map",
    "mistake": "/map?near=Chicgo",
    "candidates": "/map?near=Springfield",
}


def frame(page: Page) -> Locator:
    return page.locator(".map__frame")


def pins(page: Page) -> Locator:
    return page.locator(".map-pin")


def opened(page: Page, address: str = "/map?near=60601&radius=50") -> Page:
    page.goto(address)
    expect(pins(page).first).to_be_visible()
    return page


@pytest.mark.parametrize("language", ["", "/es"], ids=["English", "Spanish"])
@pytest.mark.parametrize("address", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_every_state_of_the_map_is_accessible_and_fits_its_screen(
    open_page: OpenPage, axe: Callable[[Page], None], screen: dict[str, int], address: str, language: str
) -> None:
    page = open_page(viewport=screen)
    page.goto(f"{language}{address}")
    if page.locator("[data-map]").count():
        expect(pins(page).first).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_is_accessible_by_day_and_at_night(
    open_page: OpenPage, axe: Callable[[Page], None], scheme: str
) -> None:
    axe(opened(open_page(viewport=DESK, color_scheme=scheme)))


def test_the_map_is_drawn_from_outlines_of_our_own(page: Page) -> None:
    opened(page)
    for line in ("map-land", "map-states", "map-counties"):
        expect(page.locator(f"path.{line}")).to_have_count(1)
    expect(page.locator(".map-town", has_text="Chicago").first).to_be_attached()


def test_a_card_lights_its_pin(page: Page) -> None:
    opened(page)
    card, lit = page.locator("#places .card").first, page.locator(".map-pin--lit")
    its_pin = pins(page).nth(LAST).get_attribute("aria-label") or ""
    card.hover()
    expect(lit).to_have_accessible_name(its_pin)
    page.locator("h1").hover()
    expect(lit).to_have_count(0)
    card.get_by_role("link").first.focus()
    expect(lit).to_have_accessible_name(its_pin)


def test_a_pin_lights_its_cards_and_leads_to_them(page: Page) -> None:
    opened(page)
    pins(page).nth(LAST).focus()
    expect(page.locator(".card--lit")).to_have_count(10)
    page.keyboard.press("Enter")
    expect(page.locator("#places .card h3 a").first).to_be_focused()


def test_a_pin_whose_places_are_not_all_in_the_list_names_them(page: Page, axe: Callable[[Page], None]) -> None:
    opened(page)
    pins(page).nth(SECOND).click()
    names = page.get_by_role("region", name="places at one spot").get_by_role("listitem")
    expect(names).to_have_count(9)
    expect(names.first).to_contain_text("We know only the ZIP code. The pin shows its middle.")
    axe(page)
    page.get_by_role("button", name="Close", exact=True).click()
    expect(names).to_have_count(0)
    expect(frame(page)).to_be_focused()


def test_a_pin_of_many_brings_them_closer(page: Page) -> None:
    opened(page)
    for _ in range(4):
        with page.expect_response(lambda response: "/map.json" in response.url):
            page.get_by_role("button", name="Farther").click()
    all_in_one = page.get_by_role("button", name="28 places")
    all_in_one.focus()
    page.keyboard.press("Enter")
    expect(all_in_one).to_have_count(0)
    expect(pins(page)).not_to_have_count(1)
    expect(frame(page)).to_be_focused()


def test_the_map_is_moved_and_sized_with_the_keyboard_and_says_what_it_shows(page: Page) -> None:
    opened(page)
    told = page.get_by_text("The map shows 28 places here.")
    expect(told).to_be_visible()
    frame(page).focus()
    for _ in range(3):
        with page.expect_response(lambda response: "/map.json" in response.url):
            page.keyboard.press("Shift+ArrowUp")
    expect(page.get_by_text("The map shows no place here.")).to_be_visible()
    for _ in range(3):
        with page.expect_response(lambda response: "/map.json" in response.url):
            page.keyboard.press("-")
    expect(told).to_be_visible()
    expect(frame(page)).to_be_focused()


def test_a_tap_moves_the_map_for_those_who_cannot_drag_it(open_page: OpenPage) -> None:
    page = opened(open_page(viewport=SMALLEST, has_touch=True))
    with page.expect_response(lambda response: "/map.json" in response.url):
        frame(page).tap(position={"x": 250, "y": 250})


def test_the_map_can_be_skipped(page: Page) -> None:
    opened(page)
    page.locator(".map").get_by_role("link", name="Skip the map").click()
    expect(page.locator("#places")).to_be_focused()


def test_who_wants_less_motion_gets_none(open_page: OpenPage) -> None:
    page = opened(open_page(viewport=DESK, reduced_motion="reduce"))
    expect(page.locator(".leaflet-zoom-anim, .leaflet-fade-anim")).to_have_count(0)
    page.get_by_role("button", name="Closer").click()
    expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)


def test_without_javascript_the_list_is_there_and_says_why_there_is_no_map(open_page: OpenPage) -> None:
    page = open_page(viewport=SMALLEST, java_script_enabled=False)
    page.goto("/map?near=60601&radius=50")
    expect(page.get_by_text("The map needs JavaScript. The list has the same places.")).to_be_visible()
    expect(frame(page)).not_to_be_visible()
    expect(page.locator("#places .card")).to_have_count(10)


def test_a_map_that_cannot_ask_for_its_places_says_so(page: Page) -> None:
    opened(page)
    page.route("**/map.json*", lambda route: route.fulfill(body="somebody else's page"))
    frame(page).focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("The map could not ask for its places.")).to_be_visible()
