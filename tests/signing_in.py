"""Signing in with a real browser."""

import datetime as dt

from playwright.sync_api import Page, expect

from finder.models import Account
from tests.staff import PASSWORD, code_of


def sign_in(page: Page, account: Account) -> None:
    """Come in as an administrator does every morning."""
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(account.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Code", exact=True).fill(code_of(account, dt.datetime.now(dt.UTC)))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good to see you")
