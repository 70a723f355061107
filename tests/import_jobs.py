"""Imports on their way and applied ones, and what they could not decide, for tests."""

import io
import json
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.importing import JobState
from finder.domain.review import FieldGroup
from finder.models import ImportConflict, ImportJob, ImportRun, Provider, Source
from tests.factories import NOW, a_provider, a_source
from tests.samples.feeds import a_meeting


def a_feed_source(session: Session, key: str = "aa-lakeview", **changes: Any) -> Source:
    """A source of meetings of AA; ``changes`` are columns of `Source`. Not committed."""
    wants = {"name": "Lakeview Intergroup", "format": "meeting-guide", "options": {"fellowship": "aa"}}
    source = a_source(session, key, **wants | changes)
    session.flush()
    return source


def a_job(session: Session, source: Source, state: JobState = JobState.READY, **changes: Any) -> ImportJob:
    """An import on its way; ``changes`` are columns of `ImportJob`. Not committed."""
    about = {"file_name": "meetings.json", "asked_by": "ada@county.example", "asked_at": NOW, "state": state}
    job = ImportJob(source_key=source.key, **about | changes)
    session.add(job)
    session.flush()
    return job


def a_run(session: Session, source: Source, **changes: Any) -> ImportRun:
    """An import that was applied and did nothing; ``changes`` are columns of `ImportRun`. Not committed."""
    about = {"file_name": "meetings.json", "file_sha256": "", "by": "ada@county.example", "started_at": NOW}
    run = ImportRun(source_key=source.key, **about | changes)
    session.add(run)
    session.flush()
    return run


def a_conflict(session: Session, listing: Provider | None = None, **changes: Any) -> ImportConflict:
    """A source says that a listing has other fees; ``changes`` are columns of `ImportConflict`. Not committed."""
    about = listing or a_provider(session, fees="Free")
    run = a_run(session, session.get_one(Source, about.source_key))
    said = {"field_group": FieldGroup.PAYMENT, "facts": {"fees": [about.fees, "$ 20"]}, "noted_at": NOW}
    conflict = ImportConflict(provider_id=about.id, source_key=about.source_key, import_run_id=run.id, **said | changes)
    session.add(conflict)
    session.flush()
    return conflict


def feed_bytes(*rows: dict[str, Any]) -> bytes:
    """A Meeting Guide feed with these rows, or with one."""
    return json.dumps(list(rows) or [a_meeting()]).encode()


def sent(content: bytes, name: str = "meetings.json") -> tuple[io.BytesIO, str]:
    """A file as a test's browser sends it."""
    return io.BytesIO(content), name
