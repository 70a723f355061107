"""Importing for tests: drafts as a file of a source has them, each time looked at before it is done."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.importing import Import, ImportReport, Rules, Upload, import_file, plan_file
from finder.importing.format import Reading
from finder.listings import Change, ListingDraft
from finder.models import Base, ImportRun, Source
from tests.factories import A_CHANGE

WHOLE = Rules(whole=True)


@dataclass(frozen=True)
class Told:
    """A format that needs no file: what a source tells."""

    drafts: tuple[ListingDraft, ...]

    def read(self, _upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`."""
        report.rows += len(self.drafts)
        return Reading([draft.source_ref for draft in self.drafts], iter(self.drafts))


def told(
    session: Session,
    *drafts: ListingDraft,
    source: str = "county-list",
    rules: Rules = WHOLE,
    change: Change = A_CHANGE,
) -> ImportReport:
    """Import these drafts of one source, and commit. That the plan said the same is asked of every import."""
    upload = Upload(file=io.BytesIO(b"a file"), name="list.json", max_megabytes=1)
    what = Import(file_format=Told(drafts), source=Source(key=source, name=source), rules=rules)
    return looked_at_and_done(session, upload, what, change)


def looked_at_and_done(session: Session, upload: Upload, what: Import, change: Change) -> ImportReport:
    """Plan an import, import, and commit; the plan must have written nothing and told the same."""
    rows = how_many_rows(session)
    planned = plan_file(session, upload, what, change, progress=in_silence)
    assert how_many_rows(session) == rows, "a plan wrote something"
    session.rollback()
    upload.file.seek(0)
    report = import_file(session, upload, what, change, progress=in_silence)
    session.commit()
    assert report == planned
    return report


def in_silence(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def how_many_rows(session: Session) -> dict[str, int]:
    """The number of rows of each table."""
    tables: Iterable[str] = Base.metadata.tables
    return {name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0 for name in tables}


def the_run(session: Session) -> ImportRun:
    """The newest import."""
    return session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(1)).one()
