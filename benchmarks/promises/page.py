"""The page of the promises."""

import datetime as dt
import os
import platform
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

Seen on {day} on {cores} cores of {machine} with {memory} GB of memory, {system}, Python {python}.

| # | promise | seen | |
|---|---|---|---|
"""


def page_of(rows: Iterable[Kept]) -> str:
    """The page in Markdown."""
    head = _HEAD.format(
        day=dt.datetime.now(dt.UTC).date(),
        cores=os.cpu_count(),
        memory=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        system=f"{platform.system()} {platform.release().partition('-')[0]}",
        machine=platform.machine(),
        python=platform.python_version(),
    )
    return head + "".join(
        f"| {row.promise.number} | {row.promise.words} | {row.figure} | {'kept' if row.is_kept else '**broken**'} |\n"
        for row in rows
    )
