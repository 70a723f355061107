"""People of the listed places confirm their facts by a link, and propose changes, also on a telephone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.review import CheckMethod
from finder.models import Check, Provider
from tests.factories import a_provider
from tests.people import a_claim
from tests.signing_in import sign_in
from tests.staff import an_account

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def a_house(session: Session, name: str) -> Provider:
    """A listing of an organization of its own, committed."""
    listing = a_provider(session, name=f"{name} House", organization=f"{name} Health", email="desk@harbor.example")
    session.commit()
    session.refresh(listing)
    session.expunge(listing)
    session.rollback()
    return listing


def fits(page: Page, axe: Callable[[Page], None]) -> None:
    """The page is accessible and no wider than its screen."""
    axe(page)
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url


def test_a_place_confirms_its_facts_by_the_link_of_a_letter(
    open_page: Callable[..., Page], axe: Callable[[Page], None], session: Session
) -> None:
    house = a_house(session, "Harbor")
    desk = open_page(viewport=DESK)
    sign_in(desk, an_account(session, Role.REVIEWER))
    desk.goto(f"/admin/listings/{house.id}/ask")
    fits(desk, axe)
    desk.get_by_role("button", name="Send").click()
    link = desk.locator(".admin-link").inner_text()
    fits(desk, axe)

    page = open_page(viewport=PHONE)
    page.goto(f"/confirm/{link.rpartition('/')[2]}")
    fits(page, axe)
    assert page.context.cookies() == []
    page.get_by_role("group", name="Address").get_by_label("This is true").check()
    page.get_by_role("group", name="Phone numbers").get_by_label("Something is wrong").check()
    page.get_by_role("button", name="Send the answers").click()
    fits(page, axe)
    page.get_by_label("What is wrong, and what is right?").fill("Our number ends in 9.")
    page.get_by_label("Your name").fill("Pat Desk")
    page.get_by_role("button", name="Send the answers").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    told = session.scalars(select(Check.by).where(Check.method == CheckMethod.REPRESENTATIVE)).all()
    assert told == ["Pat Desk <desk@harbor.example>"]


def test_a_representative_proposes_and_an_administrator_approves(
    open_page: Callable[..., Page], axe: Callable[[Page], None], session: Session
) -> None:
    house = a_house(session, "Pier")
    a_claim(session)
    session.commit()
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, an_account(session, Role.REPRESENTATIVE, Scope(organization_id=house.organization_id)))
    page.get_by_role("link", name="Your listings").first.click()
    page.get_by_role("link", name=re.compile("Propose changes")).first.click()
    page.get_by_role("textbox", name="Website").fill("pier.example")
    page.get_by_label("Why, and how do you know?").fill("We have a new one.")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")

    ada = open_page(viewport=PHONE)
    sign_in(ada, an_account(session))
    for address in ("/admin/own", f"/admin/listings/{house.id}/propose", "/admin/claims", "/admin/proposals"):
        ada.goto(address)
        fits(ada, axe)
    ada.get_by_role("link", name="Pier House").click()
    fits(ada, axe)
    ada.get_by_role("button", name="Take the chosen changes").click()

    expect(ada.get_by_role("status")).to_have_text("The listing says so now.")
    assert session.scalar(select(Provider.website).where(Provider.id == house.id)) == "https://pier.example"
