"""Leaving quickly, for somebody who must not be seen here."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
ORDINARY = "https://www.weather.gov/"

OpenPage = Callable[..., Page]


@pytest.fixture
def visit(open_page: OpenPage) -> OpenPage:
    """Opens a page of a browser in which the ordinary page exists: ``visit("/search", viewport=PHONE)``."""

    def visited(address: str, **options: object) -> Page:
        page = open_page(**options)
        page.route(f"{ORDINARY}**", _answer)
        page.goto(address)
        return page

    return visited


def _answer(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<!doctype html><title>Weather</title><h1>Weather</h1>")


@pytest.mark.parametrize("address", ["/search?near=60601", "/es/topics/opioids", "/guide", "/nowhere"])
def test_one_tap_puts_an_ordinary_page_in_the_place_of_ours(visit: OpenPage, address: str) -> None:
    page = visit("/topics", viewport=PHONE)
    page.goto(address)
    page.locator("a.site-leave__link").click()
    expect(page).to_have_url(ORDINARY)
    page.go_back()
    assert page.url.endswith("/topics")


def test_without_scripts_the_button_is_a_link_to_the_ordinary_page(visit: OpenPage) -> None:
    page = visit("/search", java_script_enabled=False)
    page.locator("a.site-leave__link").click()
    expect(page).to_have_url(ORDINARY)
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()


def test_whoever_leaves_takes_along_all_that_the_browser_kept_for_us(visit: OpenPage) -> None:
    page = visit("/topics")
    page.evaluate("localStorage.setItem('shortlist', '1'); sessionStorage.setItem('shortlist', '2')")
    page.locator("a.site-leave__link").click()
    expect(page).to_have_url(ORDINARY)
    page.goto("/topics")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_page_is_blank_before_the_other_one_is_even_asked_for(visit: OpenPage) -> None:
    page = visit("/topics/opioids")
    left: list[str] = []

    def tell(text: str) -> None:
        left.append(text)

    page.expose_function("tell", tell)
    page.evaluate(
        "new MutationObserver(() => tell(document.title + document.documentElement.textContent))"
        ".observe(document.documentElement, {childList: true})"
    )
    page.locator("a.site-leave__link").click()
    expect(page).to_have_url(ORDINARY)
    assert left == [""]


def test_escape_pressed_three_times_leaves(visit: OpenPage) -> None:
    page = visit("/search?near=60601")
    page.get_by_label("ZIP code, city, county or state").focus()
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page).to_have_url(ORDINARY)


def test_escape_for_something_else_does_not_leave(visit: OpenPage) -> None:
    page = visit("/search")
    for key in ("Escape", "Escape", "a", "Escape", "Escape"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/search")


def test_a_screen_reader_is_told_of_the_key_only_where_it_works(visit: OpenPage) -> None:
    told = "You can also press the Escape key three times."
    expect(visit("/").get_by_text(told)).to_be_attached()
    expect(visit("/").get_by_text(told)).not_to_have_attribute("hidden", "")
    expect(visit("/", java_script_enabled=False).get_by_text(told)).to_have_attribute("hidden", "")


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_button_stays_in_sight_and_is_big_enough_for_a_thumb(visit: OpenPage, screen: dict[str, int]) -> None:
    page = visit("/topics/kinds-of-care", viewport=screen)
    button = page.locator("a.site-leave__link")
    for share in (0, 0.5, 1):
        page.evaluate("share => window.scrollTo(0, share * document.documentElement.scrollHeight)", share)
        expect(button).to_be_in_viewport(ratio=1)
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_button_never_hides_what_has_the_focus(visit: OpenPage, screen: dict[str, int]) -> None:
    page = visit("/guide", viewport=screen)
    covered = """() => {
        const box = document.activeElement.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return !!top?.closest(".site-leave, .site-top") && !document.activeElement.closest(".site-top");
    }"""
    reached = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(45):
            page.keyboard.press(key)
            reached.append(page.evaluate("document.activeElement.textContent"))
            assert not page.evaluate(covered), reached[-1]
    assert len(set(reached)) > 20


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_button_covers_nothing_where_a_page_begins(visit: OpenPage, screen: dict[str, int]) -> None:
    page = visit("/es/", viewport=screen)
    row, header, main = (page.locator(part).bounding_box() for part in (".site-top", "header", "main"))
    assert row is not None
    assert header is not None
    assert main is not None
    assert header["y"] + header["height"] <= row["y"]
    assert row["y"] + row["height"] <= main["y"]
    assert row["height"] <= 64
