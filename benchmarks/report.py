"""The tables, as text and as Markdown with a plot."""

import datetime as dt
import os
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from benchmarks import goals
from benchmarks.measure import Summary, Timings, growth
from benchmarks.peers.peer import Peer
from benchmarks.plot import growth_curve
from benchmarks.queries import CLASSES

Step: TypeAlias = Callable[[], None]
_OURS, _OURS_SERVED, _YARDSTICK = "finder", "finder-http", "reference"


@dataclass(slots=True)
class Size:
    """What was measured on a directory of one size; ``missing`` says why each other peer wasn't."""

    peers: dict[str, type[Peer]]
    timings: dict[str, Timings]
    missing: dict[str, str]
    snapshot_bytes: int | None
    rates: dict[str, float] = field(default_factory=dict)

    def summary(self, peer: str, of: str = "full") -> Summary | None:
        """One peer's figures, where it was measured."""
        return self.timings[peer].summary(of) if peer in self.timings else None


@dataclass(slots=True)
class Run:
    """One run of the command."""

    began: dt.datetime
    repeats: int
    questions: int
    sizes: dict[int, Size] = field(default_factory=dict)


def tables(run: Run, size: int) -> str:
    """All tables of one size, as Markdown."""
    measured = run.sizes[size]
    served = [name for name, peer in measured.peers.items() if peer.served]
    core = [name for name, peer in measured.peers.items() if peer.in_process]
    parts = [
        f"## {size:,} listings",
        "### In process: full answer, p50 / p95 in milliseconds",
        _times(measured, core, _OURS, "full"),
        "### The same without loading the page",
        _times(measured, core, _OURS, "search"),
    ]
    if served:
        parts += [
            "### Through a socket: full answer, p50 / p95 in milliseconds",
            _times(measured, served, _OURS_SERVED, "full"),
        ]
    if measured.rates:
        rows = [(kind, f"{rate:,.0f}") for kind, rate in measured.rates.items()]
        parts += ["### Requests a second (10 miles in a metro, two workers)", _markdown(("what", "a second"), rows)]
    if measured.snapshot_bytes is not None:
        per_million = measured.snapshot_bytes * 1e6 / size / 1e6
        parts.append(f"Snapshot: {measured.snapshot_bytes / 1e6:,.1f} MB, {per_million:,.0f} MB per million listings.")
    if measured.missing:
        parts.append("\n".join(f"Not measured: {name}: {reason}." for name, reason in measured.missing.items()))
    return "\n\n".join(parts)


def write(run: Run, folder: Path) -> None:
    """Write ``search.md`` and ``search.svg`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    largest = run.sizes[max(run.sizes)]
    parts = [
        "# Search beside other designs",
        _circumstances(run),
        "![Mean time of a full answer by size of the directory](search.svg)",
        *(tables(run, size) for size in sorted(run.sizes)),
        *_growth(run),
        "## Goals",
        _markdown(("what", "goal", "seen", ""), goals.rows(run.sizes)),
        "## The designs",
        "\n".join(f"- **{peer.name}**: {peer.how}" for peer in largest.peers.values()),
    ]
    (folder / "search.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    lines = {_name(run, name): list(_means(run, name)) for name in _core(run)}
    (folder / "search.svg").write_text(growth_curve(lines), encoding="utf-8")


def _circumstances(run: Run) -> str:
    machine = f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"
    return (
        f"Measured on {run.began:%Y-%m-%d} by `python -m benchmarks.run` ({machine}); `benchmarks/README.md` says what"
        f" is measured and how. {run.questions} questions a class, each asked {run.repeats} times, in rounds, all"
        " designs in turn; a question counts with the median of its repeats. All designs gave the same answers. *mean*"
        " and *geomean* are over the medians of the six classes."
    )


def _times(measured: Size, names: Sequence[str], ours: str, of: str) -> str:
    base, yardstick = measured.summary(ours, of), measured.summary(_YARDSTICK, of)
    head = ("design", *CLASSES, "mean", "geomean", "mean / finder", "geomean / finder", "mean / R0")
    return _markdown(head, (_row(measured, name, of, base, yardstick) for name in names))


def _row(measured: Size, name: str, of: str, base: Summary | None, yardstick: Summary | None) -> tuple[str, ...]:
    own = measured.timings[name].summary(of)
    cells = [f"{_ms(p50)} / {_ms(p95)}" for p50, p95 in (own.classes[kind] for kind in CLASSES if kind in own.classes)]
    return (
        measured.peers[name].name,
        *cells,
        _ms(own.mean),
        _ms(own.geomean),
        _ratio(own.mean, base.mean if base else None),
        _ratio(own.geomean, base.geomean if base else None),
        _ratio(own.mean, yardstick.mean if yardstick else None),
    )


def _growth(run: Run) -> Iterator[str]:
    sizes = sorted(run.sizes)
    if len(sizes) == 1:
        return
    yield "## Growth"
    yield "The exponent *b* in time = *a* · size^*b*, of the mean over the classes and of searches in metros."
    steps = list(pairwise(sizes)) + ([(sizes[0], sizes[-1])] if len(sizes) > 2 else [])
    head = ("design", *(f"{small:,} → {large:,}: mean · metro" for small, large in steps))
    yield _markdown(head, ((_name(run, name), *_exponents(run, name, steps)) for name in _core(run)))


def _exponents(run: Run, name: str, steps: list[tuple[int, int]]) -> Iterator[str]:
    for small, large in steps:
        before, after = run.sizes[small].summary(name), run.sizes[large].summary(name)
        if before is None or after is None:
            yield "not measured"
            continue
        metro = ((small, before.classes[CLASSES[0]][0]), (large, after.classes[CLASSES[0]][0]))
        yield f"{growth((small, before.mean), (large, after.mean)):.2f} · {growth(*metro):.2f}"


def _core(run: Run) -> list[str]:
    names = {name: peer for size in run.sizes.values() for name, peer in size.peers.items()}
    return [name for name, peer in names.items() if peer.in_process]


def _name(run: Run, peer: str) -> str:
    return next(size.peers[peer].name for size in run.sizes.values() if peer in size.peers)


def _means(run: Run, peer: str) -> Iterator[tuple[int, float]]:
    for size in sorted(run.sizes):
        if summary := run.sizes[size].summary(peer):
            yield size, summary.mean


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ms(seconds: float) -> str:
    milliseconds = 1000 * seconds
    return f"{milliseconds:,.0f}" if milliseconds >= 100 else f"{milliseconds:.3g}"


def _ratio(value: float, base: float | None) -> str:
    return "" if base is None else f"{value / base:.3g}"
