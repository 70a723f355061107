"""The steps of a job: fetching, looking, applying."""

from sqlalchemy import Select, select

from finder.domain.importing import JobState
from finder.importing import ImportReport, ManyChanges
from finder.importing.bounds import Upload
from finder.importing.fetch import Seen
from finder.importing.fetched import Fetched, fetched
from finder.importing.jobs import TIMETABLE, end
from finder.importing.pipeline import Import, import_file, plan_file
from finder.importing.recipes import import_of, recipe_of
from finder.importing.timetable import note_answer
from finder.importing.uploads import keep
from finder.jobs.bench import Bench
from finder.listings import Change
from finder.models import ImportJob, ImportRun, Source


def look(bench: Bench) -> None:
    """Find out what the import would do, having fetched it where nobody uploaded a file. Writes no listing."""
    job, _ = bench.now_known()
    if not job.stored_as and not _fetch(bench):
        return
    report, trouble = _planned(bench)
    with bench.noting(JobState.PREVIEWING) as noted:
        if noted:
            job, source = noted
            job.report, job.trouble = report.as_json(), trouble
            job.state = _verdict(bench, job, source)


def apply(bench: Bench) -> None:
    """Apply the import: one transaction, with the job's end in it."""
    try:
        with bench.noting(JobState.APPLYING) as noted:
            if noted:
                _apply(bench, *noted)
    except ManyChanges as error:
        with bench.noting(JobState.APPLYING) as noted:
            if noted:
                noted[0].state, noted[0].trouble = JobState.ASKS, str(error)


def _verdict(bench: Bench, job: ImportJob, source: Source) -> JobState:
    """Who decides. The first import of a source, and the first after one was taken back, waits for a person."""
    if job.trouble:
        return JobState.ASKS
    last = _last_run(bench, source)
    is_trusted = last is not None and last.undone_at is None
    return JobState.APPROVED if job.asked_by == TIMETABLE and is_trusted else JobState.READY


def _fetch(bench: Bench) -> bool:
    """Fetch the job's files and keep them; whether there is something new to look at."""
    job, source = bench.now_known()
    # A person who asks gets an answer, even if it says that nothing changed.
    seen = Seen(source.etag, source.modified) if job.asked_by == TIMETABLE else Seen()
    recipe, address = recipe_of(source), source.address
    bench.session.rollback()
    with fetched(recipe, address, bench.workshop.fetcher, seen, bench.progress) as got:
        bench.progress(0, 0)  # of the pages: what is told next is of the rows
        return _note_fetched(bench, got)


def _note_fetched(bench: Bench, got: Fetched | None) -> bool:
    at = bench.workshop.now()
    with bench.noting(JobState.PREVIEWING) as noted:
        if noted is None:
            return False
        job, source = noted
        is_known = got is None or _is_known(bench, job, source, got)
        note_answer(source, got.seen if got else None, at)
        if got is None or is_known:
            end(job, JobState.UNCHANGED, at)
            return False
        job.file_name, job.file_sha256 = got.name, got.sha256
        job.stored_as = keep(bench.workshop.folder, got.files)
        return True


def _is_known(bench: Bench, job: ImportJob, source: Source, got: Fetched) -> bool:
    """Whether the timetable asked for what was imported the last time, and nobody changed how it is imported. Of
    several files one may be another.
    """
    if job.asked_by != TIMETABLE or source.fetched_at is None or len(got.files) > 1:
        return False
    last = _last_run(bench, source)
    return last is not None and last.undone_at is None and last.file_sha256 == got.sha256


def _planned(bench: Bench) -> tuple[ImportReport, str]:
    """What the import would do, and why a person must look at that, where one must."""
    job, source = bench.now_known()
    with bench.files(job) as (upload, *beside):
        what, change = _import(bench, job, source, beside), _change(bench, job, source)
        try:
            return plan_file(bench.session, upload, what, change, progress=bench.progress), ""
        except ManyChanges as error:
            return error.report, str(error)


def _apply(bench: Bench, job: ImportJob, source: Source) -> None:
    with bench.files(job) as (upload, *beside):
        what, change = _import(bench, job, source, beside), _change(bench, job, source)
        report = import_file(bench.session, upload, what, change, progress=bench.progress)
    job.report = report.as_json()
    job.import_run_id = bench.session.scalars(_newest_run(source)).one().id
    end(job, JobState.APPLIED, bench.workshop.now())


def _import(bench: Bench, job: ImportJob, source: Source, beside: list[Upload]) -> Import:
    return import_of(source, job.options, beside=beside, today=bench.workshop.now().date())


def _change(bench: Bench, job: ImportJob, source: Source) -> Change:
    """Who changes listings: the person who approved it, or else the source by its timetable."""
    return Change(by=(job.approved_by or source.name)[:100], at=bench.workshop.now())


def _last_run(bench: Bench, source: Source) -> ImportRun | None:
    return bench.session.scalars(_newest_run(source)).first()


def _newest_run(source: Source) -> Select[ImportRun]:
    return select(ImportRun).where(ImportRun.source_key == source.key).order_by(ImportRun.id.desc()).limit(1)
