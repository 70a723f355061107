"""What saving drafts is going to do, found out by reading alone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.review import FieldGroup, ReviewPolicy
from finder.listings.concealed import concealed
from finder.listings.draft import ListingDraft
from finder.listings.import_conflicts import Contradiction, Noted, contradictions_of, load_noted
from finder.listings.merge import facts_taken
from finder.listings.names import Naming, OthersName, others_names
from finder.listings.policy import policy_in_force
from finder.listings.standing import Facts, Standings, as_told, dates_of, groups_said, load_standings
from finder.listings.stored import Stored, load_stored
from finder.listings.supplement import additions, read_additions, supplemented
from finder.listings.telling import Told, contradicted, held_groups, told_again, told_besides, with_held
from finder.models import ImportConflict, Provider

_ADDRESS = ("address_1", "city", "state", "postal_code")
_AVAILABILITY = ("accepting", "beds", "availability_as_of", "availability_expires")


class Outcome(StrEnum):
    """What saving a draft comes to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What saving one draft does. ``stored`` is the listing that it tells of, none where it makes one.

    ``standings`` is how it stands then, of which ``checks`` are new; none where that stays. ``naming`` is there where
    the source calls the listing otherwise than before, or another source tells something else of it. The
    ``contradictions`` of what people found out wait for a decision; those that ``agree`` no longer do.
    """

    draft: ListingDraft
    facts: Facts
    stored: Stored | None = None
    standings: Standings | None = None
    checks: Standings = field(default_factory=dict)
    naming: Naming | None = None
    contradictions: tuple[Contradiction, ...] = ()
    agree: tuple[ImportConflict, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """New, changed, or as it was."""
        if self.stored is None:
            return Outcome.CREATED
        return Outcome.UNCHANGED if self.facts == self.stored.facts else Outcome.UPDATED

    @property
    def is_of_another_source(self) -> bool:
        """Whether the draft adds to a listing that another source owns."""
        return self.stored is not None and self.stored.source_key != self.draft.source


@dataclass(frozen=True, slots=True)
class _Before:
    """What is known of listings, by row id, before a source speaks again, and the policy of reviews."""

    stored: Mapping[int, Stored]
    standings: Mapping[int, Standings]
    taken: Mapping[int, frozenset[str]]
    names: Mapping[int, Mapping[str, OthersName]]
    noted: Noted
    policy: ReviewPolicy
    today: dt.date


def plan(
    session: Session, drafts: Sequence[ListingDraft], known: Mapping[str, int], today: dt.date, *, of_import: bool
) -> list[Planned]:
    """What saving some hundred drafts of one source does; a fixed number of queries, and nothing is written.

    ``known`` are the row ids of listings that are there, by the names that the drafts have for them. One ``of_import``
    leaves what people found out since the day of its facts (`finder.listings.telling`).
    """
    ids = [known[draft.source_ref] for draft in drafts if draft.source_ref in known]
    before = _before(session, drafts[0].source, ids, today, of_import=of_import) if ids else None
    return [
        _planned(draft, before.stored[known[draft.source_ref]], before, of_import=of_import)
        if before and draft.source_ref in known
        else Planned(draft=draft, facts=draft.facts())
        for draft in drafts
    ]


def _before(session: Session, source: str, ids: Sequence[int], today: dt.date, *, of_import: bool) -> _Before:
    return _Before(
        {stored.id: stored for stored in load_stored(session, Provider.id.in_(ids))},
        load_standings(session, ids),
        facts_taken(session, ids),
        others_names(session, ids) if of_import else {},
        load_noted(session, source, ids) if of_import else {},
        policy_in_force(session),
        today,
    )


def _planned(draft: ListingDraft, stored: Stored, before: _Before, *, of_import: bool) -> Planned:
    said, standings = draft.facts(), before.standings.get(stored.id, {})
    if not of_import:  # a person's edit may change what a person found out or chose; an import may not
        facts = concealed(reconciled(stored.facts, said))
        told = told_again(facts, as_told(said, before.policy), standings, frozenset(), before.today)
        return _as_planned(draft, stored, standings, told)
    is_its_own = stored.source_key == draft.source
    theirs = _theirs(stored, said, before) if is_its_own else supplemented(stored.facts, [said])
    held = held_groups(said, standings)
    told = (_told_by_its_own if is_its_own else _told_by_another)(stored, said, theirs, held, before)
    found = contradicted(stored.facts, theirs, held & groups_said(said)) if held else {}
    waiting, agree = contradictions_of(stored.id, found, draft.source, draft.verified_on, before.noted)
    return replace(
        _as_planned(draft, stored, standings, told),
        naming=_naming(draft, stored, said, before),
        contradictions=waiting,
        agree=agree,
    )


def _as_planned(draft: ListingDraft, stored: Stored, standings: Standings, told: Told) -> Planned:
    return Planned(
        draft=draft,
        facts=told.facts,
        stored=stored,
        standings=None if told.standings == standings else told.standings,
        checks=told.checks,
    )


def _theirs(stored: Stored, said: Facts, before: _Before) -> dict[str, Any]:
    """What a listing's own source says now, with what others add."""
    others = before.names.get(stored.id, {})
    return supplemented(reconciled(stored.facts, said), (read_additions(name.adds) for name in others.values()))


