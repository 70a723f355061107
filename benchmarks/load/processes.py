"""What running processes use, by Linux's own account: proc(5)."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_GROUP, _USER, _SYSTEM = 2, 11, 12  # in stat, counted from behind the name


def of_group(group: int) -> list[int]:
    """The processes of a group."""
    return [pid for pid, fields in _all() if int(fields[_GROUP]) == group]


def processor_seconds(pids: Sequence[int]) -> float:
    """The time that these have had of all processors so far."""
    return sum(int(fields[_USER]) + int(fields[_SYSTEM]) for pid, fields in _all() if pid in pids) / _TICKS


def memory_bytes(pids: Sequence[int]) -> int:
    """Their memory; of what several share, each has its part (PSS)."""
    return sum(_proportional(pid) for pid in pids)


@contextmanager
def watched_memory(group: int, every: float) -> Iterator[list[int]]:
    """The memory of a group's processes in bytes, each so many seconds, from now until the block ends."""
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(every):
            seen.append(memory_bytes(of_group(group)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _all() -> Iterator[tuple[int, list[str]]]:
    """Each process with the fields of its ``stat`` behind its name, which may hold anything."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
                yield int(folder.name), (folder / "stat").read_text().rpartition(")")[2].split()


def _proportional(pid: int) -> int:
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return 0
