"""Promise 8: it carries the load."""

from benchmarks.load.run import loads
from benchmarks.promises.measured import Measured

_SIZES = [20_000, 200_000]
_USERS = [50, 200]
_MOST_MILLISECONDS = 500


def it_carries_the_load() -> Measured:
    """Fifty and two hundred people for a minute each, on two workers."""
    seen = list(loads(_SIZES, _USERS))
    is_kept = all(load.failures == 0 and load.p95 < _MOST_MILLISECONDS for load in seen)
    return Measured("; ".join(map(str, seen)), is_kept)
