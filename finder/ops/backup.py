"""Backups: a folder for each, with the database in one file and a manifest by which the copy is proved to be whole."""

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from finder.ops.copies import BackupError, copier_of, digests_at
from finder.ops.digests import TableDigest

_PREFIX = "finder-"
_NAME = f"{_PREFIX}%Y%m%dT%H%M%SZ"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its folder, when it was made, of which kind of database, the file's digest, and what is in it."""

    folder: Path
    made_at: dt.datetime
    kind: str
    sha256: str
    tables: dict[str, TableDigest]

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / copier_of(f"{self.kind}://").file_name

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(each.rows for each in self.tables.values())


def back_up(url: str, folder: Path, moment: dt.datetime) -> Backup:
    """Copy the database, while it is in use, into a new folder below ``folder``, which only its owner may read.

    It gets its name when all is in it: what has a name is whole. Raises `BackupError`.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"{moment:{_NAME}}"
    if target.exists():
        raise BackupError(f"There is a backup of this second already: {target}")
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        made = _copy(url, making, moment)
        making.rename(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return replace(made, folder=target)


def _copy(url: str, folder: Path, moment: dt.datetime) -> Backup:
    copier = copier_of(url)
    file = folder / copier.file_name
    tables = copier.copy(url, file)
    made = Backup(folder, moment, make_url(url).get_backend_name(), _sha256(file), tables)
    (folder / _MANIFEST).write_text(_manifest(made), encoding="utf-8")
    return made


def read_backup(folder: Path) -> Backup:
    """The backup in a folder. Raises `BackupError` where there is none, or its file isn't what was written."""
    try:
        said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        tables = {name: TableDigest(**each) for name, each in said["tables"].items()}
        moment = dt.datetime.fromisoformat(said["made_at"])
        found = Backup(folder, moment, said["kind"], said["sha256"], tables)
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupError(f"{folder} is no backup: it has no manifest that can be read.") from None
    if not found.file.is_file() or _sha256(found.file) != found.sha256:
        raise BackupError(f"{found.file} is not what was written: its checksum differs. Take another backup.")
    return found


def restore(backup: Backup, url: str) -> None:
    """Make an empty database what the backup says, and compare. Raises `BackupError`, also where it isn't empty."""
    if make_url(url).get_backend_name() != backup.kind:
        raise BackupError(f"This is a backup of {backup.kind}, and FINDER_DATABASE_URL names another kind of database.")
    if _has_tables(url):
        raise BackupError("The database isn't empty. Set FINDER_DATABASE_URL to a new one; nothing was changed.")
    copier_of(url).load(backup.file, url)
    found = digests_at(url)
    if wrong := sorted(
        name for name in found.keys() | backup.tables.keys() if found.get(name) != backup.tables.get(name)
    ):
        raise BackupError(f"These tables are not as they were: {', '.join(wrong)}.")


def verify(backup: Backup, url: str) -> None:
    """Restore the backup into a database that is thrown away, beside the one at ``url``. Raises `BackupError`."""
    with _another(url) as other:
        restore(backup, other)


def forget_old(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups; gives what was deleted. Anything else in the folder stays."""
    old = _backups(folder)[:-keep]
    for each in old:
        shutil.rmtree(each)
    return old


def newest_backup(folder: Path) -> Path | None:
    """The folder of the newest backup below ``folder``."""
    return max(_backups(folder), default=None)


def _backups(folder: Path) -> list[Path]:
    return sorted(each for each in folder.glob(f"{_PREFIX}*") if (each / _MANIFEST).is_file())


def _manifest(backup: Backup) -> str:
    said = {"made_at": backup.made_at.isoformat(), "kind": backup.kind, "sha256": backup.sha256}
    return json.dumps(said | {"tables": {name: asdict(each) for name, each in backup.tables.items()}}, indent=1)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _has_tables(url: str) -> bool:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return bool(inspect(connection).get_table_names())


@contextmanager
def _another(url: str) -> Iterator[str]:
    """The address of an empty database of the same kind, which is gone afterwards."""
    if make_url(url).get_backend_name() == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/verify.db"
        return
    name = f"finder_verify_{uuid4().hex}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
        try:
            yield make_url(url).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
