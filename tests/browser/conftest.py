"""A real browser on a real server with a small directory; it watches what the pages ask for and complain about."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.listings import save_all
from finder.models.connection import engine_options
from tests.browser.watch import Watch
from tests.chromium import QUIET, chromium
from tests.databases import SqliteDatabases
from tests.factories import A_CHANGE, a_source, drafts_of_several_towns, drafts_that_are_looked_for
from tests.service import running

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def live_server(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The address of a service of 62 listings, nearly half of them in and near Chicago, without a final slash."""
    with sqlite_databases.migrated() as url:
        engine = create_engine(url, **engine_options(url))
        with Session(engine) as session:
            a_source(session)
            save_all(session, [*drafts_of_several_towns(), *drafts_that_are_looked_for()], A_CHANGE)
            session.commit()
        engine.dispose()
        with running(url) as service:
            yield f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the machine has it."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """Opens pages with Playwright's context options: ``open_page(java_script_enabled=False, viewport=...)``.

    Addresses are relative to the server: ``page.goto("/")``. The test fails at its end for what `Watch` noted.
    """
    watch = Watch(live_server)
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server, **options)
        contexts.append(context)
        page = context.new_page()
        watch.on(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on a desk's screen."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Checks the page as it stands against WCAG 2.2 A and AA and axe's best practices, and fails for any finding."""
    checker = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()  # after a click the style sheet may still be on its way
        results = checker.run(page, options={"runOnly": _RULES, "resultTypes": ["violations"]})
        assert results.violations_count == 0, results.generate_report()

    return check
