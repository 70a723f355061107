"""Finding listings of every status, as those who look after them want to see them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from finder.domain.duplicates import Decision
from finder.domain.listing import Status
from finder.domain.problem import UNANSWERED
from finder.domain.review import FieldGroup, ReviewPolicy
from finder.domain.vocabulary import LEVEL_OF_CARE
from finder.listings.policy import policy_in_force
from finder.listings.slug import slugify
from finder.listings.standing import dates_of, load_standings
from finder.models import (
    Account,
    Assignment,
    DuplicatePair,
    Organization,
    ProblemReport,
    Provider,
    ProviderPhone,
    ProviderTag,
    Source,
    Standing,
)

PAGE = 50
"""How many listings stand on a page."""

_MOST_WORDS = 8  # each is one more look at every row
_LEAST_DIGITS = 3
_MOST_DIGITS_OF_AN_ID = 9
Columns = ReadOnlyColumnCollection[str, Any]
_NOT_DIGITS = re.compile(r"[\s().+-]")


class Flag(StrEnum):
    """Something about a listing that a person should look at."""

    OVERDUE = "overdue"  # an essential group of its facts should have been checked by now
    NO_POSITION = "no_position"
    NO_LEVEL = "no_level"
    DUPLICATE = "duplicate"  # nobody has decided yet whether it is the same as another
    REPORTED = "reported"  # somebody waits for an answer


class Order(StrEnum):
    """How listings are sorted."""

    NAME = "name"
    UPDATED = "updated"  # the last changed first
    DUE = "due"  # the longest due first, before them those of which no day is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which listings somebody wants to see; a part that is empty may be anything.

    Each of ``words`` stands in the name, the city, the organization or the slug, is the id, or is part of a phone
    number. ``assigned_to`` is the id of an account.
    """

    words: str = ""
    status: Status | None = None
    state: str = ""
    source: str = ""
    flags: frozenset[Flag] = frozenset()
    assigned_to: int | None = None
    order: Order = Order.NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One listing in the table. ``assigned_to`` is the name of a person, ``overdue_since`` the day of the policy."""

    id: int
    name: str
    organization: str
    city: str
    state: str
    status: Status
    review_reason: str
    source: str
    verified_on: dt.date | None
    overdue_since: dt.date | None
    updated_at: dt.datetime
    assigned_to: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of listings, and how many there are in all."""

    listings: tuple[Found, ...]
    total: int


def browse(
    session: Session,
    wanted: Wanted,
    today: dt.date,
    *,
    scope: ColumnElement[bool] | None = None,
    page: int = 1,
) -> Page:
    """The listings that are wanted, a page of them counted from 1; four queries.

    ``scope`` is a condition on `Provider` for those who may see a part of the directory.
    """
    policy = policy_in_force(session)
    rows = session.execute(_page(wanted, _conditions(wanted, today, policy, scope), page)).all()
    ids = [row.id for row in rows if row.id is not None]
    return Page(tuple(_load(session, ids, today, policy)), rows[0].total)


def _page(wanted: Wanted, conditions: list[ColumnElement[bool]], page: int) -> Select[Any]:
    """The ids of a page, each with how many there are in all; that alone beyond the last page."""
    # Words and flags cost a look at every listing: they are looked for once, both to count and to sort. All else is
    # counted and sorted by indexes.
    once, order = wanted.words or wanted.flags, _ORDERS[wanted.order]
    columns = (Provider.id, Provider.name, Provider.updated_at, Provider.review_due_on)
    found = select(*columns).where(*conditions).cte("found").prefix_with("MATERIALIZED" if once else "NOT MATERIALIZED")
    total = select(func.count().label("total")).select_from(found).subquery("counted")
    cut = select(found).order_by(*order(found.c)).limit(PAGE).offset((page - 1) * PAGE).subquery("cut")
    return select(cut.c.id, total.c.total).select_from(total.outerjoin(cut, true())).order_by(*order(cut.c))


def matching_ids(
    session: Session, wanted: Wanted, today: dt.date, *, scope: ColumnElement[bool] | None = None, most: int
) -> list[int]:
    """The ids of the listings that are wanted, in their order, at most so many; two queries."""
    ids = (
        select(Provider.id)
        .where(*_conditions(wanted, today, policy_in_force(session), scope))
        .order_by(*_ORDERS[wanted.order](Provider.__table__.c))
    )
    return list(session.scalars(ids.limit(most)))


def _load(session: Session, ids: list[int], today: dt.date, policy: ReviewPolicy) -> Iterator[Found]:
    """The rows with these ids, in their order."""
    rows = {row["id"]: row for row in session.execute(_ROWS.where(Provider.id.in_(ids))).mappings()}
    standings = load_standings(session, ids)
    for id_ in ids:
        due_on = dates_of(standings.get(id_, {}), policy)["review_due_on"]
        is_overdue = rows[id_]["status"] is not Status.RETIRED and due_on is not None and due_on < today
        yield Found(**rows[id_], overdue_since=due_on if is_overdue else None)


