"""Asks peers the same questions in turn, and keeps how long each took."""

import gc
import math
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.peers.peer import Peer
from benchmarks.queries import CLASSES, Query
from benchmarks.truth import Truth

_QUANTILES = 20  # the last of the cuts into twentieths is the 95th percentile
_MAXIMAL_DIFFERENCES = 10


@dataclass(slots=True)
class Timings:
    """Seconds of one peer: for each question, those of all repeats, and of them without loading the page."""

    full: defaultdict[Query, list[float]] = field(default_factory=lambda: defaultdict(list))
    search: defaultdict[Query, list[float]] = field(default_factory=lambda: defaultdict(list))

    def summary(self, of: str = "full") -> "Summary":
        """Per class, the median and the 95th percentile over its questions, each by the median of its repeats."""
        by_class = defaultdict(list)
        for query, seconds in getattr(self, of).items():
            by_class[query.kind].append(statistics.median(seconds))
        return Summary({kind: (statistics.median(each), _p95(each)) for kind, each in by_class.items()})


@dataclass(frozen=True, slots=True)
class Summary:
    """p50 and p95 of each class, in seconds."""

    classes: Mapping[str, tuple[float, float]]

    @property
    def mean(self) -> float:
        """The mean of the classes' medians."""
        return statistics.fmean(p50 for p50, _ in self.classes.values())

    @property
    def geomean(self) -> float:
        """Their geometric mean."""
        return statistics.geometric_mean(p50 for p50, _ in self.classes.values())

    @property
    def spread(self) -> float:
        """The largest p95 / p50 of a class."""
        return max(p95 / p50 for p50, p95 in self.classes.values())


def chosen(questions: Sequence[Query], per_class: int) -> list[Query]:
    """The first so many questions of each class."""
    return [query for kind in CLASSES for query in [each for each in questions if each.kind == kind][:per_class]]


def differences(
    peers: Mapping[str, Peer], questions: Sequence[Query], truth: Truth, step: Callable[[], None]
) -> list[str]:
    """In what the peers' answers are wrong, in words; asking also warms them up."""
    wrong: list[str] = []
    for query in questions:
        right = truth.of(query)
        for name, peer in peers.items():
            found = peer.find(query)
            peer.page(found.ids)
            if peer.complete:
                wrong += [f"{name}, {_told(query)}: {each}" for each in right.differences(found)]
            step()
        if len(wrong) > _MAXIMAL_DIFFERENCES:
            return [*wrong[:_MAXIMAL_DIFFERENCES], "and more"]
    return wrong


def timings(
    peers: Mapping[str, Peer], questions: Sequence[Query], repeats: int, step: Callable[[], None]
) -> dict[str, Timings]:
    """Ask each peer all questions, then the next peer, in rounds, so that whatever else the machine does meets all.

    Each round begins with another peer. Within a round a peer's questions follow each other, as a service's do.
    """
    kept = {name: Timings() for name in peers}
    # What was loaded stays to the end; the collector needn't walk through it during a question.
    gc.collect()
    gc.freeze()
    for repeat in range(repeats):
        for name in _rotated(list(peers), repeat):
            for query in questions:
                searched, full = _seconds(peers[name], query)
                kept[name].search[query].append(searched)
                kept[name].full[query].append(full)
                step()
    gc.unfreeze()
    return kept


def growth(small: tuple[int, float], large: tuple[int, float]) -> float:
    """The exponent b in time = a · size ** b, between two (size, time)."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])


def _seconds(peer: Peer, query: Query) -> tuple[float, float]:
    start = time.perf_counter()
    found = peer.find(query)
    searched = time.perf_counter()
    peer.page(found.ids)
    return searched - start, time.perf_counter() - start


def _rotated(names: list[str], by: int) -> Iterator[str]:
    return (names[(place + by) % len(names)] for place in range(len(names)))


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=_QUANTILES, method="inclusive")[-1] if len(values) > 1 else values[0]


def _told(query: Query) -> str:
    needs = " and ".join(" or ".join(map(str, group)) for group in query.groups)
    return f"{query.kind} at {query.latitude},{query.longitude} ({needs}{f', {query.text!r}' if query.text else ''})"
