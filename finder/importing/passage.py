"""One way of a file's drafts through the directory, with or without writing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.duplicates import Likeness
from finder.importing.gone import Rules, bring_back, refuse_many_changes, retire, states_before
from finder.importing.matching import Matcher
from finder.importing.own_listings import OwnListings
from finder.importing.report import ImportReport
from finder.importing.telling import tell, tell_gone
from finder.importing.there import WhatIsThere
from finder.listings import Change, ListingDraft, fictional_listings, retire_fictional
from finder.listings.duplicates import suspect
from finder.listings.names import forget, links_of, listings_by_name, told_by_others
from finder.listings.planning import Planned, plan
from finder.listings.save import batches, write


class Passage:
    """Plans batch after batch, writes it where that is wanted, and tells the report.

    What it does follows from what is there when it begins: a plan and an import of one file do the same. ``in_file``
    are all names of listings in the file.
    """

    def __init__(
        self, session: Session, source: str, rules: Rules, in_file: frozenset[str], report: ImportReport
    ) -> None:
        """Read what is there: a few queries."""
        self._session = session
        self._source = source
        self._rules = rules
        self._report = report
        self._known = listings_by_name(session, source, in_file)
        self._own = OwnListings(session, source, self._known.values())
        self._matcher = None
        if self._known.keys() != in_file:
            self._matcher = Matcher(WhatIsThere(session), source, self._known.values(), whole=rules.whole)
        self.names: list[dict[str, Any]] = []
        """What the source calls listings otherwise than before, and adds to others' (`finder.importing.rollback`)."""

    def go(self, drafts: Iterable[ListingDraft], change: Change, *, writing: bool) -> None:
        """Take all drafts through, and then see what the file lacks. Raises `ManyChanges` by the rules."""
        unsure: list[ListingDraft] = []
        for batch in batches(drafts):
            waiting = {draft.source_ref for draft in batch if self._may_be_there(draft)}
            unsure += (draft for draft in batch if draft.source_ref in waiting)
            self._take([draft for draft in batch if draft.source_ref not in waiting], change, writing=writing)
        if self._matcher:
            self._known |= self._matcher.matches(unsure)
        for batch in batches(unsure):
            self._take(batch, change, writing=writing)
        self._end(change, writing=writing)

    def _may_be_there(self, draft: ListingDraft) -> bool:
        return draft.source_ref not in self._known and self._matcher is not None and self._matcher.may_be_there(draft)

    def _take(self, drafts: Sequence[ListingDraft], change: Change, *, writing: bool) -> None:
        if not drafts:
            return
        planned = plan(self._session, drafts, self._known, change.at.date(), of_import=True)
        for each in planned:
            self._own.note(each)
            tell(self._report, each)
        self.names += (each.naming.kept() for each in planned if each.naming)
        alike = dict(self._alike(planned))
        self._report.suspects += sum(map(len, alike.values()))
        if writing:
            made = write(self._session, planned, change)
            suspect(self._session, {made[ref]: found for ref, found in alike.items()})

    def _alike(self, planned: Iterable[Planned]) -> Iterator[tuple[str, Sequence[tuple[int, Likeness]]]]:
        """By the names of new listings, what they look like."""
        new = (each.draft for each in planned if each.stored is None)
        return ((draft.source_ref, self._matcher.suspects(draft)) for draft in new if self._matcher)

    def _end(self, change: Change, *, writing: bool) -> None:
        report, session = self._report, self._session
        states = states_before(session, self._own.retired_in_file)
        self._own.bring_back(states)
        gone = self._own.gone
        # What another source tells of is there, whatever this one lacks.
        retiring = sorted(set(gone) - told_by_others(session, gone)) if self._rules.retire_gone else []
        fictional = fictional_listings(session) if self._own.is_public else []
        report.brought_back, report.retired_gone, report.retired_fictional = map(len, (states, retiring, fictional))
        report.in_review = self._own.in_review()
        tell_gone(report, session, gone)
        refuse_many_changes(self._own.before, self._own.changed, report, self._rules)
        if writing:
            bring_back(session, states, change)
            retire(session, retiring, change)
            self._unlink()
            if fictional:
                retire_fictional(session, change)

    def _unlink(self) -> None:
        """Take off links to others' listings that the file lacks: what they added goes with the owner's next import."""
        if self._rules.retire_gone:
            told_of = set(self._known.values())
            gone = [link for link in links_of(self._session, self._source) if link.provider_id not in told_of]
            forget(self._session, self._source, [link.ref for link in gone])
            self.names += (link.kept() for link in gone)
