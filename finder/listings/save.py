"""Saving what a source says: new listings, changed ones, and those that are as they were."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, islice
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.review import FieldGroup, ReviewPolicy
from finder.listings.concealed import concealed
from finder.listings.draft import ListingDraft
from finder.listings.merge import facts_taken
from finder.listings.policy import policy_in_force
from finder.listings.standing import (
    Standings,
    as_told,
    dates_of,
    load_standings,
    note_told,
    replace_standings,
)
from finder.listings.stored import Stored, load_stored
from finder.listings.telling import Told, held_groups, told_again, with_held
from finder.listings.write import Change, NewListing, insert_listings, update_listings
from finder.models import Provider

_BATCH = 500
_ADDRESS = ("address_1", "city", "state", "postal_code")
_AVAILABILITY = ("accepting", "beds", "availability_as_of", "availability_expires")
_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}


@dataclass(frozen=True, slots=True)
class _Before:
    """What is known of listings, by row id, before a source speaks again, and the policy of reviews."""

    standings: Mapping[int, Standings]
    taken: Mapping[int, frozenset[str]]
    policy: ReviewPolicy


class Outcome(StrEnum):
    """What saving a draft came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def save_all(session: Session, drafts: Iterable[ListingDraft], change: Change) -> Counter[Outcome]:
    """Save drafts, each with a revision if it is new or differs; counts what became of them. The caller commits.

    A draft whose (source, source_ref) is known updates that listing; one of an import leaves what people found out
    since the day of its facts (`finder.listings.telling`). Two drafts of one name are the caller's mistake and end in
    an ``IntegrityError`` or the later one's facts.
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
    new = [NewListing(source, draft.source_ref, draft.facts()) for draft in drafts if draft.source_ref not in known]
    ids = [stored.id for stored in known.values()]
    before = _Before(load_standings(session, ids), facts_taken(session, ids), policy_in_force(session))
    told = [
        (stored, _told(stored, draft, before, change)) for draft in drafts if (stored := known.get(draft.source_ref))
    ]
    changed = [(stored, each.facts) for stored, each in told if each.facts != stored.facts]
    heard = {stored.id: each for stored, each in told if each.standings != before.standings.get(stored.id, {})}
    insert_listings(session, new, change)
    update_listings(session, changed, change)
    note_told(session, {id_: each.checks for id_, each in heard.items()}, change.by, change.at)
    replace_standings(session, {id_: each.standings for id_, each in heard.items()})
    return Counter(
        {
            Outcome.CREATED: len(new),
            Outcome.UPDATED: len(changed),
            Outcome.UNCHANGED: len(drafts) - len(new) - len(changed),
        }
    )


def _told(stored: Stored, draft: ListingDraft, before: _Before, change: Change) -> Told:
    said, standings = draft.facts(), before.standings.get(stored.id, {})
    facts, held = reconciled(stored.facts, said), frozenset[FieldGroup]()
    if change.import_run_id:  # a person's edit may change what a person found out or chose; an import may not
        held = held_groups(said, standings)
        taken = before.taken.get(stored.id, frozenset())
        facts = with_held(stored.facts, facts, held) | {name: stored.facts[name] for name in taken}
    # What is kept of before may be the exact position of a place that is confidential from now on.
    facts = concealed(facts)
    told = told_again(facts, as_told(said, before.policy), standings, held, change.at.date())
    # Where no person has a word in it, the dates are the source's own.
    return replace(told, facts={**facts, **dates_of(told.standings, before.policy)}) if held else told


def reconciled(stored: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What a source says now, less what we know better.

    At the same address a finer position than the source's stays (coordinates from a geocoding table outlive the next
    edition). So does what was said of free places, unless the source says something newer. A listing's state follows
    the source only when the source's reason for a review changed: what a person decided about the same reason, and any
    hiding or retiring with its reason, stands.
    """
    facts = dict(said)
    same_address = all(stored[field] == said[field] for field in _ADDRESS)
    if same_address and _FINENESS[stored["precision"]] < _FINENESS[said["precision"]]:
        facts |= {"point": stored["point"], "precision": stored["precision"]}
    if not _is_newer(said["availability_as_of"], stored["availability_as_of"]):
        facts |= {name: stored[name] for name in _AVAILABILITY}
    decided_by_us = stored["status"] in {Status.HIDDEN, Status.RETIRED}
    if decided_by_us or stored["review_reason"] == said["review_reason"]:
        facts |= {"status": stored["status"], "review_reason": stored["review_reason"]}
    return facts


def _is_newer(said: dt.datetime | None, stored: dt.datetime | None) -> bool:
    return said is not None and (stored is None or said > stored)


def _batches(drafts: Iterable[ListingDraft]) -> Iterable[tuple[ListingDraft, ...]]:
    """Up to 500 drafts of one source each: enough to make statements cheap, few enough to keep in memory."""
    for _, of_one_source in groupby(drafts, key=lambda draft: draft.source):
        while batch := tuple(islice(of_one_source, _BATCH)):
            yield batch
