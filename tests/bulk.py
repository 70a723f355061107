"""Changes of many listings at once, for tests."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.bulk import Deed
from finder.domain.review import CheckMethod, FieldGroup
from finder.listings.bulk import Task, apply, plan
from finder.models import BulkChange
from tests.factories import A_CHANGE, a_provider


def done(session: Session, ids: Collection[int], deed: Deed, **needs: Any) -> BulkChange:
    """Do one thing to these listings; ``needs`` are fields of `Task`."""
    task = Task(deed=deed, **needs)
    return apply(session, task, plan(session, task, ids, scope=None), A_CHANGE)


def a_bulk_change(session: Session) -> BulkChange:
    """A check of two listings' phones by their websites."""
    ids = [a_provider(session).id, a_provider(session).id]
    return done(session, ids, Deed.VERIFY, groups=frozenset({FieldGroup.PHONE}), method=CheckMethod.WEBSITE)
