"""What the browser tests watch for is seen when it happens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.watch import Watch


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<img alt="" src="https://elsewhere.example/pixel.png">', "asked for https://elsewhere.example/pixel.png"),
        ("<script>console.error('broken')</script>", "console: broken"),
        ("<script>nothing.there()</script>", "script error: nothing is not defined"),
        (
            "<meta http-equiv='Content-Security-Policy' content=\"style-src 'none'\"><style>p {color: red}</style>",
            "console: ",
        ),
    ],
)
def test_a_page_that_misbehaves_is_seen(browser: Browser, live_server: str, planted: str, fault: str) -> None:
    watch = Watch(live_server)
    with browser.new_page(base_url=live_server) as page:
        watch.on(page)
        page.route("**/planted", lambda route: route.fulfill(body=planted, content_type="text/html"))

        page.goto("/planted")

    assert any(fault in found for found in watch.faults), watch.faults


def test_an_error_page_that_a_test_visits_is_no_fault(page: Page) -> None:
    response = page.goto("/no-such-page")

    assert response is not None
    assert response.status == 404


def test_a_page_that_not_everyone_can_use_fails(page: Page, axe: Callable[[Page], None]) -> None:
    page.route("**/planted", lambda route: route.fulfill(body="<img src='/icon.svg'>", content_type="text/html"))
    page.route("**/icon.svg", lambda route: route.fulfill(body="<svg/>", content_type="image/svg+xml"))
    page.goto("/planted")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
