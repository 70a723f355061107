"""Promise 20: bad input gets a clear message, and soon."""

import tempfile
import time
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, new_site
from finder.app import create_app
from finder.config import Settings
from finder.web.public.forms import SearchForm
from tests.samples.texts import HOSTILE

_MOST_SECONDS = 2.0
_PLACES = ("/providers/", "/topics/", "/hsds/services/")


def bad_input_is_answered_soon() -> Measured:
    """Every hostile text in every field of the search, and as the name of a place, a topic and a service."""
    with tempfile.TemporaryDirectory() as folder:
        site = new_site(Path(folder))
        names = _fields(Settings(database_url=site.database_url, instance_folder=site.folder))
        with site.served() as server:
            server.ask("GET", "/search?near=60601")  # the first makes the page's parts
            asked = [_asked(server, address) for text in HOSTILE for address in _addresses(names, text)]
    errors = sum(status is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR for status, _ in asked)
    slowest = max(seconds for _, seconds in asked)
    figure = f"{len(asked):,} requests with hostile texts: {errors} errors of ours, slowest {1000 * slowest:.0f} ms"
    return Measured(figure, not errors and slowest < _MOST_SECONDS)


def _fields(settings: Settings) -> list[str]:
    app = create_app(settings)
    with app.test_request_context("/search"):
        return [field.name for field in SearchForm()]


def _addresses(names: list[str], text: str) -> list[str]:
    encoded = text.encode("utf-8", "surrogatepass")
    searches = [f"/search?near=60601&{urlencode({name: encoded})}" for name in names]
    return [*searches, *(place + quote(encoded, safe="") for place in _PLACES)]


def _asked(server: Server, address: str) -> tuple[int | None, float]:
    begun = time.perf_counter()
    return server.ask("GET", address), time.perf_counter() - begun
