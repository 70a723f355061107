"""What all parts of an export need to know."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from finder.domain.vocabulary import FacetTerms, Tag, Term, Vocabulary
from finder.exporting.hsds.ids import taxonomy_id, term_id

Data: TypeAlias = dict[str, Any]

_NOTHING: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Telling:
    """The words for tags, and the moment for which is told: what a place said of its room may have expired then."""

    vocabulary: Vocabulary
    now: dt.datetime

    @cached_property
    def taxonomies(self) -> list[Data]:
        """All facets, in the order of the filter panel."""
        return [_taxonomy(facet) for facet in self.vocabulary.facets]

    @cached_property
    def terms(self) -> dict[Tag, Data]:
        """All codes of all facets, each without its facet's own data."""
        return {term.tag: self._term(facet, term) for facet in self.vocabulary.facets for term in facet.terms}

    def known(self, tags: Iterable[tuple[str, str]]) -> list[Term]:
        """The terms of tags; one that has left the vocabulary is passed over."""
        return [self.vocabulary.term(facet, code) for facet, code in tags if (facet, code) in self.vocabulary]

    def _term(self, facet: FacetTerms, term: Term) -> Data:
        return said(
            id=term_id(term.tag),
            code=str(term.tag),
            name=term.label(),
            description=term.explanation(),
            parent_id=self._parent(term),
            taxonomy=facet.label(),
            taxonomy_id=taxonomy_id(facet.facet),
        )

    def _parent(self, term: Term) -> uuid.UUID | None:
        """The level of care of a kind of care."""
        return term_id(self.vocabulary.term("level_of_care", term.level).tag) if term.level else None


def _taxonomy(facet: FacetTerms) -> Data:
    return {"id": taxonomy_id(facet.facet), "name": facet.label(), "description": facet.explanation()}


def said(**fields: Any) -> Data:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in _NOTHING}
