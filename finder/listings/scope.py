"""The listings that somebody is in charge of, as a condition of a query."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, false, inspect, or_, true
from sqlalchemy.sql.util import ClauseAdapter

from finder.domain.account import Scope
from finder.models import Provider


def within(scopes: Collection[Scope]) -> ColumnElement[bool]:
    """The condition on `Provider` that is true of each listing which one of the scopes covers (`Scope.covers`)."""
    return or_(false(), *(_within_one(scope) for scope in sorted(scopes, key=str)))


def of_alias(condition: ColumnElement[bool], listing: type[Provider]) -> ColumnElement[bool]:
    """The same condition on an alias of `Provider`, for a query of two listings at once."""
    return ClauseAdapter(inspect(listing).selectable).traverse(condition)


def _within_one(scope: Scope) -> ColumnElement[bool]:
    parts = (
        (Provider.state == scope.state, scope.state),
        (Provider.county == scope.county, scope.county),
        (Provider.organization_id == scope.organization_id, scope.organization_id is not None),
    )
    return and_(true(), *(condition for condition, is_said in parts if is_said))
