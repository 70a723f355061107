"""The four tasks that the site is for, counted in taps on a phone, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 360, "height": 740}
PLACE = "ZIP code, city, county or state"


class Thumb:
    """Taps on a phone's screen, and counts them; typing into a field costs the tap that opens it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        """Touch it where it is seen."""
        self.taps += 1
        target.tap()

    def type(self, label: str, words: str) -> None:
        """Touch a field and write into it."""
        field = self.page.get_by_label(label)
        self.tap(field)
        field.fill(words)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def thumb(open_page: Callable[..., Page], request: pytest.FixtureRequest) -> Thumb:
    """Somebody on a phone who has just opened the site."""
    page = open_page(viewport=PHONE, has_touch=True, java_script_enabled=request.param)
    page.goto("/")
    return Thumb(page)


def test_detox_near_60601_that_takes_medicaid_is_called_in_five_taps(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_label("Detox", exact=True))
    thumb.type(PLACE, "60601")
    thumb.tap(page.get_by_role("button", name="Search", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Detox near Chicago, IL 60601")
    thumb.tap(page.get_by_role("link", name="Medicaid"))
    expect(page.get_by_role("link", name="Remove filter: Medicaid")).to_be_visible()
    first = page.locator(".card").first
    expect(first).to_contain_text("Medicaid")
    assert first.locator("a.call").get_attribute("href") == "tel:+13125550123"
    assert thumb.taps + 1 <= 5  # the call itself


def test_a_meeting_tonight_near_irvine_is_found_in_four_taps(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_label("Support groups"))
    thumb.type(PLACE, "Irvine, CA")
    thumb.tap(page.get_by_role("button", name="Search", exact=True))
    thumb.tap(page.get_by_role("link", name="Meets today"))
    expect(page.get_by_role("link", name="Remove filter: Today")).to_be_visible()
    expect(page.locator(".card h3").first).to_have_text("Evening Hope Group")
    assert thumb.taps <= 4


def test_for_a_relative_who_takes_clonazepam_the_guide_leads_to_a_call_in_ten_taps(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_role("link", name="Answer a few questions"))
    thumb.tap(page.get_by_role("button", name="No", exact=True))
    thumb.tap(page.get_by_role("button", name="For someone I care about"))
    thumb.tap(page.get_by_role("checkbox", name="Benzodiazepines"))
    thumb.tap(page.get_by_role("button", name="Next"))
    thumb.tap(page.get_by_role("checkbox", name="Used most days"))
    thumb.tap(page.get_by_role("button", name="Show the suggestion now"))
    expect(page.get_by_text("Do not stop benzodiazepines")).to_be_visible()
    thumb.type(PLACE, "60601")
    thumb.tap(page.get_by_role("button", name="Search", exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text("near Chicago, IL 60601")
    assert "detox_from=benzodiazepines" in page.url
    assert "someone" not in page.url
    assert page.locator(".card a.call").first.get_attribute("href") == "tel:+13125550123"
    assert thumb.taps + 1 <= 10


def test_three_outpatient_programs_are_compared_and_printed_in_eight_taps(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto("/")
    thumb = Thumb(page)
    thumb.tap(page.get_by_label("Outpatient"))
    thumb.type(PLACE, "60601")
    thumb.tap(page.get_by_role("button", name="Search", exact=True))
    cards = page.locator(".card")
    for number in range(3):
        thumb.tap(cards.nth(number).get_by_role("button", name="Keep"))
    names = [cards.nth(number).locator("h3").inner_text() for number in range(3)]
    thumb.tap(cards.nth(2).get_by_role("status").get_by_role("link", name="Your list (3)"))
    expect(page.locator("thead th")).to_have_text(names)
    thumb.tap(page.get_by_role("button", name="Print"))
    assert page.locator("html").get_attribute("data-printed") == "yes"
    assert thumb.taps <= 8
