"""When sources are fetched: every so many hours, later where that fails, and not while one is paused.

A source with hours and no time when it is due is paused.
"""

import datetime as dt
import random

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.importing.bounds import UnreadableFile
from finder.importing.fetch import Seen
from finder.importing.jobs import ENDED, TIMETABLE, ask_for_fetch
from finder.models import ImportJob, Source

_FIRST_RETRY = dt.timedelta(minutes=5)
_LONGEST_WAIT = dt.timedelta(days=7)
_MOST_DOUBLINGS = 12
_JITTER = 0.1  # so that the sources of one server, or a server's many readers, don't all come at the same moment
_chance = random.SystemRandom()


def fetch_every(source: Source, hours: int | None, at: dt.datetime) -> None:
    """Fetch the source every so many hours, beginning now; with None only when somebody asks."""
    source.every_hours = hours
    source.due_at = at if hours else None


def pause(source: Source) -> None:
    """Fetch it only when somebody asks, until `resume`."""
    source.due_at = None


def resume(source: Source, at: dt.datetime) -> None:
    """Fetch it by its timetable again, beginning now. Raises ``ValueError`` where it has none."""
    if not source.every_hours:
        raise ValueError("This source has no timetable.")
    source.due_at = at


def forget_last_answer(source: Source) -> None:
    """Treat the source as never fetched, since what is made of its answers may have changed."""
    source.fetched_at = None
    ask_anew(source)


def ask_anew(source: Source) -> None:
    """Let the server send its answer even if it is the same as the last, of which nothing came in."""
    source.etag = source.modified = ""


def ask_for_due(session: Session, at: dt.datetime) -> None:
    """Ask for what is due. A source of which an import is on its way already waits for the next time."""
    due = select(Source).where(Source.due_at <= at).order_by(Source.due_at, Source.key)
    for source in session.scalars(due).all():
        source.due_at = _next_time(source, at)
        if not _is_on_its_way(session, source):
            try:
                ask_for_fetch(session, source, by=TIMETABLE, at=at)
            except UnreadableFile as error:
                pause(source)
                source.trouble = str(error)[:500]
    session.flush()


def note_answer(source: Source, seen: Seen | None, at: dt.datetime) -> None:
    """Note that the source was fetched; ``seen`` is what its server said of a new answer."""
    source.fetched_at, source.failures, source.trouble = at, 0, ""
    if seen is not None:
        source.etag, source.modified = seen
    _set_due(source, _next_time(source, at))


def note_trouble(source: Source, trouble: str, at: dt.datetime, wait: dt.timedelta = dt.timedelta()) -> None:
    """Note that fetching failed: it is tried again soon, and less and less often, but not before ``wait`` is over."""
    source.failures += 1
    source.trouble = trouble[:500]
    ask_anew(source)
    backoff = _FIRST_RETRY * 2 ** min(source.failures - 1, _MOST_DOUBLINGS)
    regular = dt.timedelta(hours=source.every_hours or 1)
    _set_due(source, at + max(_jittered(min(backoff, regular)), min(wait, _LONGEST_WAIT)))


def _set_due(source: Source, when: dt.datetime | None) -> None:
    if source.due_at is not None:
        source.due_at = when


def _next_time(source: Source, at: dt.datetime) -> dt.datetime | None:
    return at + _jittered(dt.timedelta(hours=source.every_hours)) if source.every_hours else None


def _jittered(span: dt.timedelta) -> dt.timedelta:
    return span * _chance.uniform(1 - _JITTER, 1 + _JITTER)


def _is_on_its_way(session: Session, source: Source) -> bool:
    open_job = select(ImportJob.id).where(ImportJob.source_key == source.key, ImportJob.state.not_in(ENDED))
    return session.scalar(open_job.limit(1)) is not None
