"""The figures from which `benchmarks.scale` works out the rest: what was measured and where, and what is assumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_SEARCH = "measured: [search](performance/search.md)"
_MILLION = "measured: [search at a million](performance/search-1000000.md)"
_DECISION = "measured: [0007](decisions/0007-search-at-a-million.md)"
_HERE = "measured once on 5,000 generated listings, one process"
_GUESS = "**assumed**"


@dataclass(frozen=True, slots=True)
class Input:
    """One figure and where it is from."""

    name: str
    value: float
    unit: str
    source: str


INPUTS = (
    Input("search over HTTP", 5.10, "ms", f"{_SEARCH}, JSON, mean at 150,000"),
    Input("a page more than JSON", 1.50, "ms", f"{_SEARCH}: 664 pages and 1,320 JSON answers a second on two workers"),
    Input("search in process", 3.01, "ms", f"{_SEARCH}, mean at 150,000 with its page"),
    Input("growth", 0.19, "", f"{_MILLION}, exponent of size"),
    Input(
        "nation-wide at a million",
        5.86,
        "ms",
        f"{_MILLION}; grows with the size beyond, since planes are counted whole",
    ),
    Input("share of nation-wide searches", 0.05, "", _GUESS),
    Input("other pages a search", 1.3, "", "`benchmarks/load/journeys.py`: 17 other pages to 13 searches"),
    Input(
        "another page",
        5.0,
        "ms",
        f"{_HERE}: first page 1.7, a place 7.4, topics 1.0, weighed as in the journeys, and HTTP",
    ),
    Input(
        "bytes of a page",
        8_000,
        "bytes",
        f"{_HERE}, packed: results 10,600, a place 4,700, with headers; files once a visit",
    ),
    Input("p95 over median", 1.61, "", f"{_MILLION}, the widest class"),
    Input("peak over mean", 4, "", f"{_GUESS}: most of a day's searches in a few hours, and a campaign"),
    Input("load that is planned for", 0.6, "of a core", _GUESS),
    Input("cores of a node", 8, "", _GUESS),
    Input("memory of a worker", 245e6, "bytes", f"{_HERE}; less where workers share what was loaded before they part"),
    Input("bytes of a listing in the snapshot", 141, "bytes", f"{_DECISION}, at a million"),
    Input(
        "bytes of a listing in the copy",
        600,
        "bytes",
        "measured: [0016](decisions/0016-without-the-database.md), 120 MB of 200,000",
    ),
    Input(
        "bytes of a listing in the database",
        4_000,
        "bytes",
        f"{_HERE}: 2,080 in SQLite with indexes, and {_GUESS}: a first revision of as much",
    ),
    Input("bytes of a revision", 500, "bytes", _GUESS),
    Input("changes of a listing a year", 12, "", _GUESS),
    Input("years of history", 10, "", _GUESS),
    Input("rows of a change", 10, "", f"{_GUESS}: listing, tags, revision, checks, standings"),
    Input("log of a change", 20_000, "bytes", f"{_GUESS}: PostgreSQL's write-ahead log with whole pages"),
    Input("reads a second of a standby", 10_000, "", f"{_GUESS}: one statement by primary keys, 8 cores"),
    Input("connections of a worker", 32, "", "`finder/models/connection.py`: a pool of 16 and as many more"),
    Input("seconds between looks for changes", 0.25, "s", "setting `FINDER_LOOK_FOR_CHANGES_SECONDS`"),
    Input("edit to snapshot at a million", 0.011, "s", _DECISION),
    Input("2 % changed at a million", 1.3, "s", f"{_DECISION}; up to 7.9 with other work on both cores"),
    Input("merge at a million", 5.2, "s", _DECISION),
    Input("first build at a million", 93, "s", _DECISION),
    Input("start from the file at a million", 0.078, "s", _DECISION),
    Input(
        "dashboard at 100,000",
        0.150,
        "s",
        "measured: [administration](performance/admin.md); taken to grow with the size",
    ),
    Input("nightly files of 12,042", 90, "s", "measured: [open data](open-data.md#what-it-takes)"),
)

_VALUES: Mapping[str, float] = MappingProxyType({each.name: each.value for each in INPUTS})


def value(name: str) -> float:
    """The figure of this name."""
    return _VALUES[name]
