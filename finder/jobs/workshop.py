"""What jobs are worked off with."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from finder.config import Settings
from finder.importing.fetch import Fetcher


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The folder of uploads, how sources are fetched, and the clock."""

    folder: Path
    fetcher: Fetcher
    now: Callable[[], dt.datetime] = _now


def workshop_of(settings: Settings) -> Workshop:
    """The workshop of an installation with these settings."""
    trusted = frozenset(settings.fetch_private_hosts.lower().split())
    fetcher = Fetcher(max_megabytes=settings.import_max_megabytes, trusted=trusted)
    return Workshop(folder=settings.instance_folder / "imports", fetcher=fetcher)
