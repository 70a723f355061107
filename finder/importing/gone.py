"""Listings that a file lacks, or that are in it again; and the stop before a feed that broke takes too many along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.importing.report import ImportReport
from finder.listings import Change, amend
from finder.models import ImportRun, Provider, Revision

FEW = 5
"""So many listings may always change: in a small feed they are soon a large share."""

_DATES = frozenset({"verified_on", "review_due_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How an import treats what the source told before.

    Of a source whose files are ``whole``, a listing that the file lacks is gone; ``retire_gone`` takes it off. A file
    that changes or lacks more than the share ``most_changes`` (0 to 1) is refused; ``None`` allows all.
    """

    whole: bool = False
    retire_gone: bool = False
    most_changes: float | None = None


class ManyChanges(Exception):  # noqa: N818 (a state of the world that a person is asked about)
    """A file that changes or lacks more of a source's listings than is believable; the message says how many."""


def refuse_many_changes(session: Session, run: ImportRun, report: ImportReport, rules: Rules) -> None:
    """Raise `ManyChanges` where more than the rules allow of what was there is lost, or says something else."""
    if rules.most_changes is None:
        return
    before = _known(session, run) - report.created - report.brought_back
    most = max(rules.most_changes * before, FEW)
    if rules.whole and report.not_in_file > most:
        raise ManyChanges(f"The file lacks {report.not_in_file:,} of {before:,} listings that this source had.")
    if report.updated > most and (changed := _changed_facts(session, run)) > most:
        raise ManyChanges(f"The file changes {changed:,} of {before:,} listings that this source had.")


def _known(session: Session, run: ImportRun) -> int:
    """How many listings the source has that aren't retired."""
    query = select(func.count()).select_from(Provider)
    known = query.where(Provider.source_key == run.source_key, Provider.status != Status.RETIRED)
    return session.scalars(known).one()


def _changed_facts(session: Session, run: ImportRun) -> int:
    """How many listings this run changed in more than the day of their facts."""
    told = select(Revision.changes).where(Revision.import_run_id == run.id, Revision.version > 1)
    return sum(1 for changes in session.scalars(told) if changes.keys() - _DATES)


def retire(session: Session, gone: Iterable[int], change: Change) -> int:
    """Retire the listings with these row ids; gives how many. They are kept, as every listing is."""
    return amend(session, {id_: {"status": Status.RETIRED} for id_ in gone}, change)


def bring_back(session: Session, run: ImportRun, in_file: frozenset[str], change: Change) -> int:
    """Give listings of the file that an import had retired the state they had before; what a person retired stays."""
    retired = select(Provider.id, Provider.source_ref).where(
        Provider.source_key == run.source_key, Provider.status == Status.RETIRED
    )
    ids = [id_ for id_, ref in session.execute(retired) if ref in in_file]
    return amend(session, _states_before(session, ids), change) if ids else 0


def _states_before(session: Session, ids: list[int]) -> Mapping[int, dict[str, Status]]:
    """The state that each listing had before an import retired it, of those whose last change of state that was."""
    states: dict[int, dict[str, Status]] = {}
    query = select(Revision.provider_id, Revision.import_run_id, Revision.changes)
    for id_, of_import, changes in session.execute(
        query.where(Revision.provider_id.in_(ids)).order_by(Revision.provider_id, Revision.version)
    ):
        if "status" in changes:
            before, after = changes["status"]
            states.pop(id_, None)
            if of_import and before and after == Status.RETIRED:
                states[id_] = {"status": Status(before)}
    return states
