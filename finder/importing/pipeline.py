"""Importing a file of any format: read, save, count. One transaction, which the caller commits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.importing.bounds import Upload
from finder.importing.format import Format, Reading
from finder.importing.gone import Rules, bring_back, refuse_many_changes, retire
from finder.importing.report import ImportReport, Progress
from finder.listings import Change, ListingDraft, Outcome, retire_fictional, save_all
from finder.models import ImportRun, Provider, Source

_LONGEST_FILE_NAME = 250
_SAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What is imported: files of a source in a format, by rules."""

    file_format: Format
    source: Source
    rules: Rules = Rules()  # noqa: RUF009 (frozen)


def import_file(session: Session, upload: Upload, what: Import, change: Change, *, progress: Progress) -> ImportReport:
    """Import a file of a source: the first one, another one, or the same again.

    ``change`` says who imports and when. Raises `UnreadableFile` for a file that the format can't read, and
    `ManyChanges` by the rules; whatever is raised, the caller rolls back and nothing has changed.
    """
    report = ImportReport()
    reading = what.file_format.read(upload, report)
    run = _begin(session, what.source, upload, change)
    change = replace(change, reason=f"Import of {run.file_name}", import_run_id=run.id)
    outcomes = save_all(session, _telling(reading, report, progress), change)
    report.created = outcomes[Outcome.CREATED]
    report.updated = outcomes[Outcome.UPDATED]
    report.unchanged = outcomes[Outcome.UNCHANGED]
    in_file = frozenset(reading.refs)
    report.brought_back = bring_back(session, run, in_file, change)
    gone, is_public = _note_what_is_there(session, what.source.key, in_file, report)
    refuse_many_changes(session, run, report, what.rules)
    if what.rules.retire_gone:
        report.retired_gone = retire(session, gone, change)
    if is_public:
        report.retired_fictional = retire_fictional(session, change)
    run.counts = report.counts()
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


def _note_what_is_there(
    session: Session, source_key: str, in_file: frozenset[str], report: ImportReport
) -> tuple[list[int], bool]:
    """Note which listings of the file wait for a review, and how many the file lacks; gives the row ids of these, and
    whether any of the file is public."""
    gone: list[int] = []
    is_public = False
    columns = (Provider.id, Provider.source_ref, Provider.status, Provider.review_reason)
    for id_, ref, status, reason in session.execute(select(*columns).where(Provider.source_key == source_key)):
        if ref not in in_file:
            if status is not Status.RETIRED:
                gone.append(id_)
        elif status is Status.DRAFT:
            report.in_review[reason] += 1
        is_public |= ref in in_file and status is Status.PUBLISHED
    report.not_in_file = len(gone)
    return gone, is_public


def _telling(reading: Reading, report: ImportReport, progress: Progress) -> Iterator[ListingDraft]:
    total = len(reading.refs)
    for done, draft in enumerate(reading.drafts):
        if done % 100 == 0:
            progress(done, total)
        if done < _SAMPLES:
            report.samples.append(draft)
        yield draft
    progress(total, total)
