"""Which listings a person should look at first."""

import datetime as dt
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, func, or_, select, true, union_all
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.problem import ReportState
from finder.domain.review import FieldGroup, review_policy
from finder.models import ProblemReport, Provider, Standing

_PAGE = 50

Overdue = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReview:
    """A published listing that must be checked again, for the group of facts by which it may do most harm.

    ``reports`` are problem reports that nobody answered yet; ``harm`` is what the queue is ordered by.
    """

    provider_id: int
    slug: str
    name: str
    city: str
    state: str
    group: FieldGroup
    checked_on: dt.date | None
    due_on: dt.date
    overdue_days: int
    reports: int
    harm: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A listing that the public doesn't see until a person has looked, and why."""

    provider_id: int
    name: str
    city: str
    state: str
    status: Status
    reason: str
    since: dt.datetime


def due_reviews(
    session: Session, today: dt.date, *, limit: int = _PAGE, offset: int = 0, scope: ColumnElement[bool] | None = None
) -> list[DueReview]:
    """The published listings with an overdue group of facts, most harmful first; one query.

    Each listing stands once, for its most harmful group. Whom somebody tried to reach today waits until tomorrow.
    ``scope`` is a condition on `Provider` for those who look after a part of the directory.
    """
    worst: dict[int, tuple[int, Row[Any]]] = {}
    for row in session.execute(_candidates(today, limit + offset, scope)):
        harm = review_policy().harm(row.field_group, (today - row.due_on).days, row.reports)
        if row.provider_id not in worst or harm > worst[row.provider_id][0]:
            worst[row.provider_id] = harm, row
    page = nsmallest(limit + offset, worst.values(), key=lambda each: (-each[0], each[1].provider_id))[offset:]
    return [_due_review(row, today, harm) for harm, row in page]


def _candidates(today: dt.date, how_many: int, scope: ColumnElement[bool] | None) -> Select[Any]:
    """All that may stand among the first: of each group the longest overdue, and whatever was reported.

    Within a group harm grows with the days, but for reports: so the first of the queue are among the first of their
    group or have reports, which few have.
    """
    overdue = _overdue(today).where(_is_public() if scope is None else _is_within(scope))
    firsts = _firsts(overdue, how_many) if scope is None else [_firsts_within(overdue, how_many)]
    reports = _open_reports()
    reported = overdue.where(Standing.provider_id.in_(select(reports.c.provider_id)))
    parts = (select(part.subquery()) for part in (*firsts, reported))
    found = union_all(*parts).cte("found").prefix_with("MATERIALIZED")
    return (
        select(found, Provider.slug, Provider.name, Provider.city, Provider.state)
        .add_columns(func.coalesce(reports.c.reports, 0).label("reports"))
        .join(Provider, Provider.id == found.c.provider_id)
        .outerjoin(reports, reports.c.provider_id == found.c.provider_id)
        .order_by(found.c.provider_id, found.c.field_group)
    )


def _firsts(overdue: Overdue, how_many: int) -> list[Overdue]:
    """Of the whole directory: an index of each group's due days finds them without reading the rest."""
    ordered = overdue.order_by(Standing.due_on, Standing.provider_id).limit(how_many)
    return [ordered.where(Standing.field_group == group) for group in FieldGroup]


def _firsts_within(overdue: Overdue, how_many: int) -> Overdue:
    """Of a part of it: all that is overdue there is read once, and ordered group by group."""
    ordered = (Standing.due_on, Standing.provider_id)
    rank = func.row_number().over(partition_by=Standing.field_group, order_by=ordered).label("rank")
    ranked = overdue.add_columns(rank).subquery()
    return select(*(column for column in ranked.c if column.name != "rank")).where(ranked.c.rank <= how_many)


def _overdue(today: dt.date) -> Overdue:
    row = Standing
    return select(row.provider_id, row.field_group, row.checked_on, row.due_on).where(
        row.due_on < today, or_(row.tried_on.is_(None), row.tried_on < today)
    )


def _is_public() -> ColumnElement[bool]:
    published = select(Provider.id).where(Provider.id == Standing.provider_id, Provider.status == Status.PUBLISHED)
    return published.exists()


def _is_within(scope: ColumnElement[bool]) -> ColumnElement[bool]:
    # By a list of ids: where few listings are within, going through the due days of all others would take a second.
    within = select(Provider.id).where(Provider.status == Status.PUBLISHED, scope).cte("within")
    return Standing.provider_id.in_(select(within.c.id))


def _open_reports() -> CTE:
    return (
        select(ProblemReport.provider_id, func.count().label("reports"))
        .where(ProblemReport.state == ReportState.OPEN)
        .group_by(ProblemReport.provider_id)
        .cte("reports")
    )


def _due_review(row: Row[Any], today: dt.date, harm: int) -> DueReview:
    return DueReview(
        provider_id=row.provider_id,
        slug=row.slug,
        name=row.name,
        city=row.city,
        state=row.state,
        group=row.field_group,
        checked_on=row.checked_on,
        due_on=row.due_on,
        overdue_days=(today - row.due_on).days,
        reports=row.reports,
        harm=harm,
    )


def waiting(
    session: Session, *, limit: int = _PAGE, offset: int = 0, scope: ColumnElement[bool] | None = None
) -> list[Waiting]:
    """Drafts and hidden listings that wait for a person with a reason, longest first; one query."""
    row = Provider
    query = select(row.id, row.name, row.city, row.state, row.status, row.review_reason, row.updated_at).where(
        row.status.in_([Status.DRAFT, Status.HIDDEN]), row.review_reason != "", true() if scope is None else scope
    )
    return [
        Waiting(*found) for found in session.execute(query.order_by(row.updated_at, row.id).offset(offset).limit(limit))
    ]
