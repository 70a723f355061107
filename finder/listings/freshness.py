"""When each fact of a listing last changed, and whether its source or somebody here changed it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.models import Revision


class LastChange(NamedTuple):
    """The latest change of a fact; ``by_source`` where the source's own words made it: when it came in, or later."""

    at: dt.datetime
    by_source: bool


def last_changes(session: Session, provider_id: int) -> Mapping[str, LastChange]:
    """The latest change of each fact of a listing that ever said something; one query.

    Facts are called as in `ListingDraft`, but that tags stand by their facets: ``payment``, ``level_of_care``.
    """
    revisions = select(Revision.version, Revision.at, Revision.import_run_id, Revision.changes)
    of_listing = revisions.where(Revision.provider_id == provider_id).order_by(Revision.version)
    latest: dict[str, LastChange] = {}
    for version, at, import_run_id, changes in session.execute(of_listing):
        change = LastChange(at, version == 1 or import_run_id is not None)
        latest |= dict.fromkeys(_facts(changes), change)
    return latest


def _facts(changes: Mapping[str, list[Any]]) -> Iterator[str]:
    for name, (before, after) in changes.items():
        if name == "tags":
            yield from {tag.partition(":")[0] for tag in set(before or ()) ^ set(after or ())}
        else:
            yield name
