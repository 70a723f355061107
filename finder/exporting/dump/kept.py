"""The dumps that there are: a folder for each, named by its time, and a link to the newest."""

import datetime as dt
import json
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
LATEST = "latest"

_NAME = "%Y%m%dT%H%M%SZ"
_A_NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_MAKING = ".making-"


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file of a dump, as its manifest tells of it; ``entries`` are ``None`` where nothing in it is counted."""

    name: str
    about: str
    media_type: str
    bytes: int
    sha256: str
    entries: int | None


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that is whole: its folder, when it was made, how many listings it has, and its files."""

    folder: Path
    made_at: dt.datetime
    listings: int
    files: tuple[DumpFile, ...]


def newest_dump(folder: Path) -> Dump | None:
    """The newest dump below ``folder``."""
    return read_dump(folder / LATEST)


def read_dump(folder: Path) -> Dump | None:
    """The dump in this folder, or ``None`` where there is none. The folder may be the link to the newest."""
    folder = folder.resolve()  # so that all that is read is of one dump, whatever the link says a moment later
    try:
        said: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    files = tuple(DumpFile(**each) for each in said["files"])
    return Dump(folder, dt.datetime.fromisoformat(said["made_at"]), said["listings"], files)


def file_of(folder: Path, which: str, name: str) -> tuple[Path, DumpFile | None] | None:
    """A file of the newest dump ("latest") or of that of a time, with what its manifest tells of it.

    The manifest and the checksums have no such line themselves. ``None`` where there is no such file.
    """
    if which != LATEST and not _A_NAME.fullmatch(which):
        return None
    dump = read_dump(folder / which)
    if dump is None:
        return None
    told = next((file for file in dump.files if file.name == name), None)
    return (dump.folder / name, told) if told or name in {MANIFEST, SUMS} else None


@contextmanager
def new_dump(folder: Path, now: dt.datetime) -> Iterator[Path]:
    """An empty folder to write into; it becomes the newest dump at the end, and is gone where something fails."""
    folder.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder))
    try:
        yield making
        making.chmod(0o755)  # what is open to all may be served by another user's server, too
        making.rename(folder / f"{now:{_NAME}}")
        _point(folder, f"{now:{_NAME}}")
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _point(folder: Path, name: str) -> None:
    """Let the link lead to this dump, from one moment to the next."""
    link = folder / f".{LATEST}-{secrets.token_hex(4)}"
    link.symlink_to(name, target_is_directory=True)
    link.replace(folder / LATEST)


def forget_old(folder: Path, keep: int, now: dt.datetime) -> list[Path]:
    """Delete all but the newest dumps, and what processes left that were killed; gives the dumps that were deleted."""
    old = sorted(each for each in folder.iterdir() if _A_NAME.fullmatch(each.name))[:-keep]
    a_day_ago = (now - dt.timedelta(days=1)).timestamp()
    left = [each for each in folder.glob(f"{_MAKING}*") if each.stat().st_mtime < a_day_ago]
    for each in (*old, *left):
        shutil.rmtree(each)
    return old
