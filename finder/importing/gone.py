"""Listings that a file lacks, or that are in it again; and the stop before a feed that broke takes too many along."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.importing.report import ImportReport
from finder.listings import Change, amend
from finder.models import Revision

FEW = 5
"""So many listings may always change: in a small feed they are soon a large share."""

_BATCH = 500


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
    """A file that changes or lacks more of a source's listings than is believable; the message says how many.

    ``report`` is what the import would do besides.
    """

    def __init__(self, message: str, report: ImportReport) -> None:
        super().__init__(message)
        self.report = report


def refuse_many_changes(before: int, changed: int, report: ImportReport, rules: Rules) -> None:
    """Raise `ManyChanges` where more than the rules allow of ``before`` listings that the source had is lost, or says
    something else, as so many ``changed`` ones do.
    """
    if rules.most_changes is None:
        return
    most = max(rules.most_changes * before, FEW)
    if rules.whole and report.not_in_file > most:
        lost = f"The file lacks {report.not_in_file:,} of {before:,} listings that this source had."
        raise ManyChanges(lost, report)
    if changed > most:
        raise ManyChanges(f"The file changes {changed:,} of {before:,} listings that this source had.", report)


def retire(session: Session, gone: Iterable[int], change: Change) -> int:
    """Retire the listings with these row ids; gives how many. They are kept, as every listing is."""
    return amend(session, {id_: {"status": Status.RETIRED} for id_ in gone}, change)


def bring_back(session: Session, states: Mapping[int, Status], change: Change) -> int:
    """Give listings that an import had retired the states that they had before; gives how many."""
    return amend(session, {id_: {"status": status} for id_, status in states.items()}, change)


def states_before(session: Session, ids: Collection[int]) -> dict[int, Status]:
    """The state that each of these retired listings had before an import retired it; what a person retired isn't there.

    A query for each 500.
    """
    found: dict[int, Status] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        found |= _states_before(session, wanted[start : start + _BATCH])
    return found


def _states_before(session: Session, ids: list[int]) -> dict[int, Status]:
    states: dict[int, Status] = {}
    query = select(Revision.provider_id, Revision.import_run_id, Revision.changes)
    for id_, of_import, changes in session.execute(
        query.where(Revision.provider_id.in_(ids)).order_by(Revision.provider_id, Revision.version)
    ):
        if "status" in changes:
            before, after = changes["status"]
            states.pop(id_, None)
            if of_import and before and after == Status.RETIRED:
                states[id_] = Status(before)
    return states
