"""finder's directory without its memory of listings that were read before."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Engine

from finder.config import Settings
from finder.search import Directory
from finder.search.listed import Listed, load_listed


class UnshelvedDirectory(Directory):
    """Loads each page from the database, also one that it has loaded before.

    The same questions are asked again and again here. From the second time on the application would have all of their
    listings in memory, which says nothing of a visitor's first question.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, look_every=dt.timedelta(seconds=Settings().look_for_changes_seconds))
        self._read_from = engine

    def load(self, ids: Sequence[int], version: int) -> dict[int, Listed]:  # noqa: ARG002 (nothing is kept to be old)
        """The published listings among these ids, in one query."""
        with self._read_from.connect() as connection:
            return load_listed(connection, ids) if ids else {}
