"""``python -m benchmarks.run SIZE ...``: how fast finder's search is beside other designs, on the same answers."""

import argparse
import datetime as dt
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks import generate, measure, memory, peers, report
from benchmarks.listings import Listings
from benchmarks.peers.ours import Ours
from benchmarks.peers.peer import NotHereError, Peer, Workplace
from benchmarks.queries import PER_CLASS, Query, queries
from benchmarks.rates import rates
from benchmarks.truth import Truth

_CONSOLE = Console(stderr=True)
_LEAST_REPEATS = 5


@dataclass(slots=True)
class Started:
    """The peers of one size: those that run, and why the others don't."""

    running: dict[str, Peer] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def main() -> int:
    """Measure every size, print the tables and write them; 1 where peers' answers differ."""
    arguments = _arguments()
    # Whoever ends the run ends its servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    run = report.Run(began=dt.datetime.now(dt.UTC), repeats=arguments.repeats, questions=arguments.questions)
    for size in arguments.sizes:
        listings = generate.listings(size, arguments.cache, _say)
        questions = measure.chosen(queries(), arguments.questions)
        with tempfile.TemporaryDirectory(prefix="finder-bench-") as folder, ExitStack() as closing:
            started = _started(arguments.peers, listings, Path(folder), closing)
            if wrong := _wrong(started, questions, listings):
                _CONSOLE.print("[bold]The answers differ:[/bold]", *wrong, sep="\n", highlight=False)
                return 1
            run.sizes[size] = _measured(started, questions, arguments.repeats)
        report.write(run, arguments.out)  # now already, so that a run ended early leaves what it has
        if arguments.rates:
            run.sizes[size].rates = _rates(listings, questions, arguments.repeats, run.sizes[size].missing)
            report.write(run, arguments.out)
        Console(width=220).print(report.tables(run, size), markup=False, highlight=False)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+", metavar="SIZE", help="how many listings, for example 20000")
    parser.add_argument("--peers", type=peers.chosen, help=f"with commas, of: {', '.join(peers.PEERS)}; default: all")
    parser.add_argument("--repeats", type=int, default=_LEAST_REPEATS, help="how often each question is asked")
    parser.add_argument("--questions", type=int, default=PER_CLASS, help=f"of each class, at most {PER_CLASS}")
    parser.add_argument("--out", type=Path, default=Path("docs/performance"), help="where the report is written")
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir()) / "finder-benchmarks",
        help="where generated directories are kept",
    )
    parser.add_argument("--rates", action=argparse.BooleanOptionalAction, default=True, help="count requests a second")
    arguments = parser.parse_args()
    arguments.peers = arguments.peers or peers.chosen("")
    return arguments


def _started(names: list[str], listings: Listings, folder: Path, closing: ExitStack) -> Started:
    started = Started()
    for name in names:
        _say(f"starting {name}")
        place = folder / name
        place.mkdir()
        try:
            peer = peers.peer_class(name)(Workplace(place, _say))
            closing.callback(peer.close)
            if listings.size > peer.largest:
                raise NotHereError(f"not above {peer.largest:,} listings: {peer.beyond}")
            peer.load(listings)
        except NotHereError as reason:
            started.missing[name] = str(reason)
            _say(f"not measured: {name}: {reason}")
        else:
            started.running[name] = peer
    return started


def _wrong(started: Started, questions: list[Query], listings: Listings) -> list[str]:
    with _bar("comparing answers", len(started.running) * len(questions)) as step:
        return measure.differences(started.running, questions, Truth(listings), step)


def _measured(started: Started, questions: list[Query], repeats: int) -> report.Size:
    with _bar("measuring", len(started.running) * len(questions) * repeats) as step:
        seconds = measure.timings(started.running, questions, repeats, step)
    ours = next((peer for peer in started.running.values() if isinstance(peer, Ours)), None)
    return report.Size(
        peers={name: type(peer) for name, peer in started.running.items()},
        timings=seconds,
        missing=started.missing,
        snapshot_bytes=memory.size_of(ours.snapshot) if ours else None,
    )


def _rates(listings: Listings, questions: list[Query], repeats: int, missing: dict[str, str]) -> dict[str, float]:
    _say("counting requests a second")
    folder = Path(tempfile.mkdtemp(prefix="finder-bench-"))
    try:
        return rates(listings.database, folder, questions, repeats)
    except NotHereError as reason:
        missing["requests a second"] = str(reason)
        return {}
    finally:
        shutil.rmtree(folder)


@contextmanager
def _bar(what: str, total: int) -> Iterator[report.Step]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_CONSOLE, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def _say(what: str) -> None:
    _CONSOLE.print(what, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
