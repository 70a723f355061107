"""What the search is meant to reach, beside what was seen. Ratios, because seconds say more of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import rates
from benchmarks.measure import Summary, growth
from benchmarks.queries import METRO

if TYPE_CHECKING:
    from benchmarks.report import Size

_SMALL, _MIDDLE, _LARGE = 20_000, 150_000, 1_000_000
_OURS, _SERVED = "finder", "finder-http"

_LEAST, _MOST = "≥", "≤"

Sizes = Mapping[int, "Size"]


# How many times slower than finder each should be.
_SLOWER = (
    ("postgres-masks", _LARGE, 40),
    ("sqlite-masks", _LARGE, 80),
    ("postgres-array", _LARGE, 150),
    ("redisearch", _MIDDLE, 50),
    ("groonga", _MIDDLE, 50),
    ("duckdb", _MIDDLE, 50),
    ("lucene", _LARGE, 4),
)
_SLOWER_SERVED = (("datasette", 20), ("redisearch", 18), ("groonga-http", 12))


class Bound(NamedTuple):
    """The least or the most that a figure may be."""

    sign: str
    figure: float

    def holds(self, seen: float) -> bool:
        """Whether a figure keeps to it."""
        return seen >= self.figure if self.sign == _LEAST else seen <= self.figure


class Goal(NamedTuple):
    """``seen`` gives the figure, ``None`` where it wasn't measured; ``bound`` says what it should be."""

    what: str
    bound: Bound
    seen: Callable[[Sizes], float | None]


def rows(sizes: Sizes) -> Iterator[tuple[str, str, str, str]]:
    """What, the goal, the figure seen, and whether it was reached."""
    for goal in _goals():
        seen = goal.seen(sizes)
        told = "not measured" if seen is None else f"{seen:.3g}"
        verdict = "" if seen is None else "reached" if goal.bound.holds(seen) else "missed"
        yield goal.what, f"{goal.bound.sign} {goal.bound.figure:g}", told, verdict


def _goals() -> Iterator[Goal]:
    yield Goal("finder / R0 at 1,000,000, mean", _most(0.5), _over(_OURS, "reference", _LARGE))
    yield Goal("finder / R0 at 150,000, mean", _most(1), _over(_OURS, "reference", _MIDDLE))
    for peer, size, ratio in _SLOWER:
        yield Goal(f"{peer} / finder at {size:,}, mean", _least(ratio), _over(peer, _OURS, size))
    for peer, ratio in _SLOWER_SERVED:
        what = f"{peer} / finder over HTTP at {_MIDDLE:,}, geomean"
        yield Goal(what, _least(ratio), _over(peer, _SERVED, _MIDDLE, "geomean"))
    growing = f"growth exponent {_SMALL:,} → {_LARGE:,}"
    yield Goal(f"{growing} of the mean", _most(0.5), _growth(lambda ours: ours.mean))
    yield Goal(f"{growing} of metro", _most(0.3), _growth(lambda ours: ours.classes[METRO][0]))
    yield Goal("p95 / p50 within a class, at the largest size", _most(3), _spread)
    yield Goal("snapshot, MB per 1,000,000 listings, at the largest size", _most(250), _megabytes)
    yield Goal("HTML / JSON searches a second, at the largest size", _least(0.9), _rate(rates.HTML, rates.JSON))
    yield Goal("JSON searches / empty views a second, at the largest size", _least(0.5), _rate(rates.JSON, rates.EMPTY))


def _least(figure: float) -> Bound:
    return Bound(_LEAST, figure)


def _most(figure: float) -> Bound:
    return Bound(_MOST, figure)


def _over(peer: str, other: str, size: int, mean: str = "mean") -> Callable[[Sizes], float | None]:
    def seen(sizes: Sizes) -> float | None:
        if size not in sizes:
            return None
        one, two = sizes[size].summary(peer), sizes[size].summary(other)
        return getattr(one, mean) / getattr(two, mean) if one and two else None

    return seen


def _growth(figure: Callable[[Summary], float]) -> Callable[[Sizes], float | None]:
    def seen(sizes: Sizes) -> float | None:
        if not {_SMALL, _LARGE} <= sizes.keys():
            return None
        small, large = sizes[_SMALL].summary(_OURS), sizes[_LARGE].summary(_OURS)
        return growth((_SMALL, figure(small)), (_LARGE, figure(large))) if small and large else None

    return seen


def _spread(sizes: Sizes) -> float | None:
    ours = sizes[max(sizes)].summary(_OURS)
    return ours.spread if ours else None


def _megabytes(sizes: Sizes) -> float | None:
    used = sizes[max(sizes)].snapshot_bytes
    return None if used is None else used / max(sizes)


def _rate(kind: str, other: str) -> Callable[[Sizes], float | None]:
    def seen(sizes: Sizes) -> float | None:
        counted = sizes[max(sizes)].rates
        return counted[kind] / counted[other] if counted else None

    return seen
