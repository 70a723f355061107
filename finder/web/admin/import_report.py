"""What an import did or would do, out of the report that was kept of it, in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from finder.domain.importing import JobState
from finder.listings.timeline import FieldChange
from finder.models import ImportJob, ImportRun
from finder.web.admin.history import Told, in_words
from finder.web.admin.import_words import NOTES, OUTCOMES, ROWS


@dataclass(frozen=True, slots=True)
class Difference:
    """One listing that an import changes: its row id where it has one, and its facts in words."""

    listing_id: int | None
    name: str
    outcome: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as pages lay it out: figures with their labels, and lists of what stands behind them."""

    is_done: bool
    rows: tuple[tuple[str, int], ...]
    notes: tuple[tuple[str, int], ...]
    rejected: tuple[Mapping[str, Any], ...]
    in_review: tuple[Mapping[str, Any], ...]
    unknown_codes: tuple[tuple[str, int], ...]
    samples: tuple[Mapping[str, Any], ...]
    differences: tuple[Difference, ...]
    verified_on: dt.date | None


def of_job(job: ImportJob) -> Shown | None:
    """What the import would do, ``None`` where nobody looked at it yet."""
    return _shown(job.report, is_done=job.state is JobState.APPLIED) if job.report else None


def of_run(run: ImportRun) -> Shown:
    """What the import did; of one from before reports were kept, the figures alone."""
    return _shown({"counts": run.counts, **run.report}, is_done=True)


def _shown(report: Mapping[str, Any], *, is_done: bool) -> Shown:
    counts, day = report["counts"], report.get("verified_on")
    return Shown(
        is_done=is_done,
        rows=tuple((str(label), counts.get(name, 0)) for name, label in ROWS.items()),
        notes=tuple((str(label), counts[name]) for name, label in NOTES.items() if counts.get(name)),
        rejected=tuple(report.get("rejected", ())),
        in_review=tuple(report.get("in_review", ())),
        unknown_codes=tuple((code, count) for code, count in report.get("unknown_codes", ())),
        samples=tuple(report.get("samples", ())),
        differences=tuple(map(_difference, report.get("differences", ()))),
        verified_on=dt.date.fromisoformat(day) if day else None,
    )


def _difference(told: Mapping[str, Any]) -> Difference:
    facts = in_words(FieldChange(name, before, after) for name, (before, after) in told["facts"].items())
    return Difference(told["listing"], told["name"], str(OUTCOMES.get(told["outcome"], told["outcome"])), facts)
