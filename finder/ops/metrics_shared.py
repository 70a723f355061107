"""The processes of a server count together, and one more tells their counts on a port of its own.

Each process writes its counts to files of a new folder in the machine's memory: on a disk that is full, writing to a
mapped file ends the process that writes. The folder's name is in the environment, where prometheus-client looks for it
when it is first imported, so this module imports nothing of it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from finder.config import Settings

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_MEMORY = Path("/dev/shm")  # noqa: S108 (only folders with names that nobody can guess are made in it)


def share(settings: Settings) -> None:
    """Let all processes that part from this one count together, where metrics are told.

    Before anything imports `finder.ops.metrics`; where it is said again, nothing changes.
    """
    if settings.metrics_port:
        os.environ[_VARIABLE] = str(_folder(settings.metrics_port))


def tell(settings: Settings) -> None:
    """Start the process that tells, where metrics are told; it ends with this one, whatever ends that."""
    if settings.metrics_port:
        _teller(_folder(settings.metrics_port))


def forget(settings: Settings, pid: int) -> None:
    """Tell no more how it stands with a process that has ended; what it counted still counts."""
    if settings.metrics_port:
        for file in _folder(settings.metrics_port).glob(f"gauge_live*_{pid}.db"):
            file.unlink(missing_ok=True)


def end(settings: Settings) -> None:
    """End the process that tells, and leave nothing behind."""
    if not settings.metrics_port:
        return
    folder = _folder(settings.metrics_port)
    with _teller(folder) as teller:
        teller.terminate()
    shutil.rmtree(folder, ignore_errors=True)


@cache
def _folder(port: int) -> Path:
    """A new one for each start; those of servers that were killed are removed, for only one can have the port."""
    parent = _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    prefix = f"finder-metrics-{port}-"
    for left in parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))


@cache
def _teller(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "finder.ops.metrics_teller", str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 (our own program)
