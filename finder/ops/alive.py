"""When the process that runs jobs last looked for some: the time of an empty file."""

import datetime as dt
from pathlib import Path

_NAME = "jobs-alive"


def note_alive(instance_folder: Path) -> None:
    """Note that it has just done so."""
    (instance_folder / _NAME).touch(mode=0o600)


def last_alive(instance_folder: Path) -> dt.datetime | None:
    """When that was; None where there never was such a process."""
    path = instance_folder / _NAME
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) if path.exists() else None
