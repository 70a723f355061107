"""Which listings a person should look at first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, case, func, or_, select, true, union_all
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.problem import UNANSWERED
from finder.domain.review import FieldGroup, ReviewPolicy
from finder.listings.days import days_between
from finder.listings.policy import policy_in_force
from finder.models import ProblemReport, Provider, Standing

_PAGE = 50
_REPORTS = (
    select(ProblemReport.provider_id, func.count().label("reports"))
    .where(ProblemReport.state.in_(UNANSWERED))
    .group_by(ProblemReport.provider_id)
    .cte("reports")
)
"""How many reports of each listing nobody answered yet."""


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
    """The published listings with an overdue group of facts, most harmful first; two queries.

    Each listing stands once, for its most harmful group. Whom somebody tried to reach today waits until tomorrow.
    ``scope`` is a condition on `Provider` for those who look after a part of the directory.
    """
    policy = policy_in_force(session)
    page = _weighed(_candidates(today, limit + offset, scope), today, policy).offset(offset).limit(limit)
    rows = session.execute(_with_details(page.cte("page"), today))
    return [_due_review(list(groups), today, policy) for _, groups in groupby(rows, key=lambda row: row.provider_id)]


def _candidates(today: dt.date, how_many: int, scope: ColumnElement[bool] | None) -> CTE:
    """All that may stand among the first. Of a part of the directory, whatever is overdue there.

    Of the whole, the longest overdue of each group, which an index finds without reading the rest, and whatever was
    reported. Within a group harm grows with the days, but for reports: so the first of the queue are among the first of
    their group or have reports, which few have.
    """
    if scope is not None:
        return _overdue(today).where(_is_within(scope)).cte("found")
    overdue = _overdue(today).where(_is_public())
    firsts = overdue.order_by(Standing.due_on, Standing.provider_id).limit(how_many)
    parts = [firsts.where(Standing.field_group == group) for group in FieldGroup]
    parts.append(overdue.where(Standing.provider_id.in_(select(_REPORTS.c.provider_id))))
    return union_all(*(select(part.subquery()) for part in parts)).cte("found")


def _weighed(found: CTE, today: dt.date, policy: ReviewPolicy) -> Select[Any]:
    """The listings by the harm of their most harmful group."""
    importance = case({group.value: rule.importance for group, rule in policy.groups.items()}, value=found.c.group)
    worst = func.max(days_between(found.c.due_on, today) * importance).label("worst")
    listings = select(found.c.provider_id, worst).group_by(found.c.provider_id).subquery()
    harm = (listings.c.worst * (1 + _reports())).label("harm")
    return (
        select(listings.c.provider_id, harm)
        .outerjoin(_REPORTS, _REPORTS.c.provider_id == listings.c.provider_id)
        .order_by(harm.desc(), listings.c.provider_id)
    )


def _with_details(page: CTE, today: dt.date) -> Select[Any]:
    """What a page of listings is called and where it is, with all groups of it that are overdue."""
    row = Provider
    overdue = _overdue(today).subquery("overdue")
    return (
        select(overdue, row.slug, row.name, row.city, row.state, _reports().label("reports"))
        .join(page, page.c.provider_id == overdue.c.provider_id)
        .join(row, row.id == page.c.provider_id)
        .outerjoin(_REPORTS, _REPORTS.c.provider_id == page.c.provider_id)
        .order_by(page.c.harm.desc(), page.c.provider_id, overdue.c.group)
    )


def _overdue(today: dt.date) -> Select[*tuple[Any, ...]]:
    row = Standing
    return select(row.provider_id, row.field_group.label("group"), row.checked_on, row.due_on).where(
        row.due_on < today, or_(row.tried_on.is_(None), row.tried_on < today)
    )


def _is_public() -> ColumnElement[bool]:
    published = select(Provider.id).where(Provider.id == Standing.provider_id, Provider.status == Status.PUBLISHED)
    return published.exists()


def _is_within(scope: ColumnElement[bool]) -> ColumnElement[bool]:
    # By a list of ids: where few listings are within, going through the due days of all others would take a second.
    return Standing.provider_id.in_(select(Provider.id).where(Provider.status == Status.PUBLISHED, scope))


def _reports() -> ColumnElement[int]:
    """How many reports of a listing nobody answered yet, where `_REPORTS` is joined."""
    return func.coalesce(_REPORTS.c.reports, 0)


def _due_review(groups: Sequence[Row[Any]], today: dt.date, policy: ReviewPolicy) -> DueReview:
    """A listing for the worst of its overdue groups."""

    def harm(row: Row[Any]) -> int:
        return policy.harm(row.group, (today - row.due_on).days, row.reports)

    worst = max(groups, key=harm)
    return DueReview(
        provider_id=worst.provider_id,
        slug=worst.slug,
        name=worst.name,
        city=worst.city,
        state=worst.state,
        group=worst.group,
        checked_on=worst.checked_on,
        due_on=worst.due_on,
        overdue_days=(today - worst.due_on).days,
        reports=worst.reports,
        harm=harm(worst),
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
