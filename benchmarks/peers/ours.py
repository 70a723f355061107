"""finder itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import create_engine

from benchmarks.listings import Listings
from benchmarks.peers.peer import Found, Peer
from benchmarks.queries import Query
from benchmarks.unshelved import UnshelvedDirectory
from finder.models.connection import engine_options
from finder.search import Snapshot
from finder.search.engine import find


class Ours(Peer):
    """`finder.search` in process."""

    name = "finder"
    how = (
        "`finder.search` in process: asks the database now and then for its version, searches the snapshot, reads the"
        " page from the database as the application does, but keeps no page for the next question."
    )

    def take_in(self, listings: Listings) -> None:
        url = f"sqlite:///{listings.database}"
        engine = create_engine(url, **engine_options(url))
        self.closing.callback(engine.dispose)
        self._directory = UnshelvedDirectory(engine)
        self._directory.refresh()

    @property
    def snapshot(self) -> Snapshot:
        """What is searched."""
        return self._directory.refresh()

    def find(self, query: Query) -> Found:
        # The two halves of `finder.search.search`, so that each can be timed.
        found = find(self.snapshot, query.criteria(), self._directory.now())
        return Found(found.total, found.counts, found.ids)

    def page(self, ids: list[int]) -> Sequence[Any]:
        loaded = self._directory.load(ids, 1)
        return [loaded[id_] for id_ in ids]
