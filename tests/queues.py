"""What lies in the work queues, for tests: reports of problems, pairs that look like one, listings made one."""

from typing import Any

from sqlalchemy.orm import Session

from finder.domain.duplicates import Reason
from finder.domain.problem import Problem
from finder.extensions import db
from finder.listings import merge
from finder.listings.problems import Said, store_report
from finder.models import DuplicatePair, Merge, ProblemReport, Provider
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_provider
from tests.staff import StaffClient

_FOLLOWED = ("FROM directory_version", "FROM wording_change", "FROM helpline_check")


def a_report(session: Session, listing: Provider | None = None, *problems: Problem, **said: Any) -> ProblemReport:
    """A report that nobody answered yet, of a wrong phone number if nothing else is said. Not committed."""
    about = listing or a_provider(session)
    return store_report(session, about.id, Said(problems=frozenset(problems or {Problem.PHONE}), **said), NOW)


def a_pair(session: Session, first: Provider | None = None, second: Provider | None = None) -> DuplicatePair:
    """Two listings that look like one. Not committed."""
    first_id, second_id = sorted(each.id for each in (first or a_provider(session), second or a_provider(session)))
    pair = DuplicatePair(first_id=first_id, second_id=second_id, score=90, reasons=[Reason.SAME_PHONE.value])
    session.add(pair)
    session.flush()
    return pair


def a_merge(session: Session) -> Merge:
    """Two listings that were made one. Not committed."""
    kept, other = a_provider(session), a_provider(session)
    return merge(session, kept.id, other.id, {}, A_CHANGE)


def queries_of(staff: StaffClient, address: str, expect: int = 200) -> int:
    """How many queries a page takes, without those by which the application follows changes from time to time."""
    with staff.application.app_context():
        engine = db.engine
    with counted_queries(engine) as queries:
        staff.get(address, expect=expect)
    return len([query for query in queries if not any(table in query for table in _FOLLOWED)])
