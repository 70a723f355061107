"""Tags of all rows, as one set of rows (a bit plane) a tag."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from finder.domain.vocabulary import Code, Facet, Tag, Term, vocabulary
from finder.search.bits import WORD, Bits, sizes, words_for

Counts = Mapping[Facet, Mapping[Code, int]]


class TagPlanes:
    """Which rows have which tag of the vocabulary, in its order; a facet's planes stand together."""

    def __init__(self, tags: Sequence[str]) -> None:
        """From each row's tags as "facet:code facet:code ..."."""
        self._plane_of = {term.tag: plane for plane, term in enumerate(_terms())}
        self._planes = np.zeros((len(self._plane_of), words_for(len(tags))), dtype=np.uint64)
        by_name = {str(tag): plane for tag, plane in self._plane_of.items()}
        # A tag that left the vocabulary may still stand in the database; nobody can ask for it.
        named = ((name, row) for row, names in enumerate(tags) for name in names.split())
        places = (by_name[name] * len(tags) + row for name, row in named if name in by_name)
        plane, row = np.divmod(np.fromiter(places, dtype=np.int64), max(len(tags), 1))
        np.bitwise_or.at(self._planes, (plane, row // WORD), np.uint64(1) << (row % WORD).astype(np.uint64))

    def with_any(self, tags: Iterable[Tag]) -> Bits:
        """The rows that have at least one of the tags."""
        chosen = [self._plane_of[tag] for tag in tags]
        having: Bits = np.bitwise_or.reduce(self._planes[chosen], axis=0)
        return having

    def meeting(self, needs: Mapping[Facet, frozenset[Code]], within: Bits) -> Bits:
        """The rows of ``within`` that meet the needs in every facet."""
        for facet, codes in needs.items():
            if codes:
                within = within & self.with_any(Tag(facet, code) for code in codes)
        return within

    def counts(self, needs: Mapping[Facet, frozenset[Code]], within: Bits) -> Counts:
        """For each code, how many rows of ``within`` have it and meet the needs in every *other* facet."""
        counted = sizes(self._planes & self.meeting(needs, within))
        for facet in (facet for facet, codes in needs.items() if codes):
            others = {other: codes for other, codes in needs.items() if other != facet}
            planes = [self._plane_of[term.tag] for term in vocabulary().facet(facet).terms]
            counted[planes] = sizes(self._planes[planes] & self.meeting(others, within))
        number = iter(counted.tolist())
        return {terms.facet: {term.code: next(number) for term in terms.terms} for terms in vocabulary().facets}


def _terms() -> list[Term]:
    return [term for terms in vocabulary().facets for term in terms.terms]
