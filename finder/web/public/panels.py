"""The filters beside the results: each facet with its choices and how many listings each would give."""

from collections.abc import Mapping
from dataclasses import dataclass

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, FacetTerms, vocabulary

_OPEN_FROM_THE_START = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox; ``count`` is how many listings there would be with it, ``None`` before a search."""

    code: str
    label: str
    chosen: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet of the filters."""

    facet: str
    label: str
    explanation: str
    choices: tuple[Choice, ...]
    is_open: bool


Counts = Mapping[Facet, Mapping[Code, int]]
Needs = Mapping[Facet, frozenset[Code]]


def panels(needs: Needs, counts: Counts | None) -> list[Panel]:
    """All facets in which there is something to choose; the first ones, and those chosen from, are open."""
    built = [
        _panel(
            terms,
            needs.get(terms.facet, frozenset()),
            counts[terms.facet] if counts else None,
            is_open=number < _OPEN_FROM_THE_START,
        )
        for number, terms in enumerate(vocabulary().facets)
    ]
    return [panel for panel in built if panel.choices]


def level_panel(needs: Needs) -> Panel:
    """The four kinds of help alone, before a search."""
    return _panel(vocabulary().facet(LEVEL_OF_CARE), needs.get(LEVEL_OF_CARE, frozenset()), None, is_open=True)


def _panel(terms: FacetTerms, chosen: frozenset[Code], counts: Mapping[Code, int] | None, *, is_open: bool) -> Panel:
    choices = (
        Choice(term.code, term.label(), term.code in chosen, counts[term.code] if counts else None)
        for term in terms.terms
    )
    # A choice that would give nothing is noise on a phone, unless it is on or one of the four kinds of help.
    shown = tuple(choice for choice in choices if choice.count != 0 or choice.chosen or terms.facet == LEVEL_OF_CARE)
    return Panel(terms.facet, terms.label(), terms.explanation(), shown, is_open or bool(chosen))
