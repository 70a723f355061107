"""What the page of one listing says, grouped as people ask: what, for whom, cost, how and when."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from finder.domain.schedule import Schedule
from finder.domain.vocabulary import Facet, Term, vocabulary
from finder.models import Provider

_QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What help they give",
        (
            "level_of_care",
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
    ),
    ("Who it is for", ("age_group", "gender", "population")),
    ("Cost and insurance", ("payment", "payment_help")),
    ("Getting in and language", ("attendance", "language", "accessibility")),
    ("Who runs and checks it", ("ownership", "accreditation")),
)


@dataclass(frozen=True, slots=True)
class FacetLine:
    """The codes of one facet that are true of the place."""

    label: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A question that people ask, with what we know."""

    question: str
    lines: tuple[FacetLine, ...]


@dataclass(frozen=True, slots=True)
class Weekday:
    """The spans of one day, 0 = Monday."""

    name: str
    spans: tuple[Schedule, ...]


@dataclass(frozen=True, slots=True)
class ListingPage:
    """What the template lays out beside the listing's own fields."""

    groups: tuple[Group, ...]
    week: tuple[Weekday, ...]
    directions: str


def listing_page(listing: Provider) -> ListingPage:
    """The listing's facts in groups, and its week."""
    terms = terms_by_facet(listing)
    groups = tuple(
        Group(
            question,
            tuple(
                FacetLine(vocabulary().facet(facet).label(), terms[Facet(facet)])
                for facet in facets
                if Facet(facet) in terms
            ),
        )
        for question, facets in _QUESTIONS
    )
    return ListingPage(tuple(group for group in groups if group.lines), _week(listing), address_line(listing))


def terms_by_facet(listing: Provider) -> dict[Facet, tuple[Term, ...]]:
    """The listing's tags as terms, by facet, in the vocabulary's order.

    A tag that the vocabulary no longer has is left out: it has no words to show.
    """
    has = {(tag.facet, tag.code) for tag in listing.tags}
    found = {facet.facet: tuple(term for term in facet.terms if term.tag in has) for facet in vocabulary().facets}
    return {facet: terms for facet, terms in found.items() if terms}


def address_line(listing: Provider) -> str:
    """The address in one line; of a confidential place only the city."""
    street = () if listing.confidential else (listing.address_1, listing.address_2)
    area = f"{listing.city}, {listing.state} {listing.postal_code}".strip(" ,")
    return ", ".join(part for part in (*street, area) if part)


def _week(listing: Provider) -> tuple[Weekday, ...]:
    spans = sorted(row.value for row in listing.schedules)
    days = groupby(spans, key=lambda span: span.weekday)
    # 1 January 2024 was a Monday.
    return tuple(Weekday(f"{dt.date(2024, 1, 1 + weekday):%A}", tuple(of_day)) for weekday, of_day in days)
