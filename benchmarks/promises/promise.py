"""A promise, and what keeps it."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.promises.measured import Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is promised to people, and the ``tests`` (pytest's files, or one test of a file) and measurements for it."""

    number: int
    words: str
    tests: tuple[str, ...] = ()
    measures: tuple[Callable[[], Measured], ...] = ()
