"""Running the tests and measurements of promises."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.promises.measured import Measured
from benchmarks.promises.promise import Promise
from finder.config import PROJECT


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with what was seen."""

    promise: Promise
    figure: str
    is_kept: bool


def kept(promises: Sequence[Promise]) -> Iterator[Kept]:
    """Run the tests of all these promises at once, then measure one after another."""
    results = _results(sorted({test for promise in promises for test in promise.tests}))
    for promise in promises:
        seen = [*_tested(promise.tests, results), *(measure() for measure in promise.measures)]
        yield Kept(promise, "; ".join(each.figure for each in seen), bool(seen) and all(each.is_kept for each in seen))


def _tested(tests: Iterable[str], results: dict[str, bool]) -> Iterator[Measured]:
    """How many tests there are of a promise, and how many failed."""
    own = [passed for name, passed in results.items() if any(_is_of(name, test) for test in tests)]
    if tests:
        failed = own.count(False)
        figure = f"{len(own):,} test{'' if len(own) == 1 else 's'}" + (f", {failed} failed" if failed else "")
        yield Measured(figure, bool(own) and not failed)


def _is_of(name: str, test: str) -> bool:
    return name == test or name.startswith((f"{test}::", f"{test}["))


def _results(tests: Sequence[str]) -> dict[str, bool]:
    """Whether each test passed, by pytest's name for it."""
    if not tests:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-o", "junit_family=xunit1", f"--junitxml={report}"]
        subprocess.run([*command, *tests], cwd=PROJECT, stdout=subprocess.DEVNULL, check=False)
        if not report.exists():
            raise RuntimeError(f"pytest could not begin: {' '.join(command)}")
        cases = ElementTree.parse(report).iter("testcase")  # noqa: S314 (our own pytest wrote it)
        return {f"{case.get('file')}::{case.get('name')}": not list(case) for case in cases}
