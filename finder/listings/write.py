"""Rows, revisions and the directory's version, written together."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from finder.listings.history import changes
from finder.listings.plain import insert_plain, insert_values
from finder.listings.slug import slugs_for
from finder.listings.standing import begin_standings, follow_facts
from finder.listings.stored import FACT_COLUMNS, Stored
from finder.models import (
    Base,
    DirectoryVersion,
    Organization,
    Provider,
    ProviderPhone,
    ProviderSchedule,
    ProviderTag,
    Revision,
)

# Public ids follow from what a source calls its listing, so that links and exports survive a rebuilt database.
_PUBLIC_IDS = uuid.UUID("5f0c8d0e-7a53-4c42-9f0e-0b0b3ad0a7c1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes listings, when, why, and in which import if in one; stands in every revision that comes of it."""

    by: str
    at: dt.datetime
    reason: str = ""
    import_run_id: int | None = None


_CHILDREN = ("phones", "tags", "schedules")  # the facts that stand in rows of their own


class Conflict(Exception):  # noqa: N818 (it is a state of the world to be answered, not an error of the program)
    """A listing was changed by somebody else between its reading and this save; nothing of it may be committed."""


@dataclass(frozen=True, slots=True)
class NewListing:
    """A listing that the database doesn't have yet."""

    source: str
    source_ref: str
    facts: Mapping[str, Any]


def public_id(source: str, source_ref: str) -> uuid.UUID:
    """The id under which the public's data knows a listing, the same in every database."""
    return uuid.uuid5(_PUBLIC_IDS, f"{source}:{source_ref}")


def insert_listings(session: Session, listings: Sequence[NewListing], change: Change) -> list[int]:
    """Write new listings with their first revisions; gives their row ids.

    Raises ``IntegrityError`` where one breaks a constraint.
    """
    if not listings:
        return []
    directory_version = next_directory_version(session)
    organizations = _organization_ids(session, (listing.facts["organization"] for listing in listings))
    public_ids = _free_public_ids(session, listings)
    slugs = slugs_for(session, [(listing.facts, key) for listing, key in zip(listings, public_ids, strict=True)])
    rows = [
        _columns(listing.facts, organizations)
        | {
            "source_key": listing.source,
            "source_ref": listing.source_ref,
            "public_id": key,
            "slug": slug,
            "version": 1,
            "directory_version": directory_version,
            "created_at": change.at,
            "updated_at": change.at,
        }
        for listing, key, slug in zip(listings, public_ids, slugs, strict=True)
    ]
    insert_values(session, _table(Provider), rows)
    made = select(Provider.public_id, Provider.id).where(Provider.public_id.in_(public_ids))
    ids = dict(session.execute(made).all())
    listed = [(ids[key], listing.facts) for key, listing in zip(public_ids, listings, strict=True)]
    _insert_children(session, listed)
    _insert_revisions(session, [(id_, 1, {}, facts) for id_, facts in listed], change)
    begin_standings(session, listed, change.by, change.at)
    return [id_ for id_, _ in listed]


def _free_public_ids(session: Session, listings: Sequence[NewListing]) -> list[uuid.UUID]:
    """The listings' public ids; of a name that its source gave to another listing before, one more."""
    ids = [public_id(listing.source, listing.source_ref) for listing in listings]
    taken = set(session.scalars(select(Provider.public_id).where(Provider.public_id.in_(ids))))
    return [
        _next_free(session, listing) if id_ in taken and _is_renamed(session, id_, listing) else id_
        for id_, listing in zip(ids, listings, strict=True)
    ]


def _is_renamed(session: Session, id_: uuid.UUID, listing: NewListing) -> bool:
    """Whether the listing that has this public id is called otherwise by now; else the new one is there already."""
    ref = session.scalar(select(Provider.source_ref).where(Provider.public_id == id_))
    return ref != listing.source_ref


def _next_free(session: Session, listing: NewListing) -> uuid.UUID:
    candidates = (public_id(listing.source, f"{listing.source_ref}#{number}") for number in count(2))
    is_taken = select(Provider.id)
    return next(id_ for id_ in candidates if session.scalar(is_taken.where(Provider.public_id == id_)) is None)


