"""The snapshot, kept fresh: read when the directory's version has changed, and swapped whole."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.models import DirectoryVersion, Organization, Provider, ProviderTag, published_providers
from finder.search.snapshot import Snapshot, SnapshotRow

_ROWS_AT_A_TIME = 5_000


def utc_now() -> dt.datetime:
    """The time on this machine's clock."""
    return dt.datetime.now(dt.UTC)


class Directory:
    """The published listings of one database, for searching; safe to share between threads.

    ``clock`` gives the aware time by which listings are stale and snapshots have their age.
    """

    def __init__(self, engine: Engine, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self._engine = engine
        self._clock = clock
        self._snapshot: Snapshot | None = None
        self._building = threading.Lock()

    def today(self) -> dt.date:
        """The day by which a listing's review is overdue."""
        return self._clock().astimezone(dt.UTC).date()

    def refresh(self) -> Snapshot:
        """The snapshot of the directory's present version, at the cost of one small query where it is already here.

        While one thread reads a new one, the others get the one before; only the first ever is waited for.
        """
        with self._engine.connect() as connection:
            version = _version(connection)
        current = self._snapshot
        if current is None:
            with self._building:
                return self._renewed(version)
        if current.version == version or not self._building.acquire(blocking=False):
            return current
        try:
            return self._renewed(version)
        finally:
            self._building.release()

    def _renewed(self, version: int) -> Snapshot:
        """The snapshot that another thread read while this one waited, or a new one."""
        if self._snapshot is None or self._snapshot.version != version:
            self._snapshot = read_snapshot(self._engine, self._clock())
        return self._snapshot

    def load(self, ids: Sequence[int]) -> dict[int, Provider]:
        """The published listings among these ids with all that belongs to them, in a fixed number of queries."""
        if not ids:
            return {}
        with Session(self._engine, expire_on_commit=False) as session:
            found = session.scalars(published_providers().where(Provider.id.in_(ids)).order_by(Provider.id))
            return {listing.id: listing for listing in found}


def read_snapshot(engine: Engine, now: dt.datetime) -> Snapshot:
    """Read all published listings as columns, in one statement and so at one moment of the database."""
    with engine.connect().execution_options(yield_per=_ROWS_AT_A_TIME) as connection:
        # The version first: listings may then be newer than it says, which the next refresh mends, but never older.
        version = _version(connection)
        return Snapshot(_rows(connection), version=version, as_of=now)


def _version(connection: Connection) -> int:
    return connection.scalar(select(DirectoryVersion.version)) or 0


def _rows(connection: Connection) -> Iterator[SnapshotRow]:
    # One text of tags a listing comes twice as fast as one row a tag.
    tag = ProviderTag.facet + ":" + ProviderTag.code
    tags = select(func.aggregate_strings(tag, " ")).where(ProviderTag.provider_id == Provider.id).scalar_subquery()
    elsewhere = {"organization": Organization.name, "tags": tags}
    columns = [elsewhere[name] if name in elsewhere else getattr(Provider, name) for name in SnapshotRow._fields]
    query = select(*columns).outerjoin(Organization, Organization.id == Provider.organization_id)
    return map(SnapshotRow._make, connection.execute(query.where(Provider.status == Status.PUBLISHED)))
