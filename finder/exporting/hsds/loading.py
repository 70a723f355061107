"""Reading what an export tells of many listings: a fixed number of queries, however many they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.models import Provider, Revision

_NEWEST = 20  # changes of a listing


def newest_changes(session: Session, ids: Sequence[int]) -> Mapping[int, list[Revision]]:
    """The newest changes of the listings with these row ids, newest first."""
    newest = (
        select(Revision)
        .join(Provider, Provider.id == Revision.provider_id)
        .where(Revision.provider_id.in_(ids), Revision.version > Provider.version - _NEWEST)
        .order_by(Revision.provider_id, Revision.version.desc())
    )
    found: dict[int, list[Revision]] = defaultdict(list)
    for row in session.scalars(newest):
        found[row.provider_id].append(row)
    return found
