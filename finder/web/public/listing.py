"""What the page of one listing says, grouped as people ask: what, for whom, cost, how and when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from finder.domain.schedule import Schedule
from finder.domain.vocabulary import Facet, Term, vocabulary
from finder.models import Provider
from finder.search import Listed
from finder.web.filters import clock

_WHAT, _WHO, _COST, _ACCESS, _CHECKED = (
    "What help they give",
    "Who it is for",
    "Cost and insurance",
    "Getting in and language",
    "Who runs and checks it",
)
_QUESTIONS: dict[str, tuple[str, ...]] = {
    _WHAT: (
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
    _WHO: ("age_group", "gender", "population"),
    _COST: ("payment", "payment_help"),
    _ACCESS: ("attendance", "language", "accessibility"),
    _CHECKED: ("ownership", "accreditation"),
}


@dataclass(frozen=True, slots=True)
class FacetLine:
    """The codes of one facet that are true of the place."""

    label: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A question that people ask, with what we know: facets, and a sentence of the place's own, or none."""

    question: str
    lines: tuple[FacetLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row that are alike ("Monday to Friday"), and what is on: "9 AM to 5 PM"."""

    name: str
    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListingPage:
    """What the template lays out beside the listing's own fields."""

    groups: tuple[Group, ...]
    week: tuple[Days, ...]
    directions: str


def listing_page(listing: Provider) -> ListingPage:
    """The listing's facts in groups, and its week."""
    terms = terms_by_facet(listing)
    notes = {_WHO: _ages(listing), _COST: listing.fees}
    groups = (
        Group(question, _lines(terms, facets), notes.get(question, "")) for question, facets in _QUESTIONS.items()
    )
    told = tuple(group for group in groups if group.lines or group.note)
    return ListingPage(told, _week(listing), address_line(listing))


def _lines(terms: Mapping[Facet, tuple[Term, ...]], facets: tuple[str, ...]) -> tuple[FacetLine, ...]:
    has = (Facet(facet) for facet in facets if facet in terms)
    return tuple(FacetLine(vocabulary().facet(facet).label(), terms[facet]) for facet in has)


def _ages(listing: Provider) -> str:
    youngest, oldest = listing.minimum_age, listing.maximum_age
    if youngest and oldest:
        return f"Ages {youngest} to {oldest}."
    if youngest:
        return f"Ages {youngest} and older."
    return f"Up to age {oldest}." if oldest else ""


def terms_by_facet(listing: Provider) -> dict[Facet, tuple[Term, ...]]:
    """The listing's tags as terms, by facet, in the vocabulary's order.

    A tag that the vocabulary no longer has is left out: it has no words to show.
    """
    has = {(tag.facet, tag.code) for tag in listing.tags}
    found = {facet.facet: tuple(term for term in facet.terms if term.tag in has) for facet in vocabulary().facets}
    return {facet: terms for facet, terms in found.items() if terms}


def address_line(listing: Provider | Listed) -> str:
    """The address in one line; of a confidential place only the city."""
    street = () if listing.confidential else (listing.address_1, listing.address_2)
    area = f"{listing.city}, {listing.state} {listing.postal_code}".strip(" ,")
    return ", ".join(part for part in (*street, area) if part)


def _week(listing: Provider) -> tuple[Days, ...]:
    by_day: dict[int, list[str]] = {}
    for span in sorted(row.value for row in listing.schedules):
        by_day.setdefault(span.weekday, []).append(span_words(span))
    rows: list[list[int]] = []
    for weekday, times in by_day.items():
        if rows and weekday == rows[-1][-1] + 1 and times == by_day[rows[-1][-1]]:
            rows[-1].append(weekday)
        else:
            rows.append([weekday])
    return tuple(Days(_days_words(row), tuple(by_day[row[0]])) for row in rows)


def span_words(span: Schedule) -> str:
    """One span as people say it: "9 AM to 5 PM", "Day and night", "7 PM: newcomers welcome"."""
    times = clock(span.opens_at)
    if span.closes_at == span.opens_at:
        times = "Day and night"
    elif span.closes_at:
        times = f"{times} to {clock(span.closes_at)}"
    return f"{times}: {span.note}" if span.note else times


def _days_words(weekdays: list[int]) -> str:
    # 1 January 2024 was a Monday.
    names = [f"{dt.date(2024, 1, 1 + weekday):%A}" for weekday in weekdays]
    if len(names) == 7:
        return "Every day"
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
