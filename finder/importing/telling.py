"""What the report tells of each listing."""

from typing import Any

from finder.domain.address_key import AddressKey, address_key
from finder.importing.report import Difference, ImportReport
from finder.listings import Outcome
from finder.listings.history import changes
from finder.listings.names import Naming
from finder.listings.planning import Planned


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


def _what(planned: Planned, naming: Naming | None, before: Any) -> str:
    """What pages call what becomes of a listing that is there; empty where nothing does."""
    if naming is None or naming.was == naming.ref:
        return "updated" if planned.outcome is Outcome.UPDATED else ""
    if naming.was is None:
        return "linked"
    return "renamed" if planned.is_of_another_source or _at(before) == _at(planned.facts) else "moved"


def _at(facts: Any) -> AddressKey:
    return address_key(facts["address_1"], facts["city"], facts["state"], facts["postal_code"])
