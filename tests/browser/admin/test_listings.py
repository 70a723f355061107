"""Listings are found, changed many at once and taken back, on any screen and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from finder.domain.bulk import Deed
from finder.listings import amend
from finder.listings.notes import add_note
from tests.bulk import done
from tests.factories import A_CHANGE, a_provider
from tests.queues import a_pair, a_report
from tests.signing_in import sign_in
from tests.staff import an_account

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def test_two_listings_are_hidden_and_the_mistake_is_taken_back_on_a_phone_without_javascript(
    open_page: Callable[..., Page], session: Session
) -> None:
    for name in ("Flood House", "Flood Clinic", "Flood Hall"):
        a_provider(session, name=name)
    session.commit()
    page = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, an_account(session))

    page.get_by_role("link", name="Listings").first.click()
    page.get_by_label("Name, city, organization").fill("flood")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="3 listings")).to_be_visible()
    page.get_by_label("Choose Flood House").check()
    page.get_by_label("Choose Flood Hall").check()
    page.get_by_label("What to do").select_option(label="Hide")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Reason").fill("Water damage")
    page.get_by_role("button", name="Show what will change").click()
    expect(page.get_by_role("heading", name="2 listings will change")).to_be_visible()
    page.get_by_role("button", name="Hide: 2 listings").click()
    expect(page.get_by_role("status")).to_contain_text("Hidden: 2 listings.")
    expect(page.get_by_text("Water damage")).to_have_count(2)

    page.get_by_role("link", name="Look at it or take it back").click()
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_role("status")).to_have_text("Taken back.")
    page.goto("/admin/listings?words=flood&status=published")
    expect(page.get_by_role("heading", name="3 listings")).to_be_visible()


def test_a_wrong_edit_is_taken_back_from_the_history(open_page: Callable[..., Page], session: Session) -> None:
    here = a_provider(session, name="Harbor House", email="right@lakeview.example")
    amend(session, {here.id: {"email": "wrong@lakeview.example"}}, A_CHANGE)
    session.commit()
    page = open_page(viewport=DESK)
    sign_in(page, an_account(session))

    page.goto(f"/admin/listings/{here.id}")
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="Take back change 2").click()
    page.get_by_role("button", name="Take back change 2").click()

    expect(page.get_by_role("status")).to_have_text("Taken back.")
    page.goto(f"/providers/{here.slug}")
    expect(page.get_by_role("link", name="right@lakeview.example")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["360 px", "1280 px"])
def test_every_page_is_accessible_and_fits_its_screen(
    open_page: Callable[..., Page], axe: Callable[[Page], None], session: Session, screen: dict[str, int]
) -> None:
    here = a_provider(session, name="Harbor House", description="word " * 60)
    amend(session, {here.id: {"phones": (), "website": f"https://lakeview.example/{'a' * 90}"}}, A_CHANGE)
    a_report(session, here, text="They moved")
    a_pair(session, here)
    add_note(session, here.id, "Ask for Ms. Ray", A_CHANGE)
    made = done(session, [here.id], Deed.HIDE, reason="Water damage").id
    amend(session, {here.id: {"review_reason": "Something else"}}, A_CHANGE)
    session.commit()
    one, many = f"/admin/listings/{here.id}", f"/admin/listings/bulk?which=ticked&chosen={here.id}"
    page = open_page(viewport=screen)
    sign_in(page, an_account(session))

    for address in (
        "/admin/listings",
        "/admin/listings?words=nothing+like+this",
        one,
        f"{one}/history",
        f"{one}/history?fact=phones",
        f"{one}/history/2/undo",
        f"{one}/history/1/restore",
        f"{many}&deed=verify&told=y",
        f"{many}&deed=add_tag",
        f"{many}&deed=assign",
        f"{many}&deed=publish",
        "/admin/bulk-changes",
        f"/admin/bulk-changes/{made}",
    ):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], address
    page.goto(one)
    page.get_by_role("button", name="Retire").click()
    axe(page)
    expect(page.get_by_role("link", name=re.compile("Say why"))).to_be_visible()
