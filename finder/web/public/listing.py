"""What the page of one listing says, grouped as people ask: what, for whom, cost, how to get there, who runs it."""

from collections.abc import Mapping
from dataclasses import dataclass

from finder.domain.vocabulary import Facet, Term
from finder.models import Provider
from finder.search import Listed
from finder.web.languages import gettext, language
from finder.web.wording import words

WHAT, WHO, COST, THERE, RUNS = "what", "who", "cost", "there", "runs"
"""The groups of facets, in the order of the page."""

FACETS: Mapping[str, tuple[str, ...]] = {
    WHAT: (
        "kind_of_care",
        "detox_from",
        "substance",
        "medication",
        "therapy",
        "co_occurring",
        "housing",
        "fellowship",
        "meeting_type",
    ),
    WHO: ("age_group", "gender", "population", "language"),
    COST: ("payment", "payment_help"),
    THERE: ("attendance", "accessibility"),
    RUNS: ("ownership", "accreditation"),
}
"""The facets of each group, in the order in which they are told. The levels of care stand at the top of the page."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """The codes of one facet that are true of the place."""

    label: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What we know of one question: a sentence of the place's own, or none, and facets. False where it is nothing."""

    note: str
    lines: tuple[FacetLine, ...]

    def __bool__(self) -> bool:
        return bool(self.note or self.lines)


def groups(listing: Provider) -> Mapping[str, Group]:
    """The listing's facts, by the name of their group."""
    terms = terms_by_facet(listing)
    notes = {WHO: _ages(listing), COST: listing.fees}
    return {name: Group(notes.get(name, ""), _lines(terms, facets)) for name, facets in FACETS.items()}


def _lines(terms: Mapping[Facet, tuple[Term, ...]], facets: tuple[str, ...]) -> tuple[FacetLine, ...]:
    has = (Facet(facet) for facet in facets if facet in terms)
    return tuple(FacetLine(words().facet(facet).label(language()), terms[facet]) for facet in has)


def _ages(listing: Provider) -> str:
    youngest, oldest = listing.minimum_age, listing.maximum_age
    if youngest and oldest:
        return gettext("Ages %(youngest)s to %(oldest)s.", youngest=youngest, oldest=oldest)
    if youngest:
        return gettext("Ages %(youngest)s and older.", youngest=youngest)
    return gettext("Up to age %(oldest)s.", oldest=oldest) if oldest else ""


def terms_by_facet(listing: Provider) -> dict[Facet, tuple[Term, ...]]:
    """The listing's tags as terms, by facet, in the vocabulary's order.

    A tag that the vocabulary no longer has is left out: it has no words to show.
    """
    has = {(tag.facet, tag.code) for tag in listing.tags}
    found = {facet.facet: tuple(term for term in facet.terms if term.tag in has) for facet in words().facets}
    return {facet: terms for facet, terms in found.items() if terms}


def address_line(listing: Provider | Listed) -> str:
    """The address in one line; of a confidential place only the city."""
    street = () if listing.confidential else (listing.address_1, listing.address_2)
    area = f"{listing.city}, {listing.state} {listing.postal_code}".strip(" ,")
    return ", ".join(part for part in (*street, area) if part)
