"""Promise 8: it carries the load, and its memory stays flat."""

from benchmarks.load.run import Load, Run, loads
from benchmarks.promises.measured import Measured

_RUNS = (Run(20_000, 50, seconds=600), Run(20_000, 200), Run(200_000, 50), Run(200_000, 200))
_MOST_MILLISECONDS = 500
_MOST_GROWTH = 0.05
_LONG = 600  # seconds: a shorter run says nothing of growth


def it_carries_the_load() -> Measured:
    """Fifty and two hundred people on two workers, a minute each time, the first ten minutes for the memory's sake."""
    seen = list(loads(_RUNS))
    return Measured("; ".join(map(str, seen)), all(map(_is_carried, seen)))


def _is_carried(load: Load) -> bool:
    is_flat = load.run.seconds < _LONG or load.memory.growth < _MOST_GROWTH
    return is_flat and not load.errors and load.p95 < _MOST_MILLISECONDS
