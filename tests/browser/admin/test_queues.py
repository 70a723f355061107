"""Work queues: a visitor's report is answered, a call makes a listing fresh, two listings become one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from finder.models import Provider, Standing
from tests.factories import NOW, a_provider
from tests.queues import a_merge, a_pair, a_report
from tests.signing_in import sign_in
from tests.staff import an_account

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def desk(open_page: Callable[..., Page], session: Session) -> Page:
    """An administrator at a desk, signed in."""
    page = open_page(viewport=DESK)
    sign_in(page, an_account(session))
    return page


@pytest.fixture
def house(session: Session) -> Provider:
    """A listing that was due for a check long ago."""
    made = a_provider(session, name="Harbor House", verified_on=None)
    session.execute(update(Standing).where(Standing.provider_id == made.id).values(due_on=NOW.date()))
    session.commit()
    return made


def test_a_visitors_report_is_answered_with_the_listing_corrected(
    open_page: Callable[..., Page], desk: Page, house: Provider
) -> None:
    visitor = open_page(viewport=PHONE)
    visitor.goto(f"/providers/{house.slug}/report")
    visitor.get_by_label("The phone number does not work, or it is not theirs").check()
    visitor.get_by_role("button", name="Send the report").click()
    expect(visitor).to_have_url(re.compile("/sent$"))

    desk.get_by_role("link", name="Reports").first.click()
    desk.get_by_role("link", name=re.compile("Phone number wrong.*Harbor House")).first.click()
    desk.get_by_role("button", name="I take it").click()
    desk.get_by_label("Resolved").check()
    desk.get_by_label("In words, for colleagues").fill("New number from their website.")
    desk.get_by_text("Correct: Phone").click()
    desk.get_by_label("Number, main").fill("312-555-0199")
    desk.get_by_label("How did you find out?").select_option(label="on the website")
    desk.get_by_role("button", name="Answer the report").click()
    expect(desk.get_by_role("status")).to_contain_text("Saved.")

    visitor.goto(f"/providers/{house.slug}")
    expect(visitor.get_by_role("link", name=re.compile("312-555-0199")).first).to_be_visible()


def test_a_call_on_a_telephone_without_javascript_makes_the_listing_fresh_for_the_public(
    open_page: Callable[..., Page],
    session: Session,
    house: Provider,
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, an_account(session))
    page.goto(f"/providers/{house.slug}")
    expect(page.get_by_text("We don't know when this was last checked").first).to_be_visible()
    page.goto(f"/admin/listings/{house.id}/call?place=0")
    for group in ("Phone", "Address", "Services"):
        page.get_by_role("group", name=group, exact=True).get_by_label("True").check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("status").first).to_contain_text("Harbor House: saved.")

    page.goto(f"/providers/{house.slug}")
    expect(page.get_by_text("Last checked").first).to_be_visible()


def test_two_listings_become_one_and_the_old_address_leads_to_it(desk: Page, session: Session) -> None:
    kept, other = a_provider(session, name="Maple House"), a_provider(session, name="Maple House Inc", fees="Free")
    pair = a_pair(session, kept, other)
    session.commit()
    desk.goto(f"/admin/duplicates/{pair.id}")
    desk.get_by_role("group", name="Which listing is kept?").get_by_label("1. Maple House", exact=True).check()
    desk.get_by_role("button", name="Show the result").click()
    expect(desk.get_by_role("heading", name="The merged listing would say")).to_be_visible()
    desk.get_by_role("button", name="Make one listing of them").click()
    expect(desk.get_by_role("status")).to_contain_text("Maple House Inc is part of Maple House now.")

    desk.goto(f"/providers/{other.slug}")
    expect(desk).to_have_url(re.compile(f"/providers/{kept.slug}$"))


def test_every_page_is_accessible_and_fits_its_screen(
    desk: Page,
    axe: Callable[[Page], None],
    session: Session,
    house: Provider,
) -> None:
    report = a_report(session, house, text="It rings.", contact="ann@example.com")
    a_report(session, house)
    pair = a_pair(session)
    a_merge(session)
    session.commit()
    addresses = ["/admin/reviews", "/admin/reviews/waiting", f"/admin/listings/{house.id}/call?place=0"]
    addresses += ["/admin/reports", f"/admin/reports/{report.id}", "/admin/duplicates", "/admin/merges"]
    addresses += [f"/admin/duplicates/{pair.id}"]

    for screen in (PHONE, DESK):
        desk.set_viewport_size(screen)
        for address in addresses:
            desk.goto(address)
            axe(desk)
            assert desk.evaluate("document.documentElement.scrollWidth") <= screen["width"], address
        desk.goto(f"/admin/listings/{house.id}/call")
        desk.get_by_role("button", name="Save").click()
        expect(desk.get_by_role("alert")).to_contain_text("Say of at least one group")
        axe(desk)
