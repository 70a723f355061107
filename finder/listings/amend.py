"""Changing a few facts of listings that are there."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.listings.concealed import concealed
from finder.listings.stored import Stored, load_stored
from finder.listings.write import Change, Conflict, update_listings
from finder.models import Provider, Source

_BATCH = 500


def amend(
    session: Session,
    amendments: Mapping[int, Mapping[str, Any]],
    change: Change,
    *,
    versions: Mapping[int, int] | None = None,
) -> int:
    """Set the named facts of the listings with these row ids; gives how many really changed. The caller commits.

    Fact names are those of `ListingDraft.facts`. ``versions`` are those that the amendments were made for, by row id.
    Raises `Conflict` where a listing is at another version by now, or changes under our hands.
    """
    changed = 0
    ids = iter(sorted(amendments))
    while batch := list(islice(ids, _BATCH)):
        found = load_stored(session, Provider.id.in_(batch))
        _refuse_other_versions(found, versions or {})
        updates = [
            (stored, facts)
            for stored in found
            if (facts := concealed({**stored.facts, **amendments[stored.id]})) != stored.facts
        ]
        update_listings(session, updates, change)
        changed += len(updates)
    return changed


def _refuse_other_versions(found: Iterable[Stored], versions: Mapping[int, int]) -> None:
    for stored in found:
        if stored.version != versions.get(stored.id, stored.version):
            raise Conflict(f"listing {stored.id} is at version {stored.version}, not at {versions[stored.id]}")


def fictional_listings(session: Session) -> list[int]:
    """The row ids of the demonstration's listings that aren't retired; one query."""
    fictional = select(Provider.id).join(Source).where(Source.fictional, Provider.status != Status.RETIRED)
    return list(session.scalars(fictional.order_by(Provider.id)))


def retire_fictional(session: Session, change: Change) -> int:
    """Take demonstration listings off, once real ones are there; gives how many. They are kept, as every listing is."""
    return amend(session, {id_: {"status": Status.RETIRED} for id_ in fictional_listings(session)}, change)
