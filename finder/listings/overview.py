"""The directory in figures: what is published where, how fresh it is, what people report, how imports go.

What is published is counted in the search's snapshot, where a hundred thousand listings take milliseconds; the rest in
a fixed number of queries. ``scope`` is a condition on `Provider` for those who look after a part of the directory.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, case, func, literal, select, true
from sqlalchemy.orm import Session

from finder.domain.duplicates import Decision
from finder.domain.listing import Status
from finder.domain.problem import UNANSWERED, Step
from finder.domain.review import FieldGroup
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, vocabulary
from finder.models import DuplicatePair, ProblemReport, Provider, ReportStep, Standing
from finder.places.states import STATES
from finder.search import Snapshot
from finder.search.bits import Mask
from finder.search.snapshot import Part

OLDEST_DAYS = (30, 90, 180, 365)
"""The oldest age, in days, of each group of listings by their last check; one more group is older, one unchecked."""

WEEKS = 12
_NEVER = dt.date.min.toordinal()


@dataclass(frozen=True, slots=True)
class Published:
    """How many listings the public sees, in all and of each level of care, by state; one may be of several levels."""

    total: int
    levels: Mapping[Code, int]
    states: Mapping[str, tuple[int, Mapping[Code, int]]]


@dataclass(frozen=True, slots=True)
class GroupShare:
    """Of how many published listings one group of facts is told, and of how many it is overdue for a check."""

    group: FieldGroup
    listings: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Week:
    """How many reports came in the week from this Monday on, and how many were settled."""

    monday: dt.date
    opened: int
    settled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCounts:
    """How much waits for somebody."""

    drafts: int
    hidden: int
    reports: int
    pairs: int


def ids_within(session: Session, scope: ColumnElement[bool] | None) -> Collection[int] | None:
    """The ids of the published listings that somebody looks after, ``None`` for all; one query, or none for all."""
    if scope is None:
        return None
    return session.scalars(select(Provider.id).where(Provider.status == Status.PUBLISHED, scope)).all()


def published(snapshot: Snapshot, ids: Collection[int] | None = None) -> Published:
    """What the public sees of these listings, or of all."""
    levels = [term.code for term in vocabulary().facet(LEVEL_OF_CARE).terms]
    counts = np.zeros((len(STATES), 1 + len(levels)), dtype=np.int64)
    total = np.zeros(1 + len(levels), dtype=np.int64)
    for part, counted in _counted(snapshot, ids):
        segment, rows = part.segment, np.arange(part.segment.size)
        masks = [counted & segment.tags.rows_with(segment.tags.need(LEVEL_OF_CARE, [code]), rows) for code in levels]
        has = np.stack((counted, *masks))
        total += has.sum(axis=1)
        for place, state in enumerate(STATES):
            if (number := segment.state(state)) is not None:
                counts[place] += has[:, slice(*segment.bands.state(number))].sum(axis=1)
    rows_of_states = {state: (line[0], dict(zip(levels, line[1:], strict=True))) for state, line in _lines(counts)}
    return Published(int(total[0]), dict(zip(levels, total[1:].tolist(), strict=True)), rows_of_states)


def ages(snapshot: Snapshot, today: dt.date, ids: Collection[int] | None = None) -> list[int]:
    """How many listings were last checked at most `OLDEST_DAYS` ago, how many longer ago, and how many never."""
    edges = np.array([0, *(days + 1 for days in OLDEST_DAYS)])
    counts = np.zeros(len(OLDEST_DAYS) + 2, dtype=np.int64)
    for part, counted in _counted(snapshot, ids):
        verified = part.segment.verified[counted]
        days = np.maximum(today.toordinal() - verified[verified >= _NEVER], 0)
        groups = np.searchsorted(edges, days, side="right") - 1
        counts[:-1] += np.bincount(groups, minlength=len(edges))
        counts[-1] += verified.size - days.size
    found: list[int] = counts.tolist()
    return found


def overdue_shares(session: Session, today: dt.date, scope: ColumnElement[bool] | None = None) -> list[GroupShare]:
    """How much of each group of facts is overdue, in the order of the groups; one query."""
    overdue = func.sum(case((Standing.due_on < today, 1), else_=0))
    counts = select(Standing.field_group, func.count(), overdue).where(_is_public(scope))
    found = {group: numbers for group, *numbers in session.execute(counts.group_by(Standing.field_group))}
    return [GroupShare(group, *found[group]) for group in FieldGroup if group in found]


def weeks_of_reports(session: Session, today: dt.date, scope: ColumnElement[bool] | None = None) -> list[Week]:
    """The reports of the last weeks, the present one last; two queries."""
    mondays = [_monday(today) - dt.timedelta(weeks=back) for back in range(WEEKS)][::-1]
    opened = _by_week(session, ProblemReport.created_at, mondays, select(), scope)
    is_settled = ReportStep.step.in_((Step.RESOLVED, Step.REJECTED))
    steps = select().join_from(ReportStep, ProblemReport, ProblemReport.id == ReportStep.report_id).where(is_settled)
    settled = _by_week(session, ReportStep.at, mondays, steps, scope)
    return [Week(monday, opened.get(place, 0), settled.get(place, 0)) for place, monday in enumerate(mondays)]


def waiting_counts(session: Session, scope: ColumnElement[bool] | None = None) -> WaitingCounts:
    """What waits for somebody; one query."""
    mine = true() if scope is None else scope
    reasons = select(func.count()).select_from(Provider).where(Provider.review_reason != "", mine)
    reports = select(func.count()).select_from(ProblemReport).where(ProblemReport.state.in_(UNANSWERED))
    pairs = select(func.count()).select_from(DuplicatePair).where(DuplicatePair.decision == Decision.OPEN)
    if scope is not None:
        reports = reports.join(Provider, Provider.id == ProblemReport.provider_id).where(scope)
        pairs = pairs.join(Provider, Provider.id == DuplicatePair.first_id).where(scope)
    drafts, hidden = (reasons.where(Provider.status == status) for status in (Status.DRAFT, Status.HIDDEN))
    found = session.execute(select(*(each.scalar_subquery() for each in (drafts, hidden, reports, pairs)))).one()
    return WaitingCounts(drafts=found[0], hidden=found[1], reports=found[2], pairs=found[3])


def _is_public(scope: ColumnElement[bool] | None) -> ColumnElement[bool]:
    """Whether a standing is that of a published listing that somebody looks after."""
    if scope is None:  # the few that aren't are sooner found than the many that are
        others = [status for status in Status if status is not Status.PUBLISHED]
        return Standing.provider_id.not_in(select(Provider.id).where(Provider.status.in_(others)))
    return Standing.provider_id.in_(select(Provider.id).where(Provider.status == Status.PUBLISHED, scope))


def _counted(snapshot: Snapshot, ids: Collection[int] | None) -> Iterator[tuple[Part, Mask]]:
    """Each part with which of its rows count."""
    for part in snapshot.parts:
        counted: Mask = np.zeros(part.segment.size, dtype=np.bool_)
        counted[part.rows()] = True
        yield part, counted if ids is None else counted & np.isin(part.segment.ids, np.array(ids, dtype=np.int64))


def _lines(counts: np.ndarray[Any, np.dtype[np.int64]]) -> Iterator[tuple[str, list[int]]]:
    return ((state, line) for state, line in zip(STATES, counts.tolist(), strict=True) if line[0])


def _by_week(
    session: Session,
    moment: Any,
    mondays: list[dt.date],
    source: Select[Any],
    scope: ColumnElement[bool] | None,
) -> dict[int, int]:
    """How many moments lie in each of the weeks, by the week's place."""
    starts = [dt.datetime.combine(monday, dt.time(), dt.UTC) for monday in mondays]
    week = case(*((moment >= start, literal(place)) for place, start in reversed(list(enumerate(starts)))))
    counted = (
        source.add_columns(week.label("week"), func.count().label("reports"))
        .where(moment >= starts[0])
        .group_by("week")
    )
    if scope is not None:
        counted = counted.join(Provider, Provider.id == ProblemReport.provider_id).where(scope)
    return {row.week: row.reports for row in session.execute(counted)}


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
