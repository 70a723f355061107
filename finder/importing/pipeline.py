"""Importing a file of any format: read, plan, save, count. One transaction, which the caller commits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from finder.importing.bounds import Upload
from finder.importing.format import Format, Reading
from finder.importing.gone import Rules
from finder.importing.passage import Passage
from finder.importing.report import ImportReport, Progress
from finder.listings import Change, ListingDraft
from finder.models import ImportRun, Source

_LONGEST_FILE_NAME = 250
_SAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What is imported: files of a source in a format, by rules."""

    file_format: Format
    source: Source
    rules: Rules = Rules()  # noqa: RUF009 (frozen)


def plan_file(session: Session, upload: Upload, what: Import, change: Change, *, progress: Progress) -> ImportReport:
    """What `import_file` would do with a file, told in the same report; reads only, and writes nothing.

    Raises as it does; the `ManyChanges` that this raises have the report all the same.
    """
    report = ImportReport()
    reading = what.file_format.read(upload, report)
    passage = Passage(session, what.source.key, what.rules, frozenset(reading.refs), report)
    passage.go(_telling(reading, report, progress), change, writing=False)
    return report


def import_file(session: Session, upload: Upload, what: Import, change: Change, *, progress: Progress) -> ImportReport:
    """Import a file of a source: the first one, another one, or the same again.

    ``change`` says who imports and when. Raises `UnreadableFile` for a file that the format can't read, and
    `ManyChanges` by the rules; whatever is raised, the caller rolls back and nothing has changed.
    """
    report = ImportReport()
    reading = what.file_format.read(upload, report)
    run = _begin(session, what.source, upload, change)
    change = replace(change, reason=f"Import of {run.file_name}", import_run_id=run.id)
    passage = Passage(session, what.source.key, what.rules, frozenset(reading.refs), report)
    passage.go(_telling(reading, report, progress), change, writing=True)
    run.counts, run.report = report.counts(), report.as_json() | {"names": passage.names}
    session.flush()
    return report


def _begin(session: Session, source: Source, upload: Upload, change: Change) -> ImportRun:
    session.merge(source)
    session.flush()
    run = ImportRun(
        source_key=source.key,
        file_name=upload.name[:_LONGEST_FILE_NAME],
        file_sha256=upload.sha256(),
        by=change.by,
        started_at=change.at,
        counts={},
    )
    session.add(run)
    session.flush()
    return run


def _telling(reading: Reading, report: ImportReport, progress: Progress) -> Iterator[ListingDraft]:
    total = len(reading.refs)
    for done, draft in enumerate(reading.drafts):
        if done % 100 == 0:
            progress(done, total)
        if done < _SAMPLES:
            report.samples.append(draft)
        yield draft
    progress(total, total)
