"""What is counted for those who run the service, in the words of Prometheus; ``docs/metrics.md`` tells each.

No label comes from what somebody typed: endpoints, limits and levels of care are names of ours. What tells anything of
what people look for is a `CoarseCounter`.

With `finder.ops.metrics_shared` the processes of a server count together; otherwise each counts in its own memory, and
nobody is told.
"""

import threading
from collections import Counter as Tally
from collections.abc import Callable, Collection
from functools import cache, wraps
from typing import ParamSpec

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary

log = structlog.get_logger()

STEP = 20
"""A number of people's searches is told in whole steps of so many: one search more or less is seen by nobody."""

ANY_LEVEL = "any"
"""The level of care of a search that names none."""

REGISTRY = CollectorRegistry()
"""What is counted here."""

_P = ParamSpec("_P")


class CoarseCounter:
    """A counter that goes up by `STEP` when so many were counted; safe to share between threads.

    What is fewer stands in this process's memory alone, neither told nor written to a file, and is lost with it.
    """

    def __init__(self, name: str, told: str, label: str = "", *, registry: CollectorRegistry = REGISTRY) -> None:
        self._told = Counter(name, told, [label] if label else [], registry=registry)
        self._counting = threading.Lock()
        self._since: Tally[str] = Tally()

    def count(self, value: str = "") -> None:
        """Count one more, of this value of the label where there is one."""
        with self._counting:
            self._since[value] += 1
            if self._since[value] < STEP:
                return
            del self._since[value]
        (self._told.labels(value) if value else self._told).inc(STEP)


_REQUESTS = Counter(
    "finder_requests",
    "Requests answered, by the page's name.",
    ["endpoint", "method", "status"],
    registry=REGISTRY,
)
_REQUEST_SECONDS = Histogram(
    "finder_request_seconds",
    "How long answers took, up to the first byte.",
    ["endpoint"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
_SEARCHES = CoarseCounter("finder_searches", "Searches answered, in steps of 20.")
_LEVELS = CoarseCounter("finder_searches_by_level", "Searches, by level of care alone, in steps of 20.", "level")
_WIDENED = CoarseCounter("finder_searches_widened", "Searches that found too little as asked, in steps of 20.")
_EMPTY = CoarseCounter("finder_searches_empty", "Searches that found nothing at all, in steps of 20.")
_TROUBLE = Counter(
    "finder_database_trouble",
    "Requests that the database let down, by what became of them.",
    ["answer"],
    registry=REGISTRY,
)
_REFUSALS = Counter(
    "finder_limiter_refusals", "Requests that were one too many in a minute, by limit.", ["limit"], registry=REGISTRY
)
_LIMITER_FAILURES = Counter("finder_limiter_failures", "Requests that could not be counted.", registry=REGISTRY)
_LISTINGS = Gauge(
    "finder_snapshot_listings",
    "Listings that are searched.",
    multiprocess_mode="livemostrecent",
    registry=REGISTRY,
)
_READ_AT = Gauge(
    "finder_snapshot_read_timestamp_seconds",
    "When a change of the listings was last read.",
    multiprocess_mode="livemostrecent",
    registry=REGISTRY,
)
_REFRESH_SECONDS = Summary(
    "finder_snapshot_refresh_seconds", "How long reading changes of the listings took.", registry=REGISTRY
)


def _harmless(count: Callable[_P, None]) -> Callable[_P, None]:
    """Whoever looks for help gets it, whether or not we can count."""

    @wraps(count)
    def counted(*args: _P.args, **named: _P.kwargs) -> None:
        try:
            count(*args, **named)
        except Exception as error:  # noqa: BLE001 (of whatever kind, a page is worth more than a number)
            _complain(type(error).__name__)

    return counted


@cache
def _complain(kind: str) -> None:
    """Once a process: each request after it would say the same."""
    log.error("metrics_failed", kind=kind)


@_harmless
def count_request(endpoint: str, method: str, first_digit: str, seconds: float) -> None:
    """An answer was made within so many seconds, with a status of this first digit."""
    _requests_of(endpoint, method, first_digit).inc()
    _seconds_of(endpoint).observe(seconds)


# Looking them up by their labels takes longer than counting.
@cache
def _requests_of(endpoint: str, method: str, first_digit: str) -> Counter:
    return _REQUESTS.labels(endpoint, method, f"{first_digit}xx")


@cache
def _seconds_of(endpoint: str) -> Histogram:
    return _REQUEST_SECONDS.labels(endpoint)


@_harmless
def count_search(levels: Collection[str], *, was_widened: bool, was_empty: bool) -> None:
    """A search was answered that asked for these levels of care; each is counted alone."""
    _SEARCHES.count()
    for level in levels or (ANY_LEVEL,):
        _LEVELS.count(level)
    if was_widened:
        _WIDENED.count()
    if was_empty:
        _EMPTY.count()


@_harmless
def count_trouble(answer: str) -> None:
    """The database let a request down: it was ``refused``, tried ``again``, or answered from what was ``kept``."""
    _TROUBLE.labels(answer).inc()


@_harmless
def count_refusal(limit: str) -> None:
    """A request was refused by this limit (`finder.web.limits.LIMITED`)."""
    _REFUSALS.labels(limit).inc()


@_harmless
def count_limiter_failure() -> None:
    """A request was let through because it could not be counted."""
    _LIMITER_FAILURES.inc()


@_harmless
def note_snapshot(listings: int, read_at: float, seconds: float) -> None:
    """So many listings are searched; they were read at this time (seconds since 1970), which took so many seconds."""
    _LISTINGS.set(listings)
    _READ_AT.set(read_at)
    _REFRESH_SECONDS.observe(seconds)