def update_listings(session: Session, updates: Sequence[tuple[Stored, Mapping[str, Any]]], change: Change) -> None:
    """Write new facts over stored ones. Raises `Conflict` where a listing is no longer at the version that was read."""
    if not updates:
        return
    directory_version = next_directory_version(session)
    organizations = _organization_ids(session, (facts["organization"] for _, facts in updates))
    provider = _table(Provider)
    # One statement a row: drivers report how many rows an executemany changed too loosely to detect a conflict by it.
    statement = (
        update(provider)
        .where(provider.c.id == bindparam("row_id"), provider.c.version == bindparam("row_version"))
        .values(version=provider.c.version + 1, directory_version=directory_version, updated_at=change.at)
    )
    rows = [_columns(facts, organizations) for _, facts in updates]
    statement = statement.values({name: bindparam(name) for name in rows[0]})
    for (stored, _), row in zip(updates, rows, strict=True):
        values = row | {"row_id": stored.id, "row_version": stored.version}
        if session.connection().execute(statement, values).rowcount != 1:
            raise Conflict(f"listing {stored.id} is no longer at version {stored.version}")
    _replace_children(
        session, [update for update in updates if any(update[0].facts[name] != update[1][name] for name in _CHILDREN)]
    )
    _insert_revisions(
        session, [(stored.id, stored.version + 1, stored.facts, facts) for stored, facts in updates], change
    )
    follow_facts(session, [(stored.id, stored.facts, facts) for stored, facts in updates], change.at.date())


def _columns(facts: Mapping[str, Any], organizations: Mapping[str, int]) -> dict[str, Any]:
    point = facts["point"]
    return {name: facts[name] for name in FACT_COLUMNS} | {
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "organization_id": organizations.get(facts["organization"]),
    }


def _organization_ids(session: Session, names: Iterable[str]) -> dict[str, int]:
    """The ids of the named organizations; those that are new are written first."""
    wanted = sorted({name for name in names if name})
    query = select(Organization.name, Organization.id).where(Organization.name.in_(wanted))
    known = dict(session.execute(query).all())
    new = [{"name": name, "public_id": public_id("organization", name)} for name in wanted if name not in known]
    if new:
        session.execute(insert(_table(Organization)), new)
        known = dict(session.execute(query).all())
    return known


def _replace_children(session: Session, updates: Sequence[tuple[Stored, Mapping[str, Any]]]) -> None:
    if not updates:
        return
    ids = [stored.id for stored, _ in updates]
    for child in (ProviderPhone, ProviderTag, ProviderSchedule):
        session.execute(delete(_table(child)).where(_table(child).c.provider_id.in_(ids)))
    _insert_children(session, [(stored.id, facts) for stored, facts in updates])


def _insert_children(session: Session, listed: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    phones = [
        (id_, position, phone.number, phone.kind.value, phone.extension)
        for id_, facts in listed
        for position, phone in enumerate(facts["phones"])
    ]
    tags = [(id_, *tag) for id_, facts in listed for tag in facts["tags"]]
    schedules = [
        {
            "provider_id": id_,
            "position": position,
            "weekday": span.weekday,
            "opens_at": span.opens_at,
            "closes_at": span.closes_at,
            "kind": span.kind,
            "note": span.note,
            "join_url": span.join_url,
            "join_phone": span.join_phone,
        }
        for id_, facts in listed
        for position, span in enumerate(facts["schedules"])
    ]
    insert_plain(session, _table(ProviderPhone), phones)
    insert_plain(session, _table(ProviderTag), tags)
    insert_values(session, _table(ProviderSchedule), schedules)


def _insert_revisions(
    session: Session, written: Iterable[tuple[int, int, Mapping[str, Any], Mapping[str, Any]]], change: Change
) -> None:
    rows = [
        {
            "provider_id": id_,
            "version": version,
            "at": change.at,
            "by": change.by,
            "reason": change.reason,
            "import_run_id": change.import_run_id,
            "changes": changes(before, after),
        }
        for id_, version, before, after in written
    ]
    insert_values(session, _table(Revision), rows)


def next_directory_version(session: Session) -> int:
    """The directory's new version, taken before any listing is written.

    The row stays locked to the end of the transaction, so versions are committed in their order: whoever reads a
    version finds all changes up to it.
    """
    table = _table(DirectoryVersion)
    if session.connection().execute(update(table).values(version=table.c.version + 1)).rowcount == 0:
        session.execute(insert(table), {"id": 1, "version": 1})
    return session.scalars(select(DirectoryVersion.version)).one()


def _table(model: type[Base]) -> Table:
    """The model's table: bulk writes go past the ORM, which costs ten times as much a row."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 (narrows SQLAlchemy's declared type; every model of ours maps one table)
    return table
