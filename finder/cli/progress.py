"""A progress bar for the commands that take seconds."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from finder.importing import Progress as Tell


@contextmanager
def progress_bar(what: str) -> Iterator[Tell]:
    """A bar on standard error, so that standard output holds the report alone; gives what to tell of the progress.

    It is drawn when told, not by a thread beside the work, which would take a tenth of an import's time.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)
