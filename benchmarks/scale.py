"""What finder takes beyond one machine, from its own figures: ``python -m benchmarks.scale``.

Writes the generated part of ``docs/scale.md``. ``--check USERS SECONDS`` prints what the simulation says of a run of
``benchmarks.load``, to be compared with what that saw. Everything is arithmetic on `benchmarks.scale_inputs`.
"""

import argparse
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.queueing import Seen, Servers, closed_loop, open_queue
from benchmarks.scale_inputs import INPUTS, Input, value
from finder.config import PROJECT

_PAGE = PROJECT / "docs" / "scale.md"
_BEGIN, _END = "<!-- from here on: python -m benchmarks.scale -->", "<!-- up to here -->"
_DAY = 86_400
_SEED = 7
_ARRIVALS = 20_000


@dataclass(frozen=True, slots=True)
class Case:
    """A directory, and how many searches a day it answers."""

    name: str
    listings: int
    searches_a_day: int


CASES = (
    Case("a county", 5_000, 50_000),
    Case("a nation", 200_000, 5_000_000),
    Case("100 million a day", 5_000_000, 100_000_000),
)


def search_ms(listings: int) -> float:
    """Processor time of one search as a page, over HTTP, in milliseconds: mean of the classes, wide ones apart."""
    measured = value("search over HTTP") + value("a page more than JSON")
    grown = value("search in process") * (listings / 150_000) ** value("growth")
    narrow = measured + grown - value("search in process")
    wide = value("nation-wide at a million") * max(0.0, listings / 1_000_000 - 1)
    return narrow + value("share of nation-wide searches") * wide


def peak_searches(case: Case) -> float:
    """Searches a second in the busiest minute."""
    return case.searches_a_day / _DAY * value("peak over mean")


def cores(case: Case) -> float:
    """Cores that are busy at the peak, without reserve."""
    others = value("other pages a search") * value("another page")
    return peak_searches(case) * (search_ms(case.listings) + others) / 1000


def nodes(case: Case) -> int:
    """Machines, each kept below the load that is planned for, and one that may die."""
    return max(1, math.ceil(cores(case) / value("load that is planned for") / value("cores of a node"))) + 1


def workers(case: Case) -> int:
    """Processes of the web service."""
    return int(nodes(case) * value("cores of a node"))


def row(name: str, figures: Iterable[str]) -> str:
    """A line of a table."""
    return f"| {name} | {' | '.join(figures)} |"


def table(cases: Sequence[Case]) -> list[str]:
    """What each case takes."""
    lines = [row("", (case.name for case in cases)), row("---", ("---:" for _ in cases))]
    return lines + [row(name, map(told, cases)) for name, told in _ROWS]


def _mb(size: float) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.0f} MB"


def _duration(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:,.0f} ms"
    return f"{seconds:,.0f} s" if seconds < 600 else f"{seconds / 3600:,.1f} h"


def _millions(case: Case) -> float:
    return case.listings / 1_000_000


def _edit(case: Case) -> float:
    """Seconds that one worker takes to know of an edit; not less in a small directory, where it is all overhead."""
    return value("edit to snapshot at a million") * max(1, _millions(case))


def _changes(case: Case) -> float:
    return case.listings * value("changes of a listing a year") / 365


def _database(case: Case) -> float:
    kept = value("changes of a listing a year") * value("years of history") * value("bytes of a revision")
    return case.listings * (value("bytes of a listing in the database") + kept)


def _polls(case: Case) -> float:
    return workers(case) / value("seconds between looks for changes")


def _network(case: Case) -> float:
    pages = 1 + value("other pages a search")
    return peak_searches(case) * pages * value("bytes of a page") * 8


def _response(case: Case) -> str:
    share = peak_searches(case) / max(1, nodes(case) - 1) * (1 + value("other pages a search"))
    mean = cores(case) / peak_searches(case) / (1 + value("other pages a search"))
    seen = open_queue(share, Servers(int(value("cores of a node")), mean, value("p95 over median")), _ARRIVALS, _SEED)
    return f"{seen.median * 1000:.1f} / {seen.p95 * 1000:.1f} / {seen.p99 * 1000:.1f} ms"


