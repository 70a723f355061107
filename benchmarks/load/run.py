"""Sends simulated people to a served directory: ``python -m benchmarks.load.run 20000 200000 --users 50 200``.

Needs `benchmarks/setup.sh`, whose environment has locust. Prints a line for each run; ``--seconds 600`` lets each go on
for ten minutes, which tells whether the service's memory grows.
"""

import argparse
import csv
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import listings
from benchmarks.load.processes import of_group, processor_seconds, watched_memory
from benchmarks.promises.site import Server, Site
from finder.config import PROJECT

LOCUST = PROJECT / "benchmarks" / ".venv" / "bin" / "locust"
CACHE = Path(tempfile.gettempdir()) / "finder-benchmarks"
SECONDS = 60
_SPAWNED_WITHIN = 5  # seconds
_LOOKS = 120  # at the memory, in one run
_EARLY, _LATE = slice(_LOOKS // 5, _LOOKS * 3 // 10), slice(-_LOOKS // 10, None)


@dataclass(frozen=True, slots=True)
class Run:
    """So many people on a directory of so many listings, for so many seconds."""

    listings: int
    users: int
    seconds: int = SECONDS


@dataclass(frozen=True, slots=True)
class Memory:
    """Of all processes of the service together, in bytes: the means of the third tenth of a run and of the last one."""

    early: float
    late: float

    @property
    def growth(self) -> float:
        """How much more it is in the end, as a share."""
        return self.late / self.early - 1

    def __str__(self) -> str:
        return f"memory {self.early / 1e6:.0f} MB in its third tenth, {self.late / 1e6:.0f} MB in its last"


@dataclass(frozen=True, slots=True)
class Load:
    """What the people of a run saw; times in milliseconds, shares of one processor core."""

    run: Run
    requests: int
    errors: Counter[str]
    median: int
    p95: int
    memory: Memory
    service_cores: float
    people_cores: float

    def __str__(self) -> str:
        errors = "".join(f" ({times} x {what})" for what, times in self.errors.most_common(3))
        return (
            f"{self.run.users} people for {self.run.seconds} s at {self.run.listings:,} listings: {self.requests:,} "
            f"requests, {self.errors.total()} errors{errors}, median {self.median} ms, p95 {self.p95} ms; "
            f"{self.memory}; the service used {self.service_cores:.2f} cores, the people {self.people_cores:.2f}"
        )


def loads(runs: Sequence[Run]) -> Iterator[Load]:
    """One run after another, those of one size on one server."""
    if not LOCUST.exists():
        raise RuntimeError("locust is missing: run benchmarks/setup.sh")
    for size in dict.fromkeys(run.listings for run in runs):
        with tempfile.TemporaryDirectory() as folder:
            made = listings(size, CACHE, print)
            shutil.copyfile(made.database, Path(folder) / "finder.db")
            site = Site(Path(folder), f"sqlite:///{folder}/finder.db", (), "", "")
            with site.served() as server:
                server.ask("GET", "/search?near=60601")
                for run in runs:
                    if run.listings == size:
                        yield _loaded(server, Path(folder), run)


def _loaded(server: Server, folder: Path, run: Run) -> Load:
    command = [
        *(LOCUST, "-f", PROJECT / "benchmarks" / "load" / "journeys.py", "--headless", "--only-summary"),
        *("--host", f"http://127.0.0.1:{server.port}", "--users", str(run.users)),
        *("--spawn-rate", str(run.users / _SPAWNED_WITHIN), "--run-time", f"{run.seconds}s"),
        *("--csv", folder / "load", "--exit-code-on-error", "0"),
    ]
    used, own = processor_seconds(of_group(server.group)), _of_children()
    with watched_memory(server.group, every=run.seconds / _LOOKS) as memory:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    total = next(row for row in _rows(folder / "load_stats.csv") if row["Name"] == "Aggregated")
    return Load(
        run=run,
        requests=int(total["Request Count"]),
        errors=Counter({row["Error"]: int(row["Occurrences"]) for row in _rows(folder / "load_failures.csv")}),
        median=int(total["50%"]),
        p95=int(total["95%"]),
        memory=Memory(statistics.fmean(memory[_EARLY]), statistics.fmean(memory[_LATE])),
        service_cores=(processor_seconds(of_group(server.group)) - used) / run.seconds,
        people_cores=(_of_children() - own) / run.seconds,
    )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open() as opened:
        return list(csv.DictReader(opened))


def _of_children() -> float:
    """The processor time in seconds of the children that have ended; the server isn't among them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[20_000, 200_000])
    parser.add_argument("--users", nargs="+", type=int, default=[50, 200])
    parser.add_argument("--seconds", type=int, default=SECONDS)
    asked = parser.parse_args()
    for load in loads([Run(size, users, asked.seconds) for size in asked.sizes for users in asked.users]):
        print(load)  # noqa: T201 (what the command is for)


if __name__ == "__main__":
    main()
