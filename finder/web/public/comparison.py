"""Places side by side: the facts that people compare, each for every place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from finder.domain.vocabulary import Facet
from finder.models import Provider
from finder.web.filters import checked
from finder.web.languages import gettext, language
from finder.web.public.listing import WHO, address_line, groups, terms_by_facet
from finder.web.public.week import week
from finder.web.wording import words

_FACETS = ("level_of_care", "detox_from", "payment", "payment_help", "language", "medication")

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, and for each place what we know of it, in lines: no line where we know nothing."""

    label: str
    cells: tuple[Lines, ...]


def compared(places: Sequence[Provider]) -> list[Row]:
    """The rows of the comparison, a cell for each place in their order; without facts that we know of none of them."""
    rows = [Row(label, tuple(fact(place) for place in places)) for label, fact in _facts()]
    return [row for row in rows if any(row.cells)]


def labels(place: Provider, facet: str) -> Lines:
    """What people read for the place's codes of this facet."""
    return tuple(term.label(language()) for term in terms_by_facet(place).get(Facet(facet), ()))


def _facts() -> Iterator[tuple[str, Callable[[Provider], Lines]]]:
    for facet in _FACETS:
        yield words().facet(facet).label(language()), partial(labels, facet=facet)
    yield words().facet("age_group").label(language()), _ages
    yield gettext("Days and times"), _hours
    yield gettext("Where"), lambda place: (address_line(place),)
    yield gettext("Last checked"), lambda place: (checked(place),)


def _ages(place: Provider) -> Lines:
    note = groups(place)[WHO].note
    return (*([note] if note else []), *labels(place, "age_group"))


def _hours(place: Provider) -> Lines:
    return tuple(days.words for days in week(row.value for row in place.schedules))