_ROWS = (
    ("listings", lambda case: f"{case.listings:,}"),
    ("searches a day", lambda case: f"{case.searches_a_day:,}"),
    ("searches a second, mean / peak", lambda case: f"{case.searches_a_day / _DAY:,.1f} / {peak_searches(case):,.0f}"),
    ("processor time of a search", lambda case: f"{search_ms(case.listings):.1f} ms"),
    ("cores busy at the peak", lambda case: f"{cores(case):,.1f}"),
    ("nodes, one of which may die", lambda case: f"{nodes(case):,}"),
    ("workers", lambda case: f"{workers(case):,}"),
    ("answered in, with one node dead: median / p95 / p99", _response),
    (
        "snapshot, a node (mapped, shared)",
        lambda case: _mb(case.listings * value("bytes of a listing in the snapshot")),
    ),
    (
        "copy for a database that is down, a node",
        lambda case: _mb(case.listings * value("bytes of a listing in the copy")),
    ),
    (
        "memory of a node",
        lambda case: _mb(
            value("cores of a node") * value("memory of a worker")
            + case.listings * (value("bytes of a listing in the snapshot") + value("bytes of a listing in the copy"))
        ),
    ),
    ("database with its history", lambda case: _mb(_database(case))),
    ("changes a day", lambda case: f"{_changes(case):,.0f}"),
    ("rows written a second, mean", lambda case: f"{_changes(case) * value('rows of a change') / _DAY:,.2f}"),
    ("reads of a page a second at the peak", lambda case: f"{peak_searches(case):,.0f}"),
    (
        "standbys that answer them",
        lambda case: f"{math.ceil(peak_searches(case) / value('reads a second of a standby'))}",
    ),
    ("connections to the database, at most", lambda case: f"{workers(case) * value('connections of a worker'):,.0f}"),
    ("looks for changes a second", lambda case: f"{_polls(case):,.0f}"),
    ("log to each standby, mean", lambda case: f"{_changes(case) * value('log of a change') / _DAY / 1000:,.2f} kB/s"),
    (
        "a saved edit can be found after",
        lambda case: _duration(value("seconds between looks for changes") + _edit(case)),
    ),
    (
        "cores that edits keep busy, all workers",
        lambda case: f"{_changes(case) / _DAY * _edit(case) * workers(case):,.2f}",
    ),
    ("2 % changed at once, each worker", lambda case: _duration(value("2 % changed at a million") * _millions(case))),
    ("merge behind it, each worker", lambda case: _duration(value("merge at a million") * _millions(case))),
    (
        "first snapshot, one worker of a node",
        lambda case: _duration(value("first build at a million") * _millions(case)),
    ),
    ("start from the snapshot's file", lambda _case: _duration(value("start from the file at a million"))),
    ("dashboard of the administration", lambda case: _duration(value("dashboard at 100,000") * case.listings / 1e5)),
    ("nightly files, one core", lambda case: _duration(value("nightly files of 12,042") * case.listings / 12_042)),
    ("network at the peak", lambda case: f"{_network(case) / 1e6:,.1f} Mbit/s"),
)


def inputs_table(inputs: Sequence[Input]) -> list[str]:
    """The figures that all else follows from."""
    lines = ["| figure | value | from |", "|---|---:|---|"]
    return lines + [f"| {each.name} | {each.value:g} {each.unit} | {each.source} |" for each in inputs]


def generated() -> str:
    """The part of the page that this program writes."""
    parts = ["## What it takes", "", *table(CASES), "", "## What it follows from", "", *inputs_table(INPUTS)]
    return "\n".join([_BEGIN, "", *parts, "", _END])


def checked(users: int, seconds: int) -> Seen:
    """What the simulation says of so many people for so long at a county's directory on two workers."""
    pages = 1 + value("other pages a search")
    mean = (search_ms(CASES[0].listings) + value("other pages a search") * value("another page")) / pages / 1000
    return closed_loop(users, seconds, Servers(2, mean, value("p95 over median")), _SEED)


def main() -> None:
    """Write the page, or print a check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", nargs=2, type=int, metavar=("USERS", "SECONDS"))
    asked = parser.parse_args()
    if asked.check:
        print(checked(*asked.check))  # noqa: T201 (what the command is for)
        return
    before, _, rest = _PAGE.read_text().partition(_BEGIN)
    _PAGE.write_text(before + generated() + rest.partition(_END)[2])


if __name__ == "__main__":
    main()
