"""Which listing that is there a draft tells of whose name nobody knows: where that is sure, and nowhere else."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from finder.domain.duplicates import Likeness, Place, Reason, in_common, likeness
from finder.importing.there import FELLOWSHIP, There, WhatIsThere, place_of
from finder.listings import ListingDraft

FEW = 3
"""A number that more listings have is an office's, and says nothing of any one of them."""

_MANY = 20  # with so many listings of one number a draft isn't even compared
_NUMBER = re.compile(r"\d+")


class Matcher:
    """Finds the listings of drafts of one source: those of it that its file lacks, and other sources'.

    ``told_of`` are the row ids of listings that the file tells of by a known name: no other draft is one of them.
    ``whole`` says that the file has all listings of its source, so that those which it lacks are gone.
    """

    def __init__(self, there: WhatIsThere, source: str, told_of: Collection[int], *, whole: bool) -> None:
        self._there = there
        self._source = source
        self._told_of = frozenset(told_of)
        self._whole = whole

    def may_be_there(self, draft: ListingDraft) -> bool:
        """Whether the draft may surely be one of the listings: then all such drafts must be seen to tell."""
        return any(True for _ in self._candidates(draft))

    def matches(self, drafts: Sequence[ListingDraft]) -> dict[str, int]:
        """The row ids of the listings that these drafts surely are, by the drafts' names.

        A listing that might be two of them, and a draft that might be two listings, are none. Better grounds go first.
        Another source's listing that the file tells of already can't be found again, but tells that grounds are weak.
        """
        pairs: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for draft in drafts:
            for rank, id_ in self._not_told_apart(list(self._candidates(draft))):
                pairs[rank].append((draft.source_ref, id_))
        sure: dict[str, int] = {}
        seen: set[str | int] = set()
        for rank in sorted(pairs):
            left = [pair for pair in pairs[rank] if seen.isdisjoint(pair)]
            times = Counter(each for pair in left for each in pair)
            sure |= {ref: id_ for ref, id_ in left if times[ref] == times[id_] == 1 and id_ not in self._told_of}
            seen.update(times)
        return sure

    def suspects(self, draft: ListingDraft) -> list[tuple[int, Likeness]]:
        """The listings that a person should compare with this new one, by row id.

        None of those that the same file has beside it: its source tells them apart, such as a group's meetings and
        those of them that don't take place for now.
        """
        near = [there for there in self._near(draft) if not self._is_in_file(there)]
        if not near:  # so it is with most: nothing of them need be compared
            return []
        new = place_of(draft)
        alike = ((there.id, likeness(new, there.place)) for there in near)
        return [(id_, found) for id_, found in alike if found]

    def _candidates(self, draft: ListingDraft) -> Iterator[tuple[int, int]]:
        """The listings that the draft surely is if nobody else is, each with how good the grounds are: 0 is best."""
        near = self._near(draft)
        if not near:
            return
        new = place_of(draft)
        fellowships = frozenset(tag.code for tag in draft.tags if tag.facet == FELLOWSHIP)
        for there in near:
            if not self._is_in_file(there) and there.fellowships == fellowships:
                rank = self._rank(new, there, confidential=draft.confidential)
                if rank is not None:
                    yield rank, there.id

    def _is_in_file(self, there: There) -> bool:
        """Whether it is this source's own, and the file tells of it by a known name."""
        return there.source == self._source and there.id in self._told_of

    def _rank(self, new: Place, there: There, *, confidential: bool) -> int | None:
        common = in_common(new, there.place)
        if Reason.OTHER_PROGRAM in common:
            return None
        is_there, is_named = Reason.SAME_ADDRESS in common, Reason.SAME_NAME in common
        is_called = not there.fellowships and self._is_called(new, there)
        if there.source == self._source:
            fits = is_called or (Reason.SIMILAR_NAME in common and _numbers(new) == _numbers(there.place))
            grounds = (is_there and is_named, is_there and fits, is_named and is_called)
            return _first(grounds) if self._whole else None
        if confidential or there.confidential:
            return None
        rank = _first((is_there and is_named, is_there and is_called))
        return None if rank is None else 3 + rank

    def _is_called(self, new: Place, there: There) -> bool:
        """Whether the two share a number that isn't an office's."""
        return any(len(self._there.with_phone(number)) <= FEW for number in new.phones & there.place.phones)

    def _near(self, draft: ListingDraft) -> Collection[There]:
        near = {there.id: there for there in self._there.at_address_of(draft)}
        for phone in draft.phones:
            if len(having := self._there.with_phone(phone.number)) <= _MANY:
                near |= {there.id: there for there in having}
        return near.values()

    def _not_told_apart(self, found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Those that people didn't tell apart from another of them."""
        ids = {id_ for _, id_ in found}
        return (pair for pair in found if ids.isdisjoint(self._there.told_apart.get(pair[1], ())))


def _first(grounds: Iterable[bool]) -> int | None:
    return next((rank for rank, applies in enumerate(grounds) if applies), None)


def _numbers(place: Place) -> list[str]:
    return _NUMBER.findall(place.name)
