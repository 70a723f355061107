"""The policy of reviews in force: the shipped one, but for the rules that administrators changed."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.review import FieldGroup, GroupPolicy, ReviewPolicy, review_policy
from finder.models import PolicyChange


def policy_in_force(session: Session) -> ReviewPolicy:
    """The rules for checks from now on; one query."""
    newest = select(func.max(PolicyChange.id)).group_by(PolicyChange.field_group)
    changed = session.scalars(select(PolicyChange).where(PolicyChange.id.in_(newest)))
    return review_policy().changed({change.field_group: _rule(change) for change in changed})


def change_policy(session: Session, policy: ReviewPolicy, *, by: str, at: dt.datetime) -> list[FieldGroup]:
    """Let other rules count for checks from now on; gives the groups whose rules change. The caller commits.

    What was checked before stays due on the day that it was given then.
    """
    before = policy_in_force(session).groups
    changed = [group for group in FieldGroup if policy.groups[group] != before[group]]
    for group in changed:
        rule = policy.groups[group]
        numbers = {"days": rule.days, "importance": rule.importance, "essential": rule.essential}
        session.add(PolicyChange(field_group=group, by=by, at=at, **numbers))
    session.flush()
    return changed


def policy_changes(session: Session, limit: int = 20) -> list[PolicyChange]:
    """Who changed which rule when, newest first; one query."""
    return list(session.scalars(select(PolicyChange).order_by(PolicyChange.id.desc()).limit(limit)))


def _rule(change: PolicyChange) -> GroupPolicy:
    return GroupPolicy(days=change.days, importance=change.importance, essential=change.essential)
