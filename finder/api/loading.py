"""Reading what is told: a fixed number of queries, however many listings."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import select

from finder.api.finding import directory
from finder.api.problems import moved, not_found
from finder.domain.listing import Status
from finder.domain.vocabulary import Vocabulary, vocabulary
from finder.exporting.hsds import Telling
from finder.exporting.hsds.loading import newest_changes
from finder.extensions import db
from finder.listings import moved_to_id
from finder.listings.wording import wording_in_force
from finder.models import Organization, Provider, Revision, published_providers
from finder.search import Directory, Version


def telling() -> Telling:
    """The words in force, at the present moment."""
    return Telling(_vocabulary(directory(), directory().version()), directory().now())


def listings(ids: Sequence[int]) -> Sequence[Provider]:
    """Those of the listings that are published, with all that belongs to them, by id."""
    return db.session.scalars(published_providers().where(Provider.id.in_(list(ids))).order_by(Provider.id)).all()


def last_changes(ids: Sequence[int]) -> Iterator[tuple[uuid.UUID, dt.datetime]]:
    """The public ids of those of the listings that are published, and when each was changed last, by id."""
    of_ids = select(Provider.public_id, Provider.updated_at).where(Provider.id.in_(list(ids)))
    yield from db.session.execute(of_ids.where(Provider.status == Status.PUBLISHED).order_by(Provider.id))


def listing(public_id: uuid.UUID, what: str, address: Callable[[uuid.UUID], str]) -> Provider:
    """The listing, which ends the request where the public may see none.

    Of one that was made part of another it leads to the other's ``address``.
    """
    found = db.session.scalars(published_providers().where(Provider.public_id == public_id)).one_or_none()
    if found is None and (kept := moved_to_id(db.session(), public_id)):
        moved(address(kept))
    return found or not_found(what)


def changes(ids: Sequence[int]) -> Mapping[int, list[Revision]]:
    """The newest changes of the listings, newest first."""
    return newest_changes(db.session(), ids)


def organizations(ids: Sequence[int]) -> Sequence[Organization]:
    """The organizations, by id."""
    of_ids = select(Organization).where(Organization.id.in_(list(ids)))
    return db.session.scalars(of_ids.order_by(Organization.id)).all()


def organization(public_id: uuid.UUID) -> Organization:
    """The organization, which ends the request where the public may see nothing that it runs."""
    runs = select(Provider.id).where(Provider.organization_id == Organization.id, Provider.status == Status.PUBLISHED)
    found = db.session.scalar(select(Organization).where(Organization.public_id == public_id, runs.exists()))
    return found or not_found("organization")


def listings_of(ids: Sequence[int]) -> Iterator[Provider]:
    """The published listings that these organizations (row ids) run, with all that belongs to them, by id."""
    run = published_providers().where(Provider.organization_id.in_(ids)).order_by(Provider.id)
    yield from db.session.scalars(run)


@lru_cache(maxsize=2)
def _vocabulary(_directory: Directory, _version: Version) -> Vocabulary:
    return vocabulary().reworded(wording_in_force(db.session()))
