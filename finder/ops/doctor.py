"""What is wrong with a running installation, and what mends it."""

import datetime as dt
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, func, make_url, or_, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from finder.config import MIGRATIONS, SHORTEST_SECRET, Settings
from finder.listings import fictional_are_shown
from finder.listings.problems import WORDS_ARE_KEPT
from finder.models import ProblemReport
from finder.models.connection import engine_options
from finder.ops.alive import last_alive
from finder.ops.backup import newest_backup, read_backup
from finder.ops.copies import BackupError

_CLOCKS_AGREE = dt.timedelta(seconds=5)
_DAILY = dt.timedelta(hours=26)  # and two hours for a slow day
_JOBS_ARE_LOOKED_FOR = dt.timedelta(minutes=30)  # each minute, but not while a large import is worked on
_FREE_BYTES = 1_000_000_000
_FEWEST_SIGNS = 8  # different ones in a secret; 32 random hexadecimal digits have fewer once in 28 million times
_SHA_1 = re.compile(rb"[0-9A-F]{40}\b")


class State(StrEnum):
    """How a part of an installation is."""

    WELL = "well"
    NOTE = "note"  # works, but somebody should know
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about a part, and, where it isn't well, what to do."""

    part: str
    state: State
    told: str


def examine(settings: Settings, now: dt.datetime, backups: Path | None) -> Iterator[Finding]:
    """Look at each part of the installation in turn; nothing is changed."""
    yield from _database(settings, now)
    for look in (_secret, _older_secrets, _breached_passwords, _address, _disk, _snapshot, _mail):
        yield look(settings)
    yield _jobs(settings, now)
    if backups:
        yield _backups(backups, now)


def _database(settings: Settings, now: dt.datetime) -> Iterator[Finding]:
    engine = create_engine(settings.database_url, **engine_options(settings.database_url))
    try:
        with engine.connect() as connection:
            yield _well("database", "answers")
            yield (tables := _tables(connection))
            yield _clock(connection, now)
            if tables.state is State.WELL:
                yield from _content(connection, now)
    except SQLAlchemyError as error:
        told = f"does not answer ({type(error).__name__}): check FINDER_DATABASE_URL, and that its server runs"
        yield _wrong("database", told)
    finally:
        engine.dispose()


def _tables(connection: Connection) -> Finding:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    wanted = set(ScriptDirectory.from_config(config).get_heads())
    found = set(MigrationContext.configure(connection).get_current_heads())
    if found == wanted:
        return _well("tables", "are those of this program")
    return _wrong("tables", "are not those of this program: run `finder db upgrade`")


def _clock(connection: Connection, now: dt.datetime) -> Finding:
    if connection.dialect.name == "sqlite":
        return _well("clock", "is this machine's")
    theirs: dt.datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs(theirs - now)
    if apart <= _CLOCKS_AGREE:
        return _well("clock", "agrees with the database's")
    return _wrong("clock", f"is {apart.total_seconds():.0f} s from the database's: set both by NTP")


def _content(connection: Connection, now: dt.datetime) -> Iterator[Finding]:
    with Session(connection) as session:
        if fictional_are_shown(session):
            yield _note("listings", "demonstration listings are shown; an import of real ones takes them off")
        if old := _old_words(session, now):
            yield _wrong("reports", f"{old:,} old ones still hold words: run `finder reports forget` every day")


def _old_words(session: Session, now: dt.datetime) -> int:
    report = ProblemReport
    is_old = report.created_at < now - WORDS_ARE_KEPT - _DAILY
    count = select(func.count()).select_from(report).where(is_old, or_(report.text != "", report.contact != ""))
    return session.scalar(count) or 0


def _secret(settings: Settings) -> Finding:
    if settings.secret_key:
        return _secret_itself(settings.secret_key.get_secret_value(), "is set")
    file = settings.instance_folder / "secret_key"
    if not file.exists():
        return _note("secret", "none is set; one is made at the first sign-in")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return _wrong("secret", f"others may read {file}: run `chmod 600 {file}`, and make a new one")
    return _secret_itself(file.read_text().strip(), f"is in {file}, which only its owner may read")


