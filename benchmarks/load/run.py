"""Sends simulated people to a served directory: ``python -m benchmarks.load.run 20000 200000 --users 50 200``.

Needs `benchmarks/setup.sh`, whose environment has locust. Prints a line for each run.
"""

import argparse
import csv
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import listings
from benchmarks.promises.site import Server, Site
from finder.config import PROJECT

LOCUST = PROJECT / "benchmarks" / ".venv" / "bin" / "locust"
CACHE = Path(tempfile.gettempdir()) / "finder-benchmarks"
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Load:
    """What so many people at once saw of a directory; times in milliseconds."""

    listings: int
    users: int
    requests: int
    failures: int
    median: int
    p95: int

    def __str__(self) -> str:
        return (
            f"{self.users} people at {self.listings:,} listings: {self.requests:,} requests, {self.failures} errors, "
            f"median {self.median} ms, p95 {self.p95} ms"
        )


def loads(sizes: list[int], users: list[int], seconds: int = SECONDS) -> Iterator[Load]:
    """Every size with every number of people, one after another."""
    if not LOCUST.exists():
        raise RuntimeError("locust is missing: run benchmarks/setup.sh")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            made = listings(size, CACHE, print)
            shutil.copyfile(made.database, Path(folder) / "finder.db")
            site = Site(Path(folder), f"sqlite:///{folder}/finder.db", (), "", "")
            with site.served() as server:
                server.ask("GET", "/search?near=60601")
                for count in users:
                    yield _loaded(server, Path(folder), size, count, seconds)


def _loaded(server: Server, folder: Path, size: int, users: int, seconds: int) -> Load:
    command = [
        *(LOCUST, "-f", PROJECT / "benchmarks" / "load" / "journeys.py", "--headless", "--only-summary"),
        *("--host", f"http://127.0.0.1:{server.port}", "--users", str(users), "--spawn-rate", str(users / 5)),
        *("--run-time", f"{seconds}s", "--csv", folder / "load", "--exit-code-on-error", "0"),
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    with (folder / "load_stats.csv").open() as file:
        total = next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
    return Load(
        listings=size,
        users=users,
        requests=int(total["Request Count"]),
        failures=int(total["Failure Count"]),
        median=int(total["50%"]),
        p95=int(total["95%"]),
    )


def main() -> None:
    """Print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[20_000, 200_000])
    parser.add_argument("--users", nargs="+", type=int, default=[50, 200])
    parser.add_argument("--seconds", type=int, default=SECONDS)
    asked = parser.parse_args()
    for load in loads(asked.sizes, asked.users, asked.seconds):
        print(load)  # noqa: T201 (what the command is for)


if __name__ == "__main__":
    main()
