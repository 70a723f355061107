"""The filters beside the results: each facet with its choices and how many listings each would give.

Two hundred checkboxes take Jinja several times as long as the search takes. So the markup of each facet and choice is
made by the template's macros once, and a page only joins these pieces around its ticks and counts.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from flask import current_app
from markupsafe import Markup

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, FacetTerms, vocabulary
from finder.web.languages import language

_OPEN_FROM_THE_START = 2
_NUMBER = "(number)"  # stands where the number goes while the markup of a choice is made

Counts = Mapping[Facet, Mapping[Code, int]]
Needs = Mapping[Facet, frozenset[Code]]


def filters(needs: Needs, counts: Counts | None) -> Markup:
    """All facets in which there is something to choose; the first ones, and those chosen from, are open.

    Before a search, with no ``counts``, everything can be chosen and no numbers show.
    """
    pieces: list[str] = []
    for number, terms in enumerate(vocabulary().facets):
        chosen = needs.get(terms.facet, frozenset())
        shown = list(_shown(terms, chosen, counts[terms.facet] if counts else None))
        if shown:
            pieces.append(_before(language(), terms.facet, is_open=number < _OPEN_FROM_THE_START or bool(chosen)))
            pieces += shown
            pieces.append(_after())
    return Markup("".join(pieces))  # noqa: S704 (a template escaped each piece; between them stand numbers)


def choices(facet: Facet) -> Markup:
    """The choices of one facet alone, without counts, none of them ticked."""
    return Markup("".join(_shown(vocabulary().facet(facet), frozenset(), None)))  # noqa: S704 (as above)


def _shown(terms: FacetTerms, chosen: frozenset[Code], counts: Mapping[Code, int] | None) -> Iterator[str]:
    for term in terms.terms:
        is_chosen = term.code in chosen
        if counts is None:
            yield _choice(language(), terms.facet, term.code, is_chosen=is_chosen, is_counted=False)[0]
        # A choice that would give nothing is noise on a phone, unless it is on or one of the four kinds of help.
        elif (count := counts[term.code]) or is_chosen or terms.facet == LEVEL_OF_CARE:
            before, after = _choice(language(), terms.facet, term.code, is_chosen=is_chosen, is_counted=True)
            yield f"{before}{count:,}{after}"


@cache
def _choice(_language: str, facet: Facet, code: Code, *, is_chosen: bool, is_counted: bool) -> tuple[str, str]:
    """The markup of a choice before and after its number; without a number all of it, and nothing."""
    term = vocabulary().term(facet, code)
    before, _, after = _macro("choice", term, is_chosen, _NUMBER if is_counted else None).partition(_NUMBER)
    return before, after


@cache
def _before(_language: str, facet: Facet, *, is_open: bool) -> str:
    return _macro("before_choices", vocabulary().facet(facet), is_open)


@cache
def _after() -> str:
    return _macro("after_choices")


def _macro(name: str, *arguments: object) -> str:
    template = current_app.jinja_env.get_template("components/filters.html")
    return str(getattr(template.module, name)(*arguments))
