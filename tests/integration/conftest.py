"""No listing is ever deleted, whatever a test does with the program."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

_DELETES_A_LISTING = re.compile(r"\s*(DELETE\s+FROM|TRUNCATE(\s+TABLE)?)\s+\"?provider\"?(\s|$)", re.IGNORECASE)


@pytest.fixture(scope="session", autouse=True)
def _no_listing_is_deleted() -> Iterator[None]:
    """Fail a test in which a listing is deleted. The failure is no ``Exception``: nobody can answer for it."""

    def look(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if _DELETES_A_LISTING.match(statement):
            pytest.fail(f"a listing is deleted: {statement}")

    event.listen(Engine, "before_cursor_execute", look)
    yield
    event.remove(Engine, "before_cursor_execute", look)