def _told_by_its_own(stored: Stored, said: Facts, theirs: Facts, held: frozenset[FieldGroup], before: _Before) -> Told:
    facts, standings = _kept(stored, theirs, held, before), before.standings.get(stored.id, {})
    told = told_again(facts, as_told(said, before.policy), standings, held, before.today)
    # Where no person has a word in it, the dates are the source's own.
    return replace(told, facts={**facts, **dates_of(told.standings, before.policy)}) if held else told


def _told_by_another(stored: Stored, said: Facts, theirs: Facts, held: frozenset[FieldGroup], before: _Before) -> Told:
    facts, standings = _kept(stored, theirs, held, before), before.standings.get(stored.id, {})
    return told_besides(stored.facts, facts, as_told(said, before.policy), standings, before.today)


def _kept(stored: Stored, theirs: Facts, held: frozenset[FieldGroup], before: _Before) -> dict[str, Any]:
    """The facts, less those of groups that people found out and those that were chosen in a merge."""
    taken = {name: stored.facts[name] for name in before.taken.get(stored.id, ())}
    # What is kept of before may be the exact position of a place that is confidential from now on.
    return concealed(with_held(stored.facts, theirs, held) | taken)


def _naming(draft: ListingDraft, stored: Stored, said: Facts, before: _Before) -> Naming | None:
    if stored.source_key == draft.source:
        was = stored.source_ref
        return Naming(stored.id, draft.source_ref, was) if was != draft.source_ref else None
    adds, name = additions(said), before.names.get(stored.id, {}).get(draft.source)
    if name and name == (draft.source_ref, adds):
        return None
    return Naming(stored.id, draft.source_ref, name and name.ref, adds, name and name.adds)


def reconciled(stored: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What a source says now, less what we know better.

    At the same address a finer position than the source's stays (coordinates from a geocoding table outlive the next
    edition). So does what was said of free places, unless the source says something newer. A listing's state follows
    the source only when the source's reason for a review changed: what a person decided about the same reason, and any
    hiding or retiring with its reason, stands.
    """
    facts = dict(said)
    same_address = all(stored[field] == said[field] for field in _ADDRESS)
    if same_address and stored["precision"].is_finer_than(said["precision"]):
        facts |= {"point": stored["point"], "precision": stored["precision"]}
    if not _is_newer(said["availability_as_of"], stored["availability_as_of"]):
        facts |= {name: stored[name] for name in _AVAILABILITY}
    decided_by_us = stored["status"] in {Status.HIDDEN, Status.RETIRED}
    if decided_by_us or stored["review_reason"] == said["review_reason"]:
        facts |= {"status": stored["status"], "review_reason": stored["review_reason"]}
    return facts


def _is_newer(said: dt.datetime | None, stored: dt.datetime | None) -> bool:
    return said is not None and (stored is None or said > stored)
