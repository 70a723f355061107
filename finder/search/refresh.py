"""The snapshot, kept fresh: changed when the directory's version has changed, and swapped whole."""

import datetime as dt
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError as DatabaseGone
from sqlalchemy.exc import SQLAlchemyError

from finder.search.file import SnapshotFolder
from finder.search.listed import Listed, load_listed
from finder.search.reading import Version, read_all, read_changes, read_version
from finder.search.reserve import Reserve
from finder.search.segment import Segment
from finder.search.shelf import Shelf
from finder.search.snapshot import Part, Snapshot

_FEWEST_TO_MERGE = 300
_SHARE_TO_MERGE = 0.02

_log = logging.getLogger(__name__)


def utc_now() -> dt.datetime:
    """The time on this machine's clock."""
    return dt.datetime.now(dt.UTC)


def _tell_nobody(_snapshot: Snapshot, _seconds: float) -> None:
    pass


@dataclass(frozen=True)
class _State:
    """What is searched, and of which directory."""

    uid: uuid.UUID | None
    snapshot: Snapshot


class Directory:
    """The published listings of one database, for searching; safe to share between threads.

    ``clock`` gives the aware time by which listings are stale and snapshots have their age. ``folder`` is where
    processes of one machine share the snapshot; without one, each reads it from the database. For ``look_every`` the
    database isn't asked again whether anything has changed.

    While the database can't be reached, searches go on in what was read before: the listings that results show come
    from the ``reserve`` then, or else those alone that somebody's search has met.

    ``on_change`` is told each snapshot with changes that were read, and how many seconds that took.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], dt.datetime] = utc_now,
        folder: Path | None = None,
        look_every: dt.timedelta = dt.timedelta(0),
        reserve: Reserve | None = None,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._folder = folder
        self._look_every = look_every
        self._reserve = reserve
        self.on_change: Callable[[Snapshot, float], None] = _tell_nobody
        self._out_of_reach = False
        self._seen: Version | None = None
        self._looked = clock()
        self._state: _State | None = None
        self._changing = threading.Lock()
        self._merging = threading.Lock()
        self._shelf = Shelf()

    def now(self) -> dt.datetime:
        """The moment for which a search that begins now answers."""
        return self._clock()

    @property
    def out_of_reach_since(self) -> dt.datetime | None:
        """Of when what is searched is known to have been all, while the database can't be reached; else ``None``."""
        return self._looked if self._out_of_reach else None

    def version(self, at_least: int = 0) -> Version:
        """The directory's present version, or that of a moment ago if it is ``at_least``: by `look_every`.

        Raises ``OperationalError`` while the database can't be reached.
        """
        now = self._clock()
        if self._seen and self._seen.number >= at_least and abs(now - self._looked) < self._look_every:
            return self._seen
        with self._noting_reach(), self._engine.connect() as connection:
            self._seen = read_version(connection)
        self._looked = now
        return self._seen

    @contextmanager
    def _noting_reach(self) -> Iterator[None]:
        try:
            yield
        except DatabaseGone:
            self._out_of_reach = True
            raise
        self._out_of_reach = False

    def refresh(self, at_least: int = 0) -> Snapshot:
        """The snapshot of the directory's `version`.

        While one thread reads what has changed, the others get the snapshot from before. Only the first ever is waited
        for, and one that doesn't show version ``at_least``, that of somebody's own change, yet. So it goes while the
        database can't be reached; before anything was read, that raises ``OperationalError``.
        """
        try:
            return self._refreshed(at_least)
        except DatabaseGone:
            if self._state is None or at_least > self._state.snapshot.version:
                raise
            return self._state.snapshot

    def _refreshed(self, at_least: int) -> Snapshot:
        version, state = self.version(at_least), self._state
        if state and (state.uid, state.snapshot.version) == version:
            return state.snapshot
        wait = state is None or state.uid != version.uid or state.snapshot.version < at_least
        if not self._changing.acquire(blocking=wait):
            return state.snapshot if state else self._refreshed(at_least)
        try:
            begun = time.perf_counter()
            snapshot = self._changed().snapshot
            self.on_change(snapshot, time.perf_counter() - begun)
            return snapshot
        finally:
            self._changing.release()

    def _changed(self) -> _State:
        """What another thread read while this one waited, or what is read now."""
        with self._engine.connect() as connection:
            # Anew, since another thread may have read a later one: older than the state is a database put back.
            self._seen = version = read_version(connection)
        state = self._state
        if state is None or state.uid != version.uid or state.snapshot.version > version.number:
            state = self._begun(version)
        if state.snapshot.version != version.number:
            state = self._caught_up(state)
        self._state = state
        self._merge_if_large(state)
        if self._reserve:
            self._reserve.follow(self._engine)
        return state

    def _begun(self, version: Version) -> _State:
        """From the file, or else from all rows of the database."""
        found = self._files(version.uid)
        if found and (kept := found.newest(version.number)):
            segment, number = kept
            return self._based_on(segment, version.uid, number)
        with self._engine.connect() as connection:
            # The version first: listings may then be newer than it says, which the next refresh mends, but never older.
            uid, number = read_version(connection)
            segment = Segment.of(read_all(connection))
        self._keep(segment, uid, number)
        return self._based_on(segment, uid, number)

    def _based_on(self, segment: Segment, uid: uuid.UUID | None, number: int) -> _State:
        return _State(uid, Snapshot.of([Part(segment)], version=number, as_of=self._clock()))

    def _caught_up(self, state: _State) -> _State:
        """The state with all changes since its version."""
        now = self._clock()
        with self._engine.connect() as connection:
            version = read_version(connection)
            changes = read_changes(connection, state.snapshot.version)
        snapshot = state.snapshot.changed(changes.ids, changes.columns, version=version.number, as_of=now)
        return _State(state.uid, snapshot)

    def _merge_if_large(self, state: _State) -> None:
        snapshot = state.snapshot
        limit = max(_FEWEST_TO_MERGE, _SHARE_TO_MERGE * snapshot.parts[0].segment.size)
        if snapshot.changes > limit and self._merging.acquire(blocking=False):
            threading.Thread(target=self._merge, args=(state,), name="merge of the search snapshot").start()

    def _merge(self, state: _State) -> None:
        """In a thread of its own: make base and changes one new base."""
        try:
            done = self._rebased(_State(state.uid, state.snapshot.merged()))
        except (SQLAlchemyError, MemoryError):
            # Searches go on with the changes beside the base; the next change tries again.
            _log.exception("the search snapshot could not be merged")
            done = None
        finally:
            self._merging.release()
        if done:  # so much may have changed meanwhile that it is due again
            self._merge_if_large(done)

    def _rebased(self, merged: _State) -> _State | None:
        """What is searched from now on; ``None`` where another directory has taken the place of the merged one."""
        with self._changing:
            if self._state is None or self._state.uid != merged.uid:
                return None
            behind = self._state.snapshot.version != merged.snapshot.version
            state = self._state = self._caught_up(merged) if behind else merged
        self._keep(merged.snapshot.parts[0].segment, merged.uid, merged.snapshot.version)
        return state

    def _keep(self, segment: Segment, uid: uuid.UUID | None, number: int) -> None:
        if files := self._files(uid):
            files.keep(segment, number)

    def _files(self, uid: uuid.UUID | None) -> SnapshotFolder | None:
        return SnapshotFolder(self._folder, uid) if self._folder and uid else None

    def load(self, ids: Sequence[int], version: int) -> dict[int, Listed]:
        """The published listings among these ids: those not yet read at this version of the directory, in one query."""
        return self._shelf.get(ids, version, self._read)

    def _read(self, ids: Sequence[int]) -> dict[int, Listed]:
        try:
            with self._noting_reach(), self._engine.connect() as connection:
                return load_listed(connection, ids)
        except DatabaseGone:
            return self._reserve.load(ids) if self._reserve else {}
