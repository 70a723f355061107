"""Saving what a source says: new listings, changed ones, and those that are as they were."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.listings.draft import ListingDraft
from finder.listings.import_conflicts import end_conflicts, note_conflicts
from finder.listings.names import forget, link, rename
from finder.listings.planning import Outcome, Planned, plan
from finder.listings.standing import note_told, replace_standings
from finder.listings.write import Change, NewListing, insert_listings, update_listings
from finder.models import Provider

_BATCH = 500


def save_all(session: Session, drafts: Iterable[ListingDraft], change: Change) -> Counter[Outcome]:
    """Save drafts, each with a revision if it is new or differs; counts what became of them. The caller commits.

    A draft whose (source, source_ref) is known updates that listing; one of an import leaves what people found out
    since the day of its facts (`finder.listings.telling`). Two drafts of one name are the caller's mistake and end in
    an ``IntegrityError`` or the later one's facts.
    """
    outcomes: Counter[Outcome] = Counter()
    for _, of_one_source in groupby(drafts, key=lambda draft: draft.source):
        for batch in batches(of_one_source):
            known = _known(session, batch)
            planned = plan(session, batch, known, change.at.date(), of_import=change.import_run_id is not None)
            write(session, planned, change)
            outcomes.update(each.outcome for each in planned)
    return outcomes


def batches(drafts: Iterable[ListingDraft]) -> Iterable[tuple[ListingDraft, ...]]:
    """Up to 500 drafts each: enough to make statements cheap, few enough to keep in memory."""
    left = iter(drafts)
    while batch := tuple(islice(left, _BATCH)):
        yield batch


def _known(session: Session, drafts: Sequence[ListingDraft]) -> dict[str, int]:
    refs = [draft.source_ref for draft in drafts]
    named = select(Provider.source_ref, Provider.id).where(Provider.source_key == drafts[0].source)
    return dict(session.execute(named.where(Provider.source_ref.in_(refs))).all())


def write(session: Session, planned: Sequence[Planned], change: Change) -> dict[str, int]:
    """Do what was planned for drafts of one source; gives the row ids of the new listings by their names."""
    new = [each for each in planned if each.stored is None]
    told = [(each.stored, each) for each in planned if each.stored is not None]
    made = insert_listings(
        session, [NewListing(each.draft.source, each.draft.source_ref, each.facts) for each in new], change
    )
    update_listings(session, [(stored, each.facts) for stored, each in told if each.outcome is Outcome.UPDATED], change)
    note_told(session, {stored.id: each.checks for stored, each in told}, change.by, change.at)
    standings = {stored.id: each.standings for stored, each in told if each.standings is not None}
    replace_standings(session, standings)
    if change.import_run_id is not None:
        _note(session, planned, change.import_run_id, change.at)
    return dict(zip((each.draft.source_ref for each in new), made, strict=True))


def _new(planned: Planned) -> NewListing:
    return NewListing(planned.draft.source, planned.draft.source_ref, planned.facts)


def _note(session: Session, planned: Sequence[Planned], run_id: int, at: dt.datetime) -> None:
    """Note the names of the listings, and what contradicts what people found out."""
    source = planned[0].draft.source
    namings = [(each, each.naming) for each in planned if each.naming]
    forget(session, source, [each.draft.source_ref for each in planned if each.stored is None])
    rename(session, source, [naming for each, naming in namings if not each.is_of_another_source])
    link(session, source, [naming for each, naming in namings if each.is_of_another_source])
    for each in planned:
        end_conflicts(each.agree)
        note_conflicts(session, each.contradictions, run_id, at)
    session.flush()
