"""What the pages of sources and imports list; a fixed number of queries each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from finder.domain.importing import JobState
from finder.domain.listing import Status
from finder.importing.jobs import DECIDABLE, ENDED
from finder.models import ImportJob, ImportRun, Provider, Source

RUNNING = frozenset(JobState) - ENDED - DECIDABLE
"""The background has these to work on."""

OLD_DAYS = 120
"""After so many days without an import a source is old: the large directories come out once a year, with corrections a
few times between."""


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """A source, how many listings it has that aren't retired, and its last import."""

    source: Source
    listings: int
    last: ImportRun | None

    def is_old(self, today: dt.date) -> bool:
        """Whether the last import is so long ago that somebody should look for a newer file. What was fetched since
        and had nothing new is not old.
        """
        if self.last is None:
            return False
        newest = max(self.last.started_at, self.source.fetched_at or self.last.started_at)
        return (today - newest.date()).days > OLD_DAYS


def sources_overview(session: Session) -> list[SourceOverview]:
    """All sources by name; three queries."""
    counted = select(Provider.source_key, func.count()).where(Provider.status != Status.RETIRED)
    listings: Mapping[str, int] = dict(session.execute(counted.group_by(Provider.source_key)).all())
    newest = select(func.max(ImportRun.id)).group_by(ImportRun.source_key)
    last = {run.source_key: run for run in session.scalars(select(ImportRun).where(ImportRun.id.in_(newest)))}
    sources = session.scalars(select(Source).order_by(Source.name, Source.key))
    return [SourceOverview(each, listings.get(each.key, 0), last.get(each.key)) for each in sources]


def source_overview(session: Session, source: Source) -> SourceOverview:
    """One of them; two queries."""
    last = newest_runs(session, limit=1, source_key=source.key)
    return SourceOverview(source, how_many_listings(session, source), last[0] if last else None)


def how_many_listings(session: Session, source: Source) -> int:
    """How many listings a source has that aren't retired."""
    counted = select(func.count()).where(Provider.status != Status.RETIRED, Provider.source_key == source.key)
    return session.scalars(counted).one()


def jobs_on_their_way(session: Session, *, failed_since: dt.datetime) -> list[ImportJob]:
    """Imports that aren't at their end, and those that failed lately, with their sources, newest first."""
    is_going_on = ImportJob.state.in_(RUNNING | DECIDABLE)
    failed_lately = and_(ImportJob.state == JobState.FAILED, ImportJob.finished_at >= failed_since)
    jobs = select(ImportJob).options(joinedload(ImportJob.source)).where(or_(is_going_on, failed_lately))
    return list(session.scalars(jobs.order_by(ImportJob.id.desc())))


def how_many_undecided(session: Session) -> int:
    """How many imports wait for a decision."""
    return session.scalars(select(func.count()).where(ImportJob.state.in_(DECIDABLE))).one()


def newest_runs(session: Session, *, limit: int, offset: int = 0, source_key: str = "") -> list[ImportRun]:
    """Imports that were applied, with their sources, newest first; of one source or of all."""
    runs = select(ImportRun).options(joinedload(ImportRun.source)).order_by(ImportRun.id.desc())
    if source_key:
        runs = runs.where(ImportRun.source_key == source_key)
    return list(session.scalars(runs.limit(limit).offset(offset)))
