"""Saving what a source says: new listings, changed ones, and those that are as they were."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import groupby, islice
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.listings.draft import ListingDraft
from finder.listings.stored import load_stored
from finder.listings.write import Change, NewListing, insert_listings, update_listings
from finder.models import Provider

_BATCH = 500
_ADDRESS = ("address_1", "city", "state", "postal_code")
_AVAILABILITY = ("accepting", "beds", "availability_as_of", "availability_expires")
_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}


class Outcome(StrEnum):
    """What saving a draft came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def save_all(session: Session, drafts: Iterable[ListingDraft], change: Change) -> Counter[Outcome]:
    """Save drafts, each with a revision if it is new or differs; counts what became of them. The caller commits.

    A draft whose (source, source_ref) is known updates that listing. Two drafts of one name are the caller's mistake
    and end in an ``IntegrityError`` or the later one's facts.
    """
    outcomes: Counter[Outcome] = Counter()
    for batch in _batches(drafts):
        outcomes += _save_batch(session, batch, change)
    return outcomes


def _save_batch(session: Session, drafts: tuple[ListingDraft, ...], change: Change) -> Counter[Outcome]:
    refs = [draft.source_ref for draft in drafts]
    source = drafts[0].source
    known = {
        stored.source_ref: stored
        for stored in load_stored(session, Provider.source_key == source, Provider.source_ref.in_(refs))
    }
    new, changed = [], []
    for draft in drafts:
        stored = known.get(draft.source_ref)
        if stored is None:
            new.append(NewListing(source, draft.source_ref, draft.facts()))
        elif (facts := reconciled(stored.facts, draft.facts())) != stored.facts:
            changed.append((stored, facts))
    insert_listings(session, new, change)
    update_listings(session, changed, change)
    return Counter(
        {
            Outcome.CREATED: len(new),
            Outcome.UPDATED: len(changed),
            Outcome.UNCHANGED: len(drafts) - len(new) - len(changed),
        }
    )


def reconciled(stored: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What a source says now, less what we know better.

    At the same address a finer position than the source's stays (coordinates from a geocoding table outlive the next
    edition). So does what was said of free places, unless the source says something newer. A listing's state follows
    the source only when the source's reason for a review changed: what a person decided about the same reason, and any
    hiding or retiring, stands.
    """
    facts = dict(said)
    same_address = all(stored[field] == said[field] for field in _ADDRESS)
    if same_address and _FINENESS[stored["precision"]] < _FINENESS[said["precision"]]:
        facts |= {"point": stored["point"], "precision": stored["precision"]}
    if not _is_newer(said["availability_as_of"], stored["availability_as_of"]):
        facts |= {name: stored[name] for name in _AVAILABILITY}
    decided_by_us = stored["status"] in {Status.HIDDEN, Status.RETIRED}
    if decided_by_us or stored["review_reason"] == said["review_reason"]:
        facts["status"] = stored["status"]
    return facts


def _is_newer(said: dt.datetime | None, stored: dt.datetime | None) -> bool:
    return said is not None and (stored is None or said > stored)


def _batches(drafts: Iterable[ListingDraft]) -> Iterable[tuple[ListingDraft, ...]]:
    """Up to 500 drafts of one source each: enough to make statements cheap, few enough to keep in memory."""
    for _, of_one_source in groupby(drafts, key=lambda draft: draft.source):
        while batch := tuple(islice(of_one_source, _BATCH)):
            yield batch
