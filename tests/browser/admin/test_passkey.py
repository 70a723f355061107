"""Passkeys in a real browser, with an authenticator that the browser itself plays."""

import datetime as dt
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect
from sqlalchemy.orm import Session

from tests.service import running
from tests.staff import PASSWORD, SECRET_KEY, an_account, code_of

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def live_server(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that knows its own address, with a name: keys sign for no number."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    address = f"http://localhost:{port}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FINDER_SECRET_KEY", SECRET_KEY)
        environment.setenv("FINDER_BASE_URL", address)
        environment.setenv("FINDER_INSTANCE_FOLDER", str(tmp_path_factory.mktemp("instance")))
        with running(url, port):
            yield address


class Keys:
    """The keys that the browser of a page has."""

    def __init__(self, page: Page) -> None:
        self._browser: CDPSession = page.context.new_cdp_session(page)
        self._browser.send("WebAuthn.enable")
        made = self._browser.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self._of = {"authenticatorId": made["authenticatorId"]}

    def count_again_from(self, count: int) -> None:
        """Let the key be an older copy of itself."""
        key: dict[str, Any] = self._browser.send("WebAuthn.getCredentials", self._of)["credentials"][0]
        self._browser.send("WebAuthn.removeCredential", {**self._of, "credentialId": key["credentialId"]})
        self._browser.send("WebAuthn.addCredential", {**self._of, "credential": {**key, "signCount": count}})

    def take_away(self) -> None:
        """Let there be no key any more."""
        self._browser.send("WebAuthn.clearCredentials", self._of)


def give_password(page: Page, email: str) -> None:
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_a_passkey_is_made_and_lets_its_owner_in_but_a_copy_of_it_does_not(
    open_page: Callable[..., Page], axe: Callable[[Page], None], session: Session
) -> None:
    ada = an_account(session)
    page = open_page(viewport={"width": 360, "height": 740})
    keys = Keys(page)
    give_password(page, ada.email)
    page.get_by_label("Code", exact=True).fill(code_of(ada, dt.datetime.now(dt.UTC)))
    page.get_by_role("button", name="Sign in").click()
    page.goto("/account/")
    page.get_by_role("link", name="Add a passkey").click()
    axe(page)
    page.get_by_label("What do you call it?").fill("My phone")
    page.get_by_label("Your present password").fill(PASSWORD)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("status")).to_have_text("The passkey is added.")
    expect(page.get_by_text("My phone").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign out", exact=True).click()

    give_password(page, ada.email)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good to see you")
    page.get_by_role("button", name="Sign out", exact=True).click()

    keys.count_again_from(0)
    give_password(page, ada.email)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").first).to_contain_text("may have been copied")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_where_the_key_is_away_the_page_says_so_and_the_other_ways_stay(
    open_page: Callable[..., Page], session: Session
) -> None:
    newcomer = an_account(session, second_factor=False)
    page = open_page(viewport={"width": 1280, "height": 900})
    keys = Keys(page)
    give_password(page, newcomer.email)
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Make a passkey").click()
    recovery_code = page.locator(".recovery-codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    keys.take_away()

    give_password(page, newcomer.email)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey did not answer.")).to_be_visible()
    page.get_by_role("link", name=re.compile("have my passkey")).click()
    page.get_by_label("Recovery code").fill(recovery_code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good to see you")
