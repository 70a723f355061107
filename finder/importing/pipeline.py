"""Importing a file: read, clean, save, count. One transaction, which the caller commits."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.importing.bounds import Upload
from finder.importing.formats.samhsa import read_facilities
from finder.importing.formats.workbook import Workbook
from finder.importing.report import ImportReport, Progress
from finder.importing.samhsa import SOURCE_KEY, drafts, group_facilities
from finder.listings import Change, ListingDraft, Outcome, retire_fictional, save_all
from finder.models import ImportRun, Provider, Source

_LONGEST_FILE_NAME = 250
_ATTRIBUTION = (
    "Substance Abuse and Mental Health Services Administration (SAMHSA), National Directory of Drug and Alcohol Use "
    "Treatment Facilities, from the National Substance Use and Mental Health Services Survey (N-SUMHSS). Public "
    "domain. SAMHSA does not endorse this site."
)


def import_samhsa(
    session: Session, upload: Upload, change: Change, *, as_of: dt.date | None, progress: Progress
) -> ImportReport:
    """Import SAMHSA's national directory workbook: the first edition, another one, or the same again.

    ``as_of`` is the day for which the edition speaks; if it is None, the day when the workbook was last saved.
    Listings that this file lacks stay as they are. ``change`` says who imports and when. Raises `UnreadableFile` for
    a file that isn't the workbook; whatever is raised, the caller rolls back and nothing has changed.
    """
    workbook = Workbook(upload)
    report = ImportReport(verified_on=as_of or _no_later(workbook.modified_on, change.at.date()))
    groups = group_facilities(read_facilities(workbook), report)
    run = _begin(session, upload, change)
    change = replace(change, reason=f"Import of {run.file_name}", import_run_id=run.id)
    told = _telling(drafts(groups, report, report.verified_on), len(groups), progress)
    outcomes = save_all(session, told, change)
    report.created = outcomes[Outcome.CREATED]
    report.updated = outcomes[Outcome.UPDATED]
    report.unchanged = outcomes[Outcome.UNCHANGED]
    if _note_what_is_there(session, groups.keys(), report):
        report.retired_fictional = retire_fictional(session, change)
    run.counts = report.counts()
    session.flush()
    return report


def _begin(session: Session, upload: Upload, change: Change) -> ImportRun:
    session.merge(
        Source(
            key=SOURCE_KEY,
            name="SAMHSA National Directory of Drug and Alcohol Use Treatment Facilities",
            attribution=_ATTRIBUTION,
            url="https://findtreatment.gov/",
        )
    )
    session.flush()
    run = ImportRun(
        source_key=SOURCE_KEY,
        file_name=upload.name[:_LONGEST_FILE_NAME],
        file_sha256=upload.sha256(),
        by=change.by,
        started_at=change.at,
        counts={},
    )
    session.add(run)
    session.flush()
    return run


def _note_what_is_there(session: Session, refs: Iterable[str], report: ImportReport) -> bool:
    """Note which listings of the file wait for a review, and how many the file lacks; whether any of it is public."""
    in_file = frozenset(refs)
    published = False
    query = select(Provider.source_ref, Provider.status, Provider.review_reason).where(
        Provider.source_key == SOURCE_KEY
    )
    for ref, status, reason in session.execute(query):
        if ref not in in_file:
            report.not_in_file += status is not Status.RETIRED
        elif status is Status.DRAFT:
            report.in_review[reason] += 1
        published |= ref in in_file and status is Status.PUBLISHED
    return published


def _telling(listings: Iterator[ListingDraft], total: int, progress: Progress) -> Iterator[ListingDraft]:
    for done, draft in enumerate(listings):
        if done % 100 == 0:
            progress(done, total)
        yield draft
    progress(total, total)


def _no_later(day: dt.date | None, limit: dt.date) -> dt.date | None:
    """The day, unless it lies in the future: then the workbook's clock was wrong and nothing is known."""
    return day if day and day <= limit else None
