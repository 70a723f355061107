"""How the sources of listings are doing: their last imports, and what is old."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.models import ImportRun, Source

OLD_DAYS = 120
"""After so many days without an import a source is told to be old: the large directories come out once a year, with
corrections a few times between."""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source and its last import."""

    name: str
    by: str
    on: dt.date
    counts: Mapping[str, int]
    is_old: bool


def sources_health(session: Session, today: dt.date) -> list[SourceHealth]:
    """The sources that are ever imported, those whose last import is oldest first; one query."""
    newest = select(func.max(ImportRun.id)).group_by(ImportRun.source_key)
    runs = select(Source.name, ImportRun.by, ImportRun.started_at, ImportRun.counts).join_from(
        ImportRun, Source, Source.key == ImportRun.source_key
    )
    rows = session.execute(runs.where(ImportRun.id.in_(newest)).order_by(ImportRun.started_at, Source.key))
    return [
        SourceHealth(name, by, at.date(), counts, (today - at.date()).days > OLD_DAYS) for name, by, at, counts in rows
    ]