def _secret_itself(secret: str, where: str) -> Finding:
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= _FEWEST_SIGNS:
        return _well("secret", where)
    return _wrong("secret", "is easily guessed: replace it by random characters, docs/administration.md says how")


def _older_secrets(settings: Settings) -> Finding:
    older = settings.secret_key_fallbacks
    if not older:
        return _well("older secrets", "none is taken any more")
    if settings.secret_key in older:
        return _wrong("older secrets", "the present secret is one of FINDER_SECRET_KEY_FALLBACKS: nothing was replaced")
    told = f"{len(older)} still taken: run `finder user seal-anew`, and {settings.session_hours} hours later empty"
    return _note("older secrets", f"{told} FINDER_SECRET_KEY_FALLBACKS")


def _breached_passwords(settings: Settings) -> Finding:
    file = settings.breached_passwords
    if file is None:
        return _well("breached passwords", "the commonest are refused")
    try:
        with file.open("rb") as lines:
            first = list(islice(lines, 100))
    except OSError as error:
        return _wrong("breached passwords", f"this user can't read {file} ({type(error).__name__})")
    if first and first == sorted(first) and all(map(_SHA_1.match, first)):
        return _well("breached passwords", f"those in {file} are refused")
    return _wrong("breached passwords", f"{file} has no sorted lines of SHA-1 in capitals: nothing is found in it")


def _address(settings: Settings) -> Finding:
    if settings.base_url.startswith("https:"):
        return _well("address", settings.base_url)
    return _note("address", f"{settings.base_url} is for this machine alone; set FINDER_BASE_URL before others use it")


def _disk(settings: Settings) -> Finding:
    folders = [settings.instance_folder, *filter(None, [settings.snapshot_folder, _folder_of(settings.database_url)])]
    free = {folder: shutil.disk_usage(_there(folder)).free for folder in folders}
    folder, least = min(free.items(), key=lambda item: item[1])
    if least >= _FREE_BYTES:
        return _well("disk", f"{least / 1e9:.0f} GB are free")
    return _wrong("disk", f"only {least / 1e6:.0f} MB are free at {folder}: make room")


def _snapshot(settings: Settings) -> Finding:
    folder = settings.snapshot_folder
    if folder is None:
        return _well("snapshot", "is kept by each worker for itself")
    if os.access(_there(folder), os.W_OK):
        return _well("snapshot", f"is shared in {folder}")
    return _wrong("snapshot", f"this user may not write to {folder}")


def _mail(settings: Settings) -> Finding:
    if settings.smtp_url is None:
        return _note("mail", f"no server is set; letters are kept in {settings.instance_folder / 'letters'}")
    return _well("mail", "a server is set; invite somebody to try it")


def _jobs(settings: Settings, now: dt.datetime) -> Finding:
    alive = last_alive(settings.instance_folder)
    if alive is None:
        return _note("jobs", "nobody works on uploads and timetables of sources: run `finder jobs` beside the service")
    if now - alive > _JOBS_ARE_LOOKED_FOR:
        return _wrong(
            "jobs", f"nobody has looked for any since {alive:%Y-%m-%d %H:%M} UTC: see why `finder jobs` ended"
        )
    return _well("jobs", "are worked on")


def _backups(folder: Path, now: dt.datetime) -> Finding:
    newest = newest_backup(folder)
    if newest is None:
        return _wrong("backups", f"there is none in {folder}: run `finder backup {folder}` every day")
    try:
        made = read_backup(newest).made_at
    except BackupError as error:
        return _wrong("backups", str(error))
    if now - made > _DAILY:
        return _wrong("backups", f"the newest is of {made:%Y-%m-%d %H:%M} UTC: see why the daily job didn't run")
    return _well("backups", f"the newest is of {made:%Y-%m-%d %H:%M} UTC, and whole")


def _folder_of(url: str) -> Path | None:
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    return Path(str(address.database)).parent if is_file else None


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())


def _of(state: State) -> Callable[[str, str], Finding]:
    return lambda part, told: Finding(part, state, told)


_well, _note, _wrong = (_of(state) for state in State)
