"""docs/promises.md tells of every promise as it is given, and of none that was broken when it was last tried."""

from benchmarks.promises.keeping import Kept
from benchmarks.promises.page import page_of
from benchmarks.promises.rows import PROMISES
from finder.config import PROJECT

PAGE = (PROJECT / "docs" / "promises.md").read_text()


def test_the_page_tells_of_every_promise_in_its_present_words() -> None:
    beginnings = [f"| {promise.number} | {promise.words} | " for promise in PROMISES]
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and line[2].isdigit()]

    assert [promise.number for promise in PROMISES] == list(range(1, 30))
    assert [row for row, beginning in zip(rows, beginnings, strict=True) if not row.startswith(beginning)] == []


def test_a_promise_that_is_tried_alone_leaves_what_was_seen_of_the_others() -> None:
    first, second = (Kept(promise, f"saw {promise.number}", is_kept=True) for promise in PROMISES[:2])
    again = Kept(PROMISES[1], "saw it lost", is_kept=False)

    page = page_of([again], page_of([first, second]))

    assert "saw 1" in page
    assert "saw 2" not in page
    assert page.endswith("**broken** |\n")
