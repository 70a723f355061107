"""The cards of a list of results, made once a listing, day and language.

Only the distance differs from visitor to visitor.
"""

import datetime as dt
from weakref import WeakKeyDictionary

from flask import get_template_attribute
from markupsafe import Markup

from finder.domain.vocabulary import LEVEL_OF_CARE, Facet, vocabulary
from finder.search import Hit, Listed
from finder.web.filters import miles, rough
from finder.web.languages import LANGUAGES, gettext, language
from finder.web.public.listing import address_line

_PAYMENT = Facet("payment")
_PAYMENTS_SHOWN = 4
_DISTANCE = "(distance)"  # stands where the distance goes while a card is made

# A listing that changed is another object, so a card lives as long as what it was made of.
_made: dict[str, WeakKeyDictionary[Listed, tuple[dt.date, str, str]]] = {
    code: WeakKeyDictionary() for code in LANGUAGES
}


def cards(hits: tuple[Hit, ...], today: dt.date) -> Markup:
    """The cards of these hits, in order; ``today`` is the day by which a check is overdue."""
    return Markup("".join(_card(hit, today) for hit in hits))  # noqa: S704 (made and escaped by a template)


def _card(hit: Hit, today: dt.date) -> str:
    in_language = _made[language()]
    made = in_language.get(hit.listing)
    if made is None or made[0] != today:
        made = in_language[hit.listing] = (today, *_parts(hit.listing))
    _, before, after = made
    return f"{before}{_distance(hit)}{after}"


def _distance(hit: Hit) -> str:
    if hit.distance_miles is None:
        return ""
    distance = miles(hit.distance_miles)
    told = gettext("about %(distance)s", distance=distance) if rough(hit.listing.precision) else distance
    return f'<span class="card__distance">{told}</span> · '


def _parts(listing: Listed) -> tuple[str, str]:
    """The card's markup before and after the distance."""
    payments = _labels(listing, _PAYMENT)[:_PAYMENTS_SHOWN]
    card = get_template_attribute("components/card.html", "card")
    markup = card(listing, address_line(listing), _DISTANCE, _labels(listing, LEVEL_OF_CARE), payments)
    before, _, after = str(markup).partition(_DISTANCE)
    return before, after


def _labels(listing: Listed, facet: Facet) -> list[str]:
    has = set(listing.codes(facet))
    return [term.label(language()) for term in vocabulary().facet(facet).terms if term.code in has]
