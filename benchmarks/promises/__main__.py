"""Keep the promises and say so: ``python -m benchmarks.promises`` for all of them, ``... 1 2`` for some.

What was seen is written to ``docs/promises.md``, where the rows of the others stay. Ends with 1 where one isn't kept.
"""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console

from benchmarks.promises.keeping import Kept, kept
from benchmarks.promises.page import page_of
from benchmarks.promises.rows import PROMISES
from finder.config import PROJECT


def main() -> int:
    """Run what was asked for; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, help="of the promises to keep; all where there are none")
    numbers = parser.parse_args().numbers
    wanted = [promise for promise in PROMISES if not numbers or promise.number in numbers]
    rows: list[Kept] = []
    page = PROJECT / "docs" / "promises.md"
    console = Console(markup=False, highlight=False, soft_wrap=True)
    for row in kept(wanted):
        console.print(
            f"{row.promise.number:>2} {'kept' if row.is_kept else 'BROKEN'}  {row.promise.words}: {row.figure}"
        )
        rows.append(row)
        page.write_text(page_of(rows, page.read_text() if page.exists() else ""))
    return _status(rows)


def _status(rows: Sequence[Kept]) -> int:
    return 0 if all(row.is_kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
