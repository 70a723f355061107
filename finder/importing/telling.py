"""What the report tells of each listing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.address_key import AddressKey, address_key
from finder.importing.report import MOST_DIFFERENCES, Difference, ImportReport
from finder.listings import Outcome
from finder.listings.history import changes
from finder.listings.names import Naming
from finder.listings.planning import Planned
from finder.models import Provider


def tell(report: ImportReport, planned: Planned) -> None:
    """Count what becomes of a listing, and keep how it differs."""
    match planned.outcome:
        case Outcome.CREATED:
            report.created += 1
        case Outcome.UPDATED:
            report.updated += 1
        case Outcome.UNCHANGED:
            report.unchanged += 1
    report.conflicts += len(planned.contradictions)
    if planned.stored is None:
        return
    what = _what(planned, planned.naming, planned.stored.facts)
    report.linked += what == "linked"
    report.renamed += what == "renamed"
    report.moved += what == "moved"
    if what:
        differing = changes(planned.stored.facts, planned.facts)
        report.note_difference(Difference(planned.stored.id, planned.draft.name, what, differing))


def tell_gone(report: ImportReport, session: Session, gone: Sequence[int]) -> None:
    """Count the listings that the file lacks, and keep the names of the first; a query where there are any."""
    report.not_in_file = len(gone)
    first = gone[:MOST_DIFFERENCES]
    if first:
        named = select(Provider.id, Provider.name).where(Provider.id.in_(first)).order_by(Provider.id)
        for id_, name in session.execute(named):
            report.note_difference(Difference(id_, name, "gone", {}))


def _what(planned: Planned, naming: Naming | None, before: Any) -> str:
    """What pages call what becomes of a listing that is there; empty where nothing does."""
    if naming is None or naming.was == naming.ref:
        return "updated" if planned.outcome is Outcome.UPDATED else ""
    if naming.was is None:
        return "linked"
    return "renamed" if planned.is_of_another_source or _at(before) == _at(planned.facts) else "moved"


def _at(facts: Any) -> AddressKey:
    return address_key(facts["address_1"], facts["city"], facts["state"], facts["postal_code"])
