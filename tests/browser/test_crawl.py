"""Every page that links lead to, in a real browser: nothing is asked of another host, no cookie is set."""

from collections import deque
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

_FILES = (".json", ".geojson", ".csv", ".ics", ".jsonld", ".xml", ".txt", ".zip", ".gz", "SHA256SUMS")


def kind_of(address: str) -> tuple[str, ...]:
    """What is one kind of page to a visitor: the path, and which parameters it has, whatever their values."""
    parts = urlsplit(address)
    return (parts.path, *sorted(parse_qs(parts.query)))


def links_of(page: Page, host: str) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return [link.partition("#")[0] for link in found if urlsplit(link).netloc == host]


def test_no_page_asks_another_host_or_sets_a_cookie(open_page: Callable[..., Page], live_server: str) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    host = urlsplit(live_server).netloc
    waiting = deque([f"{live_server}/", f"{live_server}/search?near=60601"])
    seen = {kind_of(address) for address in waiting}
    while waiting:
        address = waiting.popleft()
        if urlsplit(address).path.endswith(_FILES):
            continue
        page.goto(address)
        assert page.context.cookies() == [], address
        for link in links_of(page, host):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
    paths = {path for path, *_ in seen}
    assert {"/", "/es/", "/search", "/es/search", "/topics/alcohol", "/es/topics/alcohol"} <= paths
    assert any(path.startswith("/providers/") for path in paths)
