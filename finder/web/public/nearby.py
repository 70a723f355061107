"""Other places near one place: of the same kind of help, and of the next on the care path."""

from dataclasses import dataclass

from finder.domain.geo import Place, Precision
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, vocabulary
from finder.models import Provider
from finder.places import gazetteer
from finder.search import Criteria, Directory, Hit, search
from finder.web.languages import gettext, language
from finder.web.wording import words

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Places near, under what they have in common."""

    title: str
    hits: tuple[Hit, ...]


def alternatives(directory: Directory, listing: Provider) -> tuple[Alternatives, ...]:
    """The nearest places of the listing's own levels of care, then those of the next level; none without a position."""
    near = place_of(listing)
    levels = [term.code for term in vocabulary().facet(LEVEL_OF_CARE).terms]
    own = [level for level in levels if (LEVEL_OF_CARE, level) in {(tag.facet, tag.code) for tag in listing.tags}]
    if near is None or not own:
        return ()
    next_level = levels[levels.index(own[-1]) + 1 :][:1]
    asked = [(gettext("The same kind of help"), own)]
    asked += [(_next_title(level), [level]) for level in next_level]
    found = [Alternatives(title, _nearest(directory, near, codes, listing.id)) for title, codes in asked]
    return tuple(each for each in found if each.hits)


def place_of(listing: Provider) -> Place | None:
    """Where the listing is, as searches near it may know: a confidential place only by its ZIP code or city."""
    if listing.confidential or listing.point is None:
        places = gazetteer().find(listing.postal_code[:5] or f"{listing.city}, {listing.state}").places
        return places[0] if len(places) == 1 else None
    precision, state, county = listing.precision, listing.state, listing.county
    if precision is Precision.COUNTY and not county:
        return None
    return Place(label=listing.city, point=listing.point, precision=precision, state=state, county=county)


def _nearest(directory: Directory, near: Place, levels: list[Code], without: int) -> tuple[Hit, ...]:
    needs = {LEVEL_OF_CARE: frozenset(levels)}
    criteria = Criteria.around(near, radius_miles=None, needs=needs, page_size=_SHOWN + 1)
    others = [hit for hit in search(directory, criteria).hits if hit.listing.id != without]
    return tuple(others[:_SHOWN])


def _next_title(level: Code) -> str:
    label = words().label(LEVEL_OF_CARE, level, language())
    return gettext("A next step: %(level)s", level=label)
