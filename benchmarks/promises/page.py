"""The page of the promises."""

import datetime as dt
import os
import platform
from collections.abc import Iterable

from benchmarks.promises.keeping import Kept

_HEAD = """# Promises

What people can rely on, and what was seen when it was last tried: by `make promises`, which writes this page. The tests
run on every change; the measurements need root (a small disk is mounted), PostgreSQL and `strace`.

Seen on {day} on {cores} cores of {machine}, Python {python}.

| # | promise | seen | |
|---|---|---|---|
"""


def page_of(rows: Iterable[Kept]) -> str:
    """The page in Markdown."""
    head = _HEAD.format(
        day=dt.datetime.now(dt.UTC).date(),
        cores=os.cpu_count(),
        machine=platform.machine(),
        python=platform.python_version(),
    )
    return head + "".join(
        f"| {row.promise.number} | {row.promise.words} | {row.figure} | {'kept' if row.is_kept else '**broken**'} |\n"
        for row in rows
    )
