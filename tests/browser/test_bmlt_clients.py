"""croutonjs, with which Narcotics Anonymous shows meetings on its sites, as a site of somebody else's would use it."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.listings import save_all
from finder.models.connection import engine_options
from tests.databases import SqliteDatabases
from tests.factories import A_CHANGE, a_source
from tests.groups import FRIDAY, MONDAY, a_group, weekly
from tests.service import PROJECT, running

CROUTON = PROJECT / "node_modules" / "@bmlt-enabled" / "croutonjs"
EVANSTON = {"city": "Evanston", "postal_code": "60201"}
GROUPS = (
    a_group(weekly(MONDAY), weekly(FRIDAY, "20:00", None), name="Just One Day", said=("meeting_type:open",)),
    a_group(
        weekly(MONDAY, "12:00", "13:00"), name="Midday <b>Hope</b> & Light", said=("meeting_type:women",), **EVANSTON
    ),
    a_group(
        weekly(FRIDAY, "21:00", "22:30", join_url="https://conference.example/late"),
        name="Late Together",
        said=("attendance:online", "meeting_type:open"),
    ),
    a_group(weekly(MONDAY), name="Harbor Twelve", fellowship="aa"),
)
A_SITE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Our meetings</title>
<link rel="stylesheet" href="crouton.min.css"></head><body><h1>Our meetings</h1><div id="bmlt-tabs"></div>
<script src="crouton.min.js"></script><script>
const body = new URLSearchParams(location.search).get("body");
const crouton = new Crouton({
  root_server: "{root}", service_body: [body], recurse_service_bodies: true, theme: "", show_map: false, noMap: true,
  view_by: "weekday", has_tabs: false, has_days: true, has_areas: true, has_meeting_count: true,
});
crouton.render();
</script></body></html>"""


@pytest.fixture(scope="module")
def finder(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """The address of a service with `GROUPS`, without a final slash."""
    with sqlite_databases.migrated() as url:
        engine = create_engine(url, **engine_options(url))
        with Session(engine) as session:
            a_source(session)
            save_all(session, GROUPS, A_CHANGE)
            session.commit()
        engine.dispose()
        with running(url) as service:
            yield f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="module")
def site(finder: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of somebody else's that shows meetings with crouton."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("crouton.min.js", "crouton.min.css"):
        (folder / name).symlink_to(CROUTON / name)
    (folder / "index.html").write_text(A_SITE.replace("{root}", f"{finder}/bmlt/na"))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def page(browser: Browser, site: str, finder: str) -> Iterator[Page]:
    """A page that reaches this machine alone, and whose scripts make no mistake."""
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    here = {urlsplit(address).netloc for address in (site, finder)}
    context.route(lambda address: urlsplit(address).netloc not in here, lambda route: route.abort())
    opened, faults = context.new_page(), list[str]()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def choose(page: Page, what: str, value: str) -> None:
    """Choose in one of crouton's filters as people do."""
    page.locator("#bmlt-tabs").get_by_role("combobox").filter(has_text=what).click()
    page.get_by_role("treeitem", name=value, exact=True).click()


def test_crouton_lists_and_filters_the_meetings_of_one_fellowship(page: Page, site: str, finder: str) -> None:
    bodies = page.request.get(f"{finder}/bmlt/na/client_interface/json/?switcher=GetServiceBodies").json()
    (fellowship,) = [body["id"] for body in bodies if body["parent_id"] == "0"]
    page.goto(f"{site}?body={fellowship}")
    rows = page.locator("#byday .bmlt-data-row:visible")

    expect(rows).to_have_count(4)
    expect(rows).to_contain_text(["Midday <b>Hope</b> & Light", "Just One Day", "Just One Day", "Late Together"])
    expect(rows.nth(0)).to_contain_text("12:00 pm - 1:00 pm")
    expect(rows.nth(0)).to_contain_text("Evanston, IL, 60201")
    expect(rows.nth(3).get_by_role("link", name="conference.example")).to_be_visible()

    choose(page, "All Weekday", "Friday")
    expect(rows).to_contain_text(["Just One Day", "Late Together"])
    choose(page, "All Venue Types", "Virtual")
    expect(rows).to_contain_text(["Late Together"])

    page.reload()
    choose(page, "All Formats", "Open to all")
    expect(rows).to_contain_text(["Just One Day", "Just One Day", "Late Together"])
    choose(page, "All Cities", "Chicago")
    expect(rows).to_have_count(3)