_ROWS = (
    select(
        *(Provider.id, Provider.name, Provider.city, Provider.state, Provider.status, Provider.review_reason),
        *(Provider.verified_on, Provider.updated_at, Source.name.label("source")),
        func.coalesce(Organization.name, "").label("organization"),
        func.coalesce(func.nullif(Account.name, ""), Account.email, "").label("assigned_to"),
    )
    .join(Source, Source.key == Provider.source_key)
    .outerjoin(Organization, Organization.id == Provider.organization_id)
    .outerjoin(Assignment, Assignment.provider_id == Provider.id)
    .outerjoin(Account, Account.id == Assignment.account_id)
)


def _conditions(
    wanted: Wanted, today: dt.date, policy: ReviewPolicy, scope: ColumnElement[bool] | None
) -> list[ColumnElement[bool]]:
    conditions = [true() if scope is None else scope]
    if wanted.status:
        conditions.append(Provider.status == wanted.status)
    if wanted.state:
        conditions.append(Provider.state == wanted.state)
    if wanted.source:
        conditions.append(Provider.source_key == wanted.source)
    if wanted.assigned_to is not None:
        conditions.append(_assigned_to(wanted.assigned_to))
    if Flag.OVERDUE in wanted.flags:
        conditions.append(_is_overdue(today, policy))
    conditions += [condition for flag, condition in _FLAGS.items() if flag in wanted.flags]
    return conditions + [_says(word) for word in wanted.words.split()[:_MOST_WORDS]]


def _says(word: str) -> ColumnElement[bool]:
    """Whether the word stands in a listing where people look for it."""
    organizations = select(Organization.id).where(Organization.name.icontains(word, autoescape=True))
    parts: list[ColumnElement[bool]] = [
        Provider.name.icontains(word, autoescape=True),
        Provider.city.icontains(word, autoescape=True),
        Provider.organization_id.in_(organizations),
    ]
    if (plain := slugify(word)) != slugify(""):
        parts.append(Provider.slug.contains(plain, autoescape=True))  # without accents
    digits = _NOT_DIGITS.sub("", word)
    if not (digits.isascii() and digits.isdigit()):
        return or_(*parts)
    if len(digits) >= _LEAST_DIGITS:
        numbers = select(ProviderPhone.provider_id).where(ProviderPhone.number.contains(digits))
        parts.append(Provider.id.in_(numbers))
    if len(digits) <= _MOST_DIGITS_OF_AN_ID:
        parts.append(Provider.id == int(digits))
    return or_(*parts)


def _assigned_to(account_id: int) -> ColumnElement[bool]:
    return Provider.id.in_(select(Assignment.provider_id).where(Assignment.account_id == account_id))


def _is_overdue(today: dt.date, policy: ReviewPolicy) -> ColumnElement[bool]:
    essential = Standing.field_group.in_(sorted(policy.essential(FieldGroup)))
    standings = select(Standing.provider_id).where(essential, Standing.due_on < today)
    return and_(Provider.status != Status.RETIRED, Provider.id.in_(standings))


def _has_no_level() -> ColumnElement[bool]:
    row = ProviderTag
    return ~select(row.code).where(row.provider_id == Provider.id, row.facet == LEVEL_OF_CARE).exists()


def _is_suspect() -> ColumnElement[bool]:
    row = DuplicatePair
    return Provider.id.in_(
        union(*(select(side).where(row.decision == Decision.OPEN) for side in (row.first_id, row.second_id)))
    )


def _is_reported() -> ColumnElement[bool]:
    return Provider.id.in_(select(ProblemReport.provider_id).where(ProblemReport.state.in_(UNANSWERED)))


_FLAGS: Mapping[Flag, ColumnElement[bool]] = {
    Flag.NO_POSITION: Provider.latitude.is_(None),
    Flag.NO_LEVEL: _has_no_level(),
    Flag.DUPLICATE: _is_suspect(),
    Flag.REPORTED: _is_reported(),
}
# Databases put what isn't known first or last as they like; every order ends in the id, so that it is total.
_ORDERS: Mapping[Order, Callable[[Columns], tuple[ColumnElement[Any], ...]]] = {
    Order.NAME: lambda row: (row.name.asc(), row.id.asc()),
    Order.UPDATED: lambda row: (row.updated_at.desc(), row.id.desc()),
    Order.DUE: lambda row: (row.review_due_on.is_not(None).asc(), row.review_due_on.asc(), row.id.asc()),
}
