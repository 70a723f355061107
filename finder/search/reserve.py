"""What lists of results say of every published listing, kept on this machine for when the database can't be reached."""

import fcntl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.models import Organization, Provider
from finder.models.base import code_column
from finder.search.listed import LISTED_COLUMNS, Listed, listed_of
from finder.search.reading import Version, read_version

_AT_A_TIME = 1_000
"""Listings that are read and written together."""

_TABLES = MetaData()
_OF = Table("copy", _TABLES, Column("uid", String), Column("columns", String), Column("version", Integer))
_TYPES = {"precision": code_column(Precision)}
_LISTED = Table(
    "listed",
    _TABLES,
    *(Column(name, _TYPES.get(name, column.type), primary_key=name == "id") for name, column in LISTED_COLUMNS.items()),
)
_NAMES = ",".join(LISTED_COLUMNS)
_CHANGED = select(Provider.status, *LISTED_COLUMNS.values()).outerjoin(
    Organization, Organization.id == Provider.organization_id
)


class Reserve:
    """A copy in a SQLite file, shared by all processes of a machine; one of them at a time brings it up to date.

    The copy is of one directory at one version. What it holds is public already.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._engine = create_engine(f"sqlite:///{file}", hide_parameters=True, poolclass=NullPool)
        self._following = threading.Lock()

    def load(self, ids: Sequence[int]) -> dict[int, Listed]:
        """The listings with these row ids that were published when the copy was brought up to date, by id."""
        if not self._file.exists():
            return {}
        with self._engine.connect() as connection:
            rows = connection.execute(select(*_LISTED.c).where(_LISTED.c.id.in_(ids)).order_by(_LISTED.c.id)).all()
        return {row[0]: listed_of(*row) for row in rows}

    def follow(self, source: Engine) -> None:
        """Bring the copy up to date with the database, in a thread of its own; nothing where that goes on already."""
        if self._following.acquire(blocking=False):
            threading.Thread(target=self._followed, args=(source,), name="reserve of the search", daemon=True).start()

    def _followed(self, source: Engine) -> None:
        try:
            self.update(source)
        except (SQLAlchemyError, OSError):
            pass  # the database went away, or the disk is full: the copy stays as it was, and is tried again
        finally:
            self._following.release()

    def update(self, source: Engine) -> None:
        """Bring the copy up to date with the database; waits for no other process that does."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._alone() as is_alone:
            if is_alone:
                self._copy(source)

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        with self._file.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def _copy(self, source: Engine) -> None:
        """All that changed since the copy's version, in one transaction of each database."""
        with source.connect() as theirs, self._engine.begin() as ours:
            version = read_version(theirs)
            since = _begun(ours, version)
            if since == version.number:
                return
            changed = _CHANGED.where(Provider.directory_version > since)
            rows = iter(theirs.execution_options(yield_per=_AT_A_TIME).execute(changed))
            while batch := list(islice(rows, _AT_A_TIME)):
                _write(ours, batch)
            ours.execute(update(_OF).values(version=version.number))


def _begun(ours: Connection, version: Version) -> int:
    """Which version the copy has; a copy of another directory, or of other columns, begins anew at 0."""
    uid = str(version.uid)
    if inspect(ours).has_table(_OF.name):
        ours_of = ours.execute(select(_OF.c.uid, _OF.c.columns, _OF.c.version)).one_or_none()
        since: int = ours_of[2] if ours_of else 0
        if ours_of and tuple(ours_of[:2]) == (uid, _NAMES) and since <= version.number:
            return since
    _TABLES.drop_all(ours)
    _TABLES.create_all(ours)
    ours.execute(insert(_OF), {"uid": uid, "columns": _NAMES, "version": 0})
    return 0


def _write(ours: Connection, changed: Sequence[Row[*tuple[Any, ...]]]) -> None:
    rows = [(status, dict(zip(LISTED_COLUMNS, facts, strict=True))) for status, *facts in changed]
    ours.execute(delete(_LISTED).where(_LISTED.c.id.in_([facts["id"] for _, facts in rows])))
    if public := [facts for status, facts in rows if status is Status.PUBLISHED]:
        ours.execute(insert(_LISTED), public)
