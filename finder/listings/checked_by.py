"""Who found out last that a group of a listing's facts is true."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.review import CheckResult, FieldGroup
from finder.models import Check


def last_checks(session: Session, provider_ids: Collection[int]) -> Mapping[tuple[int, FieldGroup], Check]:
    """The last check of each group of these listings that came to something, by row id and group; one query."""
    reached = select(Check).where(Check.provider_id.in_(provider_ids), Check.result != CheckResult.COULD_NOT_REACH)
    checks = session.scalars(reached.order_by(Check.checked_on, Check.id))
    return {(check.provider_id, check.field_group): check for check in checks}
