"""The pages of figures and settings, on a telephone and at a desk, light and dark."""

from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.orm import Session

from tests.factories import a_provider, tags
from tests.queues import a_report
from tests.signing_in import sign_in
from tests.staff import an_account

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
PAGES = ["dashboard", "coverage?state=DE", "vocabulary", "helplines", "policy"]


def test_every_page_is_accessible_and_fits_its_screen(
    open_page: Callable[..., Page], axe: Callable[[Page], None], session: Session
) -> None:
    a_report(session, a_provider(session, tags=tags("level_of_care:detox")))
    session.commit()
    page = open_page(viewport=DESK)
    sign_in(page, an_account(session))

    for address in PAGES:
        page.goto(f"/admin/{address}")
        for details in page.locator("summary").all():
            details.click()
        for screen in (PHONE, DESK):
            page.set_viewport_size(screen)
            assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], address
            page.emulate_media(color_scheme="light")
            axe(page)
            page.emulate_media(color_scheme="dark")
            axe(page)


def test_an_administrator_changes_a_word_and_visitors_read_it(open_page: Callable[..., Page], session: Session) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, an_account(session))

    page.goto("/admin/vocabulary")
    page.get_by_label("Filter").select_option("Ways to pay")
    page.get_by_role("button", name="Show").click()
    medicaid = page.get_by_role("group", name="Medicaid", exact=True).get_by_label("Name, English")
    medicaid.fill("x" * 81)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(medicaid).to_be_focused()
    medicaid.fill("Medi-Cal")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status")).to_have_text("1 text changed.")
    page.goto("/search")
    expect(page.get_by_label("Medi-Cal")).to_have_count(1)
