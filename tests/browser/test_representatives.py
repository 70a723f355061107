"""People of the listed places confirm their facts by a link, and propose changes, also on a telephone."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.review import CheckMethod
from finder.models import Account, Check, Provider
from finder.models.connection import engine_options
from tests.databases import SqliteDatabases
from tests.factories import a_provider
from tests.people import a_claim
from tests.service import running
from tests.staff import PASSWORD, SECRET_KEY, an_account, code_of

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The database of `live_server`."""
    with sqlite_databases.migrated() as made:
        yield made


@pytest.fixture(scope="module")
def live_server(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service of its own, whose secret we know."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FINDER_SECRET_KEY", SECRET_KEY)
        environment.setenv("FINDER_INSTANCE_FOLDER", str(tmp_path_factory.mktemp("instance")))
        with running(url) as service:
            yield f"http://127.0.0.1:{service.port}"


@pytest.fixture
def session(url: str) -> Iterator[Session]:
    """A session on the database of `live_server`."""
    engine = create_engine(url, **engine_options(url))
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def a_house(session: Session, name: str) -> Provider:
    """A listing of an organization of its own, committed."""
    listing = a_provider(session, name=f"{name} House", organization=f"{name} Health", email="desk@harbor.example")
    session.commit()
    session.refresh(listing)
    session.expunge(listing)
    session.rollback()
    return listing


def sign_in(page: Page, account: Account) -> None:
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(account.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Code", exact=True).fill(code_of(account, dt.datetime.now(dt.UTC)))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good to see you")


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
