"""The cards of a list of results and of the care path, made once a listing, day and language.

Only the distance differs from visitor to visitor, what a place said of its room until that expires, and which needs it
meets where a search was widened.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

from flask import get_template_attribute

from finder.domain.availability import Availability
from finder.domain.phone import Phone, PhoneKind
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Term, Vocabulary
from finder.search import Hit, Listed
from finder.web.filters import day, is_rough, miles
from finder.web.languages import LANGUAGES, gettext, language, ngettext
from finder.web.public.listing import address_line
from finder.web.public.pieces import Html, Piece, joined, pieces_of, slot
from finder.web.public.sentences import met_sentence
from finder.web.wording import words

_TEMPLATE = "components/card.html"
_PAYMENT = Facet("payment")
_PAYMENTS_SHOWN = 4
_TO_CALL = (PhoneKind.MAIN, PhoneKind.INTAKE, PhoneKind.HOTLINE)

# A listing that changed is another object, so a card lives as long as what it was made of.
_Made = WeakKeyDictionary[Listed, tuple[tuple[dt.date, Vocabulary], Piece, Html]]
_made: Mapping[str, _Made] = {code: WeakKeyDictionary() for code in LANGUAGES}
_steps: Mapping[str, WeakKeyDictionary[Listed, Piece]] = {code: WeakKeyDictionary() for code in LANGUAGES}


def cards(hits: Iterable[Hit], today: dt.date, needs: int = 0) -> Html:
    """The cards of these hits, in order; ``today`` is the day by which a check is overdue.

    ``needs`` is how many a search had that gave up some of them: then each card tells which its place meets.
    """
    code = language()
    return joined([_card(hit, today, needs, code) for hit in hits])


def care_path_steps(path: Mapping[Code, Hit | None]) -> Html:
    """The nearest listing of each level of care, or that there is none, in the order of the levels."""
    code = language()
    levels = words().facet(LEVEL_OF_CARE).terms
    return joined([_step(term, path[term.code], code) for term in levels])


def _card(hit: Hit, today: dt.date, needs: int, code: str) -> Html:
    made = _made[code].get(hit.listing)
    if made is None or made[0] != (today, words()):
        made = _made[code][hit.listing] = ((today, words()), _piece(hit.listing), _room(hit.listing.availability))
    met = pieces_of(_TEMPLATE)("met", told=met_sentence(hit, needs)) if needs else ""
    return made[1].fill(distance=_distance(hit, code), met=met, room=made[2] if hit.availability else "")


def _piece(listing: Listed) -> Piece:
    card = get_template_attribute(_TEMPLATE, "card")
    payments = _labels(listing, _PAYMENT)[:_PAYMENTS_SHOWN]
    levels = _labels(listing, LEVEL_OF_CARE)
    slots = {name: slot(name) for name in ("distance", "met", "room")}
    return Piece(card(listing, to_call(listing.phones), address_line(listing), levels, payments, **slots))


def _step(term: Term, hit: Hit | None, code: str) -> Html:
    if hit is None:
        return pieces_of(_TEMPLATE)("no_step", level=term.label(code))
    made = _steps[code].get(hit.listing)
    if made is None:
        step = get_template_attribute(_TEMPLATE, "step")
        phone = to_call(hit.listing.phones)
        made = _steps[code][hit.listing] = Piece(step(hit.listing, phone, slot("level"), slot("distance")))
    return made.fill(level=term.label(code), distance=_distance(hit, code))


def to_call(phones: tuple[Phone, ...]) -> Phone | None:
    """The number to call first: not one for texts or for a TTY, if there is another."""
    return next((phone for phone in phones if phone.kind in _TO_CALL), phones[0] if phones else None)


def _distance(hit: Hit, code: str) -> Html:
    distance = hit.distance_miles
    if distance is None:
        return Html()
    shown = 0 if distance < 0.1 else round(distance, 1) if distance < 9.95 else round(distance)
    return _distance_words(shown, code, about=is_rough(hit.listing.precision))


@lru_cache(maxsize=10_000)
def _distance_words(distance: float, _language: str, *, about: bool) -> Html:
    told = gettext("about %(distance)s", distance=miles(distance)) if about else miles(distance)
    return pieces_of(_TEMPLATE)("distance", told=told)


def _room(said: Availability | None) -> Html:
    """What the place said of its room for new people, to be shown while it counts."""
    if said is None or (said.accepting is None and said.beds is None):
        return Html()
    beds = ngettext("1 free bed", "%(num)s free beds", said.beds) if said.beds else ""
    on = day(said.as_of.date())
    if said.accepting is False:
        told = gettext("Said on %(day)s: takes no new people now", day=on)
    elif said.beds == 0:
        told = gettext("Said on %(day)s: no free beds", day=on)
    elif said.accepting is None:
        told = gettext("Said on %(day)s: %(beds)s", day=on, beds=beds)
    elif beds:
        told = gettext("Said on %(day)s: takes new people, %(beds)s", day=on, beds=beds)
    else:
        told = gettext("Said on %(day)s: takes new people", day=on)
    return pieces_of(_TEMPLATE)("room_line", told=told)


def _labels(listing: Listed, facet: Facet) -> list[str]:
    has = set(listing.codes(facet))
    return [term.label(language()) for term in words().facet(facet).terms if term.code in has]
