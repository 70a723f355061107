"""The page of the promises: what was seen of each when it was last tried."""

import datetime as dt
import os
import platform
import re
from collections.abc import Iterable

from benchmarks.promises.keeping import Kept

_HEAD = """# Promises

What people can rely on, and what was seen when it was last tried: by `make promises`, which writes this page.

"Tests" ran then, and run on every change. Figures beside them were measured, all on one machine, which should do
nothing else: the service with the settings of `deploy/` (gunicorn with two workers) on a loopback address,
without nginx and without encryption. The simulated people, and PostgreSQL with its standby where there is one, shared
its processors, memory and disk: a failover here is one of processes, not of machines or of a network. Directories of
20,000 and 200,000 listings are made up ([how](../benchmarks/README.md)). Power cuts are played back from what `strace`
saw reach the disk. Kills, power cuts, a full disk, slow clients, backups and the failover are tried on a small scale on
every change too, where no clock is looked at: `tests/integration/promises`.

Last tried on {cores} cores of {machine} with {memory} GB of memory, {system}, Python {python}.

| # | promise | seen | on | |
|---|---|---|---|---|
"""
_ROW = re.compile(r"^\| (\d+) \| .*$", re.MULTILINE)


def page_of(rows: Iterable[Kept], before: str = "") -> str:
    """The page in Markdown; of promises that were not tried now, the rows of the page from ``before`` stay."""
    head = _HEAD.format(
        cores=os.cpu_count(),
        memory=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        system=f"{platform.system()} {platform.release().partition('-')[0]}",
        machine=platform.machine(),
        python=platform.python_version(),
    )
    lines = {int(found[1]): found[0] for found in _ROW.finditer(before)}
    lines |= {row.promise.number: _line(row) for row in rows}
    return head + "".join(f"{lines[number]}\n" for number in sorted(lines))


def _line(row: Kept) -> str:
    day = dt.datetime.now(dt.UTC).date()
    is_kept = "kept" if row.is_kept else "**broken**"
    return f"| {row.promise.number} | {row.promise.words} | {row.figure} | {day} | {is_kept} |"
