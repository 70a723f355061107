"""What people do on the site, for locust: ``locust -f benchmarks/load/journeys.py``."""

import random
import re

from locust import HttpUser, between, task

_ZIPS = ("60601", "10001", "90012", "77002", "85003", "19107", "98101", "33130", "59718", "67202", "04401", "87501")
_NEEDS = (
    "level_of_care=detox&payment=medicaid",
    "level_of_care=inpatient",
    "level_of_care=outpatient&payment_help=sliding_fee",
    "level_of_care=support_group&day=today&sort=next_meeting",
    "medication=buprenorphine&language=spanish",
    "",
)
_PLACE = re.compile(r'href="(/providers/[^"/]+)"')
_SEARCH, _A_PLACE = "/search", "/providers/<slug>"


class Searcher(HttpUser):
    """Somebody who looks for help on a phone: reads, searches, narrows, opens a place."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Ask as the proxy of ``deploy/nginx.conf`` does: each time over a connection of its own."""
        self.client.headers["Connection"] = "close"

    @task(6)
    def find_a_place(self) -> None:
        """From the first page to a place."""
        self.client.get("/")
        self._open_one(self._search())

    @task(2)
    def narrow_and_go_on(self) -> None:
        """Search, add a filter, look at the next page."""
        self._search()
        where = f"{_SEARCH}?near={_one_of(_ZIPS)}&radius=50"
        self.client.get(f"{where}&level_of_care=outpatient&payment=medicaid", name=_SEARCH)
        found = self.client.get(f"{where}&level_of_care=outpatient", name=_SEARCH).text
        if "page=2" in found:
            found = self.client.get(f"{where}&level_of_care=outpatient&page=2", name=_SEARCH).text
        self._open_one(found)

    @task(1)
    def be_guided(self) -> None:
        """Read the orientation, begin the guide."""
        self.client.get("/topics")
        self.client.get("/guide")

    @task(1)
    def look_in_spanish(self) -> None:
        """The same in Spanish."""
        self.client.get("/es/")
        self.client.get(f"/es/search?near={_one_of(_ZIPS)}&{_one_of(_NEEDS)}", name=f"/es{_SEARCH}")

    def _search(self) -> str:
        return str(self.client.get(f"{_SEARCH}?near={_one_of(_ZIPS)}&{_one_of(_NEEDS)}", name=_SEARCH).text)

    def _open_one(self, results: str) -> None:
        if places := _PLACE.findall(results):
            self.client.get(_one_of(places), name=_A_PLACE)


def _one_of(choices: "list[str] | tuple[str, ...]") -> str:
    return random.choice(choices)  # noqa: S311 (journeys, no secrets)
