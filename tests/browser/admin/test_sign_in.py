"""People who keep the listings true come in, with a telephone's app, on any screen and without JavaScript."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from finder.accounts import factors, links, people
from finder.accounts.log import Deed
from finder.domain.account import Role, Scope
from finder.models import Account
from tests.signing_in import sign_in
from tests.staff import PASSWORD, an_account, code_of

SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
BEFORE = ["/account/sign-in", "/account/forgotten-password", "/account/choose-password/nothing"]
INSIDE = [
    "/admin/",
    "/account/",
    "/account/password",
    "/account/recovery-codes",
    "/account/second-factor/set-up",
    "/admin/users",
    "/admin/users/invite",
]


@pytest.fixture
def ada(session: Session) -> Account:
    """An administrator."""
    return an_account(session)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_somebody_who_was_invited_sets_up_their_app_and_comes_in(
    open_page: Callable[..., Page], session: Session, *, scripts: bool
) -> None:
    bob = an_account(session, Role.EDITOR, password=False, second_factor=False)
    token = links.new_link(session, session.merge(bob), dt.datetime.now(dt.UTC), links.INVITATION)
    session.commit()
    page = open_page(viewport=SMALLEST, java_script_enabled=scripts)

    page.goto(f"/account/choose-password/{token}")
    page.get_by_label("Your name").fill("Bob")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    key = page.locator(".qr-key").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(factors.code_at(key, dt.datetime.now(dt.UTC)))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Good to see you, Bob")


def test_an_administrator_comes_in_and_out_by_keyboard(open_page: Callable[..., Page], ada: Account) -> None:
    page = open_page(viewport=DESK)
    page.goto("/admin/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(ada.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code", exact=True).focus()
    page.keyboard.type(code_of(ada, dt.datetime.now(dt.UTC)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good to see you")
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_somebody_who_is_disabled_is_thrown_out_with_the_next_click(
    open_page: Callable[..., Page], session: Session, ada: Account
) -> None:
    page = open_page(viewport=DESK)
    sign_in(page, ada)
    people.disable(session, session.merge(ada), Deed(dt.datetime.now(dt.UTC)))
    session.commit()

    page.get_by_role("link", name="Users").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_role("status")).to_contain_text("You were signed out")


def test_a_message_leads_to_its_field(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=DESK)
    page.goto("/account/sign-in")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("alert").get_by_role("link").first.click()

    expect(page.get_by_label("E-mail address")).to_be_focused()


@pytest.mark.parametrize("screen", [SMALLEST, DESK], ids=["320 px", "1280 px"])
def test_every_page_is_accessible_and_fits_its_screen(
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
    session: Session,
    ada: Account,
    screen: dict[str, int],
) -> None:
    other = an_account(session, Role.EDITOR, Scope(state="IL", county="Cook County"))
    page = open_page(viewport=screen)

    def check(address: str) -> None:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"], address

    for address in BEFORE:
        check(address)
    page.goto("/account/sign-in")
    page.get_by_role("button", name="Go on").click()
    axe(page)
    sign_in(page, ada)
    for address in (*INSIDE, f"/admin/users/{ada.id}", f"/admin/users/{other.id}"):
        check(address)
    page.goto("/admin/users/invite")
    page.get_by_role("button", name="Invite").click()
    axe(page)
