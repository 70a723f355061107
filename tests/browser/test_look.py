"""What readers chose for their screen: dark, more contrast, their own colours, less motion; and what a page weighs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
SCHEMES: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "more contrast": {"contrast": "more"},
    "dark, more contrast": {"color_scheme": "dark", "contrast": "more"},
    "own colours": {"forced_colors": "active"},
}
PAGES = {
    "home": "/",
    "topics": "/topics",
    "topic": "/topics/benzodiazepines",
    "guide": "/guide",
    "search": "/search",
    "results": "/search?near=60601&level_of_care=outpatient",
    "widened": "/search?near=05401&radius=5&population=veterans",
    "mistakes": "/search?near=Chicgo&radius=-1",
    "not found": "/nowhere",
}
A_PLACE = "/search?near=60601"
FIRST_LOAD = 100_000  # bytes as they are sent
LARGEST_SHIFT = 0.05

_SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""
# One of each kind: what has the same classes looks the same.
_ONE_OF_EACH_KIND = """() => {
  const seen = new Set();
  const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']");
  for (const element of all) {
    const kind = element.tagName + element.type + element.className + element.parentElement.className;
    if (!seen.has(kind) && element.checkVisibility({ visibilityProperty: true })) element.dataset.kind = seen.size;
    seen.add(kind);
  }
}"""
_MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
  return (animationName !== "none" && parseFloat(animationDuration) > 0.01) || parseFloat(transitionDuration) > 0.01;
}).map((element) => element.className)"""


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())
def test_every_page_is_readable_in_the_colours_that_the_reader_chose(
    open_page: Callable[..., Page], axe: Callable[[Page], None], address: str, scheme: dict[str, Any]
) -> None:
    page = open_page(viewport=PHONE, **scheme)
    page.goto(address)
    axe(page)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())
def test_a_place_and_a_list_are_readable_in_the_colours_that_the_reader_chose(
    open_page: Callable[..., Page], axe: Callable[[Page], None], scheme: dict[str, Any]
) -> None:
    page = open_page(viewport=DESK, **scheme)
    page.goto(A_PLACE)
    slugs = page.locator("[data-keep]").evaluate_all("buttons => buttons.map((button) => button.dataset.keep)")
    for address in (f"/providers/{slugs[0]}", f"/shortlist?ids={','.join(slugs[:6])}&compare={slugs[0]},{slugs[1]}"):
        page.goto(address)
        axe(page)


def test_a_reader_who_likes_it_dark_meets_no_bright_page(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, color_scheme="dark")
    for address in PAGES.values():
        page.goto(address)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(", ")) < 64
    theme = page.locator("meta[name=theme-color]").evaluate_all(
        "tags => tags.filter((tag) => matchMedia(tag.media || 'all').matches).map((tag) => tag.content)"
    )
    assert theme == ["#0f191b"]


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES.keys())
@pytest.mark.parametrize("address", ["/", "/search?near=60601&level_of_care=outpatient", "/nowhere"])
def test_whatever_has_the_focus_is_seen_to_have_it(
    open_page: Callable[..., Page], address: str, scheme: dict[str, Any]
) -> None:
    page = open_page(viewport=PHONE, **scheme)
    page.goto(address)
    page.keyboard.press("Tab")  # so that the browser knows that somebody uses the keyboard
    for element in one_of_each_kind(page):
        element.focus()
        focused = page.screenshot()
        element.evaluate("element => element.blur()")
        assert page.screenshot() != focused, element.evaluate("element => element.outerHTML")


def one_of_each_kind(page: Page) -> Iterator[Locator]:
    """Of all that can have the focus, one of each kind."""
    page.evaluate(_ONE_OF_EACH_KIND)
    yield from page.locator("[data-kind]").all()


def test_in_the_readers_own_colours_a_button_still_has_an_edge(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=DESK, forced_colors="active")
    page.goto("/search?near=60601&level_of_care=outpatient")
    for part in (".govuk-button", ".call", ".keep", ".govuk-tag", ".card", ".chosen a"):
        edges = page.locator(part).first.evaluate("part => getComputedStyle(part).borderTopWidth")
        assert float(edges.removesuffix("px")) >= 1, part


def test_nothing_moves_for_a_reader_who_wants_no_motion(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, reduced_motion="reduce")
    for address in PAGES.values():
        page.goto(address)
        assert page.evaluate(_MOVING) == []


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["360 px", "1280 px"])
def test_no_page_jumps_while_it_loads(open_page: Callable[..., Page], screen: dict[str, int]) -> None:
    page = open_page(viewport=screen)
    for address in (*PAGES.values(), a_place(page)):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(_SHIFTS) <= LARGEST_SHIFT, address


@pytest.mark.parametrize("address", ["/", "/search", "/search?near=60601", "a place"])
def test_the_first_page_of_a_visit_stays_under_100_kilobytes(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(viewport=PHONE)
    wanted = a_place(page) if address == "a place" else address
    first_visit = open_page(viewport=PHONE)  # whose browser has nothing of ours yet
    sizes: list[int] = []
    first_visit.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    first_visit.goto(wanted)
    first_visit.wait_for_load_state("networkidle")
    assert sum(sizes) <= FIRST_LOAD


def a_place(page: Page) -> str:
    """The address of the page of a place."""
    page.goto(A_PLACE)
    address = page.locator(".card h3 a").first.get_attribute("href")
    assert address
    return address
