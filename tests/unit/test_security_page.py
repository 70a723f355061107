"""The security checklist names nothing that isn't there, and counts itself rightly."""

import re
from collections import Counter
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "security.md").read_text()
_NAMED = re.compile(r"`((?:finder|tests|deploy|docs|benchmarks)/[\w./-]+?)(?:::(test_\w+))?`")
_ROW = re.compile(r"^\| ([\d., ]+) \| [12, ]+ \| .+? \| (kept|partly|not kept|n/a) \| (.+) \|$", re.MULTILINE)
_COUNTS = re.compile(r"(\d+) requirements: (\d+) kept, (\d+) partly, (\d+) not kept, (\d+) of things")
REQUIREMENTS = 253  # of levels 1 and 2 in version 5.0.0


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str, str]]:
    """Number, state and reason of each requirement."""
    return [(number, state, why) for numbers, state, why in _ROW.findall(PAGE) for number in numbers.split(", ")]


def test_every_file_and_test_that_it_names_is_there() -> None:
    named = set(_NAMED.findall(PAGE))
    missing = {path for path, _ in named if not (PROJECT / path).exists()}
    gone = {f"{path}::{test}" for path, test in named if test and f"def {test}(" not in (PROJECT / path).read_text()}

    assert len(named) > 100
    assert missing | gone == set()


def test_every_requirement_is_answered_once(rows: list[tuple[str, str, str]]) -> None:
    numbers = Counter(number for number, _, _ in rows)

    assert len(numbers) == REQUIREMENTS
    assert max(numbers.values()) == 1


def test_the_sum_at_its_head_is_that_of_its_rows(rows: list[tuple[str, str, str]]) -> None:
    told = _COUNTS.search(PAGE)
    states = Counter(state for _, state, _ in rows)

    assert told
    assert tuple(map(int, told.groups())) == (len(rows), *(states[it] for it in ("kept", "partly", "not kept", "n/a")))


def test_what_is_not_wholly_kept_says_why(rows: list[tuple[str, str, str]]) -> None:
    assert all(len(why) > 20 for _, state, why in rows if state in {"partly", "not kept"})
