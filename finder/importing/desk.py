"""Who works on a job, and how far that is.

A file that the working process locks: the system itself ends the claim of a process that dies, and another may begin
again at once. How far the work is stands in it too, and not in the database: SQLite has one writer at a time, and an
import is that one until its end.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_SIZE = 80  # bytes of what it says, blanks included, so that a shorter text leaves nothing of a longer one


class HowFar(NamedTuple):
    """How often the work was begun, and how many rows of how many are done: 0 of 0 where nobody knows yet."""

    begun: int = 0
    done: int = 0
    total: int = 0


class Desk:
    """A job that this process works on, and nobody else. ``begun`` counts this time too."""

    def __init__(self, path: Path, descriptor: int, begun: int) -> None:
        self._path = path
        self._descriptor = descriptor
        self.begun = begun
        self.tell(0, 0)

    def tell(self, done: int, total: int) -> None:
        """Say how far the work is."""
        said = json.dumps([self.begun, done, total]).encode()
        os.pwrite(self._descriptor, said.ljust(_SIZE), 0)

    def clear(self) -> None:
        """Forget how far it was: this step is done."""
        self._path.unlink(missing_ok=True)


@contextmanager
def taken(folder: Path, job_id: int) -> Iterator[Desk | None]:
    """The desk of a job until the end of the block; nothing where another process works on it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = desk_path(folder, job_id)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        is_mine = _lock(path, descriptor)
        yield Desk(path, descriptor, how_far(folder, job_id).begun + 1) if is_mine else None
    finally:
        os.close(descriptor)


def _lock(path: Path, descriptor: int) -> bool:
    """Whether the file is ours now; not if another process has it, or has just removed it, for who comes next finds
    another one.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def how_far(folder: Path, job_id: int) -> HowFar:
    """How far the work on a job is, as who works on it said last."""
    with suppress(OSError, ValueError, TypeError):
        return HowFar(*json.loads(desk_path(folder, job_id).read_bytes()))
    return HowFar()


def desk_path(folder: Path, job_id: int) -> Path:
    """The file."""
    return folder / f"job-{job_id}"
