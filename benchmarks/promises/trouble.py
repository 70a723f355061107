"""Promises 5 and 6: while the database is down, or hangs, people still get help."""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, new_site
from finder.app import create_app
from tests.postgres import PostgresServer, private_server

_STAFF = ("/admin", "/account", "/static")
_PART = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?\w+>")
_PARTS = {"int": "1", "uuid": str(UUID(int=1)), "any": "json", None: "x"}
_SEARCH = "/search?near=60601"
_SEARCHES = (_SEARCH, "/es/search?near=60601", "/search.json?near=60601", "/map?near=60601")
_AT_ONCE = 8
_IN_A_ROW = 16  # so many right answers don't come by chance of one worker alone
_PATIENCE = 60.0
_MOST_SECONDS_DOWN, _MOST_SECONDS_HANGING, _MOST_SECONDS_BACK = 3.0, 5.0, 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What people saw of every public address during trouble, and how many seconds after it all was as before."""

    addresses: int
    broken: tuple[str, ...]
    slowest: float
    back_after: float

    def measured(self, most_seconds: float) -> Measured:
        """The same in words, and whether it went as promised."""
        broken = f" ({', '.join(self.broken)})" if self.broken else ""
        figure = (
            f"{self.addresses} public addresses: {len(self.broken)} without help{broken}, the slowest answer after "
            f"{self.slowest:.1f} s, all as before {self.back_after:.1f} s after it was over, with no restart"
        )
        return Measured(
            figure, not self.broken and self.slowest < most_seconds and self.back_after < _MOST_SECONDS_BACK
        )


def a_database_that_is_down_stops_nobody() -> Measured:
    """Stop PostgreSQL, ask for everything, start it again."""
    return _through(_down).measured(_MOST_SECONDS_DOWN)


def a_database_that_hangs_hangs_nobody() -> Measured:
    """Let PostgreSQL stand still (SIGSTOP), ask for everything, let it go on."""
    return _through(PostgresServer.standing_still).measured(_MOST_SECONDS_HANGING)


@contextmanager
def _down(database: PostgresServer) -> Iterator[None]:
    database.stop()
    try:
        yield
    finally:
        database.start()


def _through(trouble: Callable[[PostgresServer], AbstractContextManager[None]]) -> Seen:
    """Two workers on a private database that trouble comes over, once they have read what they keep for that case."""
    with tempfile.TemporaryDirectory() as folder, private_server() as database:
        site = new_site(Path(folder), database.create("finder"))
        with site.served() as server:
            _until_all_is_well(server)
            _until((Path(folder) / "reserve.db").exists)
            with trouble(database):
                answers = _ask_all(server, _addresses())
            over = time.monotonic()
            well_since = _until_all_is_well(server)
    broken = tuple(address for address, (status, _) in answers.items() if not _helps(address, status))
    return Seen(len(answers), broken, max(seconds for _, seconds in answers.values()), well_since - over)


def _addresses() -> list[str]:
    """Each public address that is read, its varying parts filled in, and searches."""
    rules = [rule for rule in create_app().url_map.iter_rules() if "GET" in (rule.methods or ())]
    public = {rule.rule for rule in rules if not rule.rule.startswith(_STAFF)}
    return [*_SEARCHES, *sorted(_PART.sub(lambda found: _PARTS.get(found["kind"], "x"), rule) for rule in public)]


def _ask_all(server: Server, addresses: list[str]) -> dict[str, tuple[int | None, float]]:
    """The status of each answer, and after how many seconds it was there."""

    def ask(address: str) -> tuple[int | None, float]:
        begun = time.monotonic()
        return server.ask("GET", address), time.monotonic() - begun

    with ThreadPoolExecutor(_AT_ONCE) as people:
        return dict(zip(addresses, people.map(ask, addresses), strict=True))


def _helps(address: str, status: int | None) -> bool:
    """Searches go on; of the rest, what needs the database is a page (or a document) that says so, and no error."""
    if address in _SEARCHES:
        return status == HTTPStatus.OK
    return status == HTTPStatus.SERVICE_UNAVAILABLE or (
        status is not None and status < HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _until_all_is_well(server: Server) -> float:
    """Wait until both workers answer from the database again; gives since when they do."""
    since, in_a_row = time.monotonic(), 0

    def is_well() -> bool:
        nonlocal since, in_a_row
        asked = time.monotonic()
        is_right = server.ask("GET", "/healthz") == server.ask("GET", _SEARCH) == HTTPStatus.OK
        since = since if in_a_row and is_right else asked
        in_a_row = in_a_row + 1 if is_right else 0
        return in_a_row >= _IN_A_ROW

    _until(is_well)
    return since


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError("the service did not come up")
        time.sleep(0.01)
