"""Promise 2: an acknowledged save survives a power cut.

The real server saves under ``strace``. Its writes and syncs are then played back into copies of the files up to each
point at which the power may go: what was synced is there; of what was not, nothing, all, or any part, the last write
torn at a sector.
"""

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Site, new_site
from benchmarks.promises.traced import OPTIONS, Acknowledged, Event, Sync, Truncate, Write, events_of

_SAVES = 110  # enough for SQLite to move its log into the database once
_SECTOR = 512
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (faster, for thousands of short-lived copies)


@dataclass(frozen=True, slots=True)
class AfterCuts:
    """How many saves were acknowledged, at how many points the power went, and what was found then."""

    acknowledged: int
    cuts: int
    lost: int
    damaged: int


def acknowledged_saves_survive_power_cuts() -> Measured:
    """Every cut point of a hundred saves, each in three ways."""
    seen = saves_through_power_cuts()
    figure = (
        f"{seen.acknowledged} saves, {seen.cuts:,} power cuts: {seen.lost} lost an acknowledged save, "
        f"{seen.damaged} damaged"
    )
    return Measured(figure, seen.lost == seen.damaged == 0 and seen.acknowledged == _SAVES)


def saves_through_power_cuts(saves: int = _SAVES) -> AfterCuts:
    """Save so many times, and cut the power at each point of that."""
    with tempfile.TemporaryDirectory() as folder:
        site = new_site(Path(folder))
        disk = Disk({str(path): path.read_bytes() for path in Path(folder).glob("finder.db*")})
        events = _traced_saves(site, saves)
    return _played_back(events, disk)


def _played_back(events: list[Event], disk: "Disk") -> AfterCuts:
    acknowledged: set[str] = set()
    cuts = lost = damaged = 0
    chance = random.Random(2)  # noqa: S311 (moments, no secrets)
    for moment, event in enumerate(events):
        if isinstance(event, Acknowledged):
            acknowledged.add(event.text)
            continue
        disk.do(moment, event)
        for files in disk.after_a_cut(chance):
            cuts += 1
            stored, is_whole = _read(files)
            lost += bool(acknowledged - stored)
            damaged += not is_whole
    return AfterCuts(len(acknowledged), cuts, lost, damaged)


def _traced_saves(site: Site, saves: int) -> list[Event]:
    if not shutil.which("strace"):
        raise RuntimeError("strace is missing: install the package `strace`; `make test` does it where it may")
    log = site.folder / "strace.log"
    with site.served("strace", *OPTIONS, "-o", str(log)) as server:
        for number in range(saves):
            server.write_note(site.listings[number % len(site.listings)], f"note {number}")
    with log.open(errors="replace") as lines:
        return events_of(lines, files=str(site.folder / "finder.db"))


class Disk:
    """Files as they are for sure on the disk, and what was done to them since, which may be there or not."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._sure = {name: bytearray(content) for name, content in files.items()}
        self._since: list[tuple[int, Write | Truncate]] = []

    def do(self, moment: int, event: Write | Truncate | Sync) -> None:
        """What happens at a moment, the event's number."""
        if not isinstance(event, Sync):
            self._since.append((moment, event))
            return
        done = [(at, change) for at, change in self._since if change.file == event.file and at < event.since]
        for _, change in done:
            _apply(self._sure, change)
        self._since = [each for each in self._since if each not in done]

    def after_a_cut(self, chance: random.Random) -> Iterator[Mapping[str, bytearray]]:
        """What may be found there when the power goes now."""
        changes = [change for _, change in self._since]
        some = [change for change in changes if chance.random() < 0.5]
        if some and isinstance(last := some[-1], Write):
            some[-1] = replace(last, data=last.data[: chance.randrange(0, len(last.data) + 1, _SECTOR)])
        for reached in ((), changes, some):
            files = {name: bytearray(content) for name, content in self._sure.items()}
            for change in reached:
                _apply(files, change)
            yield files


def _apply(files: dict[str, bytearray], change: Write | Truncate) -> None:
    content = files.setdefault(change.file, bytearray())
    end = change.size if isinstance(change, Truncate) else change.offset + len(change.data)
    content.extend(bytes(max(0, end - len(content))))
    if isinstance(change, Truncate):
        del content[end:]
    else:
        content[change.offset : end] = change.data


def _read(files: Mapping[str, bytearray]) -> tuple[set[str], bool]:
    """The notes in a database that comes up again with these files, and whether it is whole."""
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        for name, content in files.items():
            (Path(folder) / Path(name).name).write_bytes(content)
        with closing(sqlite3.connect(f"{folder}/finder.db")) as database:
            try:
                texts = {text for (text,) in database.execute("SELECT text FROM listing_note")}
                is_whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            except sqlite3.DatabaseError:
                return set(), False
    return texts, is_whole
