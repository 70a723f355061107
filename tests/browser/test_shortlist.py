"""Keeping places in the browser, comparing, sharing and forgetting them."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
SEARCH = "/search?near=60601&radius=50"
# Within the page, since our policy forbids what Playwright's own waiting for a condition evaluates there.
_SCROLLED = """(box) => new Promise((resolve) => {
  if (box.scrollLeft) resolve(box.scrollLeft);
  box.addEventListener("scroll", () => resolve(box.scrollLeft));
  setTimeout(() => resolve(box.scrollLeft), 5000);
})"""
LIST_LINK = re.compile(r"^(Your list|Su lista) \(\d+\)$")


def keep(page: Page, how_many: int) -> list[str]:
    """Keep the first places of the results; their names."""
    page.goto(SEARCH)
    cards = page.locator(".card").filter(has=page.locator(".keep"))
    for number in range(how_many):
        cards.nth(number).get_by_role("button", name="Keep").click()
    return [cards.nth(number).locator("h3").inner_text() for number in range(how_many)]


def open_list(page: Page) -> None:
    """Follow the link to the list at the top of the page."""
    page.locator("[data-shortlist-link]").first.get_by_role("link", name=LIST_LINK).click()


def a_list(page: Page, how_many: int) -> str:
    """The address of a list of the first places of the results."""
    page.goto(SEARCH)
    slugs = page.locator(".card .keep").evaluate_all("buttons => buttons.map((button) => button.dataset.keep)")
    return f"/shortlist?ids={','.join(slugs[:how_many])}"


def stored(page: Page) -> dict[str, str]:
    """Everything that the browser keeps for us."""
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return found


def test_somebody_keeps_three_programs_and_compares_them_side_by_side(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    names = keep(page, 3)
    expect(page.locator(".keep[aria-pressed=true]")).to_have_count(3)
    open_list(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("A list of 3 places")
    assert page.locator("thead th").all_inner_texts() == names
    assert page.get_by_role("rowheader", name="Ways to pay").is_visible()


def test_the_list_is_at_hand_where_somebody_just_kept_a_place(page: Page) -> None:
    keep(page, 2)
    page.locator(".card").get_by_role("status").get_by_role("link", name="Your list (2)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A list of 2 places")


def test_a_place_kept_by_mistake_is_let_go_by_the_same_button(page: Page) -> None:
    keep(page, 1)
    page.get_by_role("button", name="Kept").click()
    expect(page.locator(".keep[aria-pressed=true]")).to_have_count(0)
    expect(page.get_by_role("link", name=LIST_LINK)).to_have_count(0)
    assert stored(page) == {}


def test_a_place_is_kept_from_its_own_page_and_with_the_keyboard(page: Page) -> None:
    page.goto(SEARCH)
    page.locator(".card h3 a").first.click()
    page.get_by_role("button", name="Keep").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Kept")).to_be_focused()
    page.go_back()
    expect(page.locator(".keep[aria-pressed=true]")).to_have_count(1)


def test_nothing_but_the_places_is_kept_and_only_for_this_tab(page: Page) -> None:
    keep(page, 2)
    slugs = page.locator(".keep[aria-pressed=true]").evaluate_all("kept => kept.map((button) => button.dataset.keep)")
    assert {name: json.loads(value) for name, value in stored(page).items()} == {"finder.shortlist": slugs}
    assert page.evaluate("localStorage.length") == 0

    other_tab = page.context.new_page()
    other_tab.goto("/shortlist")
    expect(other_tab.get_by_text("Nothing is on this list")).to_be_visible()


def test_the_list_opens_without_its_places_in_the_address_where_the_browser_has_them(page: Page) -> None:
    names = keep(page, 2)
    page.goto("/shortlist")
    expect(page.get_by_role("heading", level=1)).to_have_text("A list of 2 places")
    assert page.locator(".card h3").all_inner_texts() == names


def test_whoever_wants_keeps_the_list_on_the_device_and_takes_it_back(page: Page) -> None:
    keep(page, 2)
    open_list(page)
    page.get_by_label("Keep on this device").check()

    other_tab = page.context.new_page()
    other_tab.goto("/shortlist")
    expect(other_tab.get_by_role("heading", level=1)).to_have_text("A list of 2 places")
    other_tab.get_by_label("Keep on this device").uncheck()
    assert other_tab.evaluate("localStorage.length") == 0
    assert other_tab.evaluate("sessionStorage.length") == 1


@pytest.mark.parametrize("on_device", [False, True], ids=["in this tab", "on this device"])
def test_one_button_forgets_the_list(page: Page, *, on_device: bool) -> None:
    keep(page, 2)
    open_list(page)
    page.get_by_label("Keep on this device").set_checked(on_device)
    page.get_by_role("button", name="Clear my list").click()
    expect(page.get_by_text("Nothing is on this list")).to_be_visible()
    assert page.url.endswith("/shortlist")
    assert stored(page) == {}


def test_a_place_taken_off_the_list_is_off_everywhere(page: Page) -> None:
    _, second = keep(page, 2)
    open_list(page)
    page.get_by_role("link", name="Take off the list").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A list of 1 place")
    expect(page.locator(".card h3")).to_have_text(second)
    assert len(json.loads(stored(page)["finder.shortlist"])) == 1


def test_somebody_who_was_sent_a_list_looks_at_it_and_keeps_it_only_by_choice(page: Page) -> None:
    page.goto(a_list(page, 3))
    assert stored(page) == {}
    expect(page.get_by_role("button", name="Clear my list")).to_be_hidden()
    page.get_by_role("button", name="Keep these places").click()
    expect(page.get_by_text("These places are on your list now.")).to_be_visible()
    expect(page.get_by_role("button", name="Clear my list")).to_be_visible()


def test_a_place_that_is_no_longer_listed_does_not_stay_in_the_browser(page: Page) -> None:
    keep(page, 1)
    (slug,) = json.loads(stored(page)["finder.shortlist"])
    page.evaluate("list => sessionStorage.setItem('finder.shortlist', list)", json.dumps([slug, "closed-for-good"]))
    page.goto("/shortlist")
    expect(page.get_by_text("1 place is no longer listed.")).to_be_visible()
    assert json.loads(stored(page)["finder.shortlist"]) == [slug]


def test_a_full_list_says_so_instead_of_forgetting_a_place(page: Page) -> None:
    page.goto("/")
    full = json.dumps([f"place-{number}" for number in range(20)])
    page.evaluate("list => sessionStorage.setItem('finder.shortlist', list)", full)
    page.goto(SEARCH)
    page.get_by_role("button", name="Keep").first.click()
    expect(page.get_by_text("Your list is full.")).to_be_visible()
    assert stored(page) == {"finder.shortlist": full}


@pytest.mark.parametrize("nonsense", ["{", '"text"', '{"a": 1}', '[1, null, "<b>", "a b"]'])
def test_what_another_hand_wrote_into_the_storage_breaks_nothing(page: Page, nonsense: str) -> None:
    page.goto("/")
    page.evaluate("text => sessionStorage.setItem('finder.shortlist', text)", nonsense)
    keep(page, 1)
    expect(page.locator("[data-shortlist-link]").get_by_role("link").first).to_have_text("Your list (1)")


def test_a_browser_that_keeps_nothing_still_shows_lists(page: Page) -> None:
    refused = "Object.defineProperty(window, '%s', { get() { throw new DOMException('no', 'SecurityError'); } });"
    page.add_init_script(refused % "sessionStorage" + refused % "localStorage")
    page.goto(a_list(page, 2))
    expect(page.get_by_role("heading", level=1)).to_have_text("A list of 2 places")
    page.goto(SEARCH)
    page.get_by_role("button", name="Keep").first.click()
    expect(page.locator(".keep[aria-pressed=true]")).to_have_count(0)


def test_a_long_list_lets_somebody_choose_four_to_compare(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(a_list(page, 6))
    for number in (0, 2, 5):
        page.get_by_label("Compare").nth(number).check()
    page.get_by_role("button", name="Compare up to 4 places side by side").click()
    expect(page.locator("thead th")).to_have_count(3)
    expect(page.get_by_role("heading", level=1)).to_have_text("A list of 6 places")


def test_on_paper_are_the_places_and_no_buttons(page: Page) -> None:
    page.goto(a_list(page, 3))
    page.emulate_media(media="print")
    expect(page.locator(".comparison__table")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="Take off the list")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_print_opens_the_browsers_own_window(page: Page) -> None:
    page.add_init_script("window.print = () => document.body.setAttribute('data-printed', '')")
    page.goto(a_list(page, 2))
    page.get_by_role("button", name="Print this list").click()
    expect(page.locator("body[data-printed]")).to_have_count(1)


def test_the_link_to_share_is_copied(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    page.goto(a_list(page, 2))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
@pytest.mark.parametrize("start", ["", "/es"], ids=["English", "Spanish"])
def test_every_state_of_the_list_is_accessible_and_fits_its_screen(
    open_page: Callable[..., Page], axe: Callable[[Page], None], start: str, screen: dict[str, int]
) -> None:
    page = open_page(viewport=screen)
    three, six = a_list(page, 3), a_list(page, 6)
    too_many = "".join(f"&compare={slug}" for slug in six.removeprefix("/shortlist?ids=").split(","))
    for address in ("/shortlist", three, f"{three},nobody", f"{six}{too_many}", f"{six},a%20b"):
        page.goto(start + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_without_javascript_no_button_is_there_that_would_do_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto(SEARCH)
    expect(page.get_by_role("button", name="Keep")).to_have_count(0)
    page.goto(a_list(page, 2))
    expect(page.get_by_role("button", name="Print this list")).to_have_count(0)
    expect(page.get_by_role("button", name="Clear my list")).to_have_count(0)


def test_the_comparison_is_scrolled_by_keyboard_on_the_smallest_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=SMALLEST)
    page.goto(a_list(page, 4))
    region = page.get_by_role("region", name="Side by side")
    region.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".comparison").evaluate(_SCROLLED) > 0
