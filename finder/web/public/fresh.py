"""How fresh each group of a listing's facts is, and where it comes from."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from finder.domain.availability import Availability
from finder.domain.review import CheckMethod, FieldGroup
from finder.domain.vocabulary import LEVEL_OF_CARE
from finder.listings.freshness import LastChange
from finder.listings.standing import Standings, Stands
from finder.models import Provider
from finder.search.zones import zone_called
from finder.web.filters import clock, day
from finder.web.languages import gettext, lazy_gettext, ngettext
from finder.web.public.listing import COST, FACETS, RUNS, THERE, WHAT, WHO
from finder.web.public.week import ended_once

# What each group is called, how it is called where it is checked, and the facts that make it, as
# `finder.listings.freshness` calls them.
_FACTS: tuple[tuple[lazy_gettext, FieldGroup, tuple[str, ...]], ...] = (
    (lazy_gettext("Phone numbers"), FieldGroup.PHONE, ("phones",)),
    (lazy_gettext("What help they give"), FieldGroup.SERVICES, (LEVEL_OF_CARE, *FACETS[WHAT])),
    (lazy_gettext("Who it is for"), FieldGroup.SERVICES, (*FACETS[WHO], "minimum_age", "maximum_age")),
    (lazy_gettext("Cost and insurance"), FieldGroup.PAYMENT, (*FACETS[COST], "fees")),
    (lazy_gettext("Days and times"), FieldGroup.HOURS, ("schedules",)),
    (lazy_gettext("Address"), FieldGroup.ADDRESS, ("address_1", "address_2", "city", "state", "postal_code")),
    (lazy_gettext("Website and email"), FieldGroup.WEBSITE, ("website", "email")),
    (lazy_gettext("Getting in, and who runs it"), FieldGroup.SERVICES, (*FACETS[THERE], *FACETS[RUNS])),
)
_CHECKED_BY = {
    CheckMethod.CALL: lazy_gettext("Checked by phone on %(day)s."),
    CheckMethod.VISIT: lazy_gettext("Checked by a visit on %(day)s."),
    CheckMethod.WEBSITE: lazy_gettext("Checked on the place's website on %(day)s."),
    CheckMethod.EMAIL: lazy_gettext("Checked by email on %(day)s."),
    CheckMethod.REPRESENTATIVE: lazy_gettext("The place itself told us on %(day)s."),
}


@dataclass(frozen=True, slots=True)
class Fresh:
    """Groups of facts, and where and when they come from, in a sentence."""

    facts: tuple[str, ...]
    told: str


def freshness(listing: Provider, latest: Mapping[str, LastChange], standings: Standings) -> tuple[Fresh, ...]:
    """Where each group of which something is known comes from, those alike together.

    ``latest`` is what `last_changes` gives, ``standings`` how the listing's groups stand.
    """
    alike: dict[str, list[str]] = {}
    for label, group, facts in _FACTS:
        if changes := [latest[fact] for fact in facts if fact in latest]:
            told = _told(listing, max(changes), standings.get(group))
            alike.setdefault(told, []).append(str(label))
    return tuple(Fresh(tuple(labels), told) for told, labels in alike.items())


def _told(listing: Provider, change: LastChange, stands: Stands | None) -> str:
    changed_on, source = change.at.date(), listing.source.name
    checked_on = stands.checked_on if stands else None
    if stands and checked_on and stands.method in _CHECKED_BY and (change.by_source or checked_on >= changed_on):
        return _CHECKED_BY[stands.method] % {"day": day(checked_on)}
    if not change.by_source:
        return gettext("Changed on %(day)s by the people who keep this directory.", day=day(changed_on))
    if checked_on is None:
        return gettext("From: %(source)s. Read on %(day)s.", source=source, day=day(changed_on))
    return gettext("From: %(source)s. Checked on %(day)s.", source=source, day=day(checked_on))


def room_sentences(listing: Provider, now: dt.datetime) -> tuple[str, ...]:
    """What the place said of its room for new people, and when it said so; nothing where that has expired."""
    said = listing.availability_at(now)
    told = tuple(_room(said)) if said else ()
    return (*told, _said_when(said, listing.time_zone)) if said and told else ()


def _room(said: Availability) -> Iterator[str]:
    if said.accepting is not None:
        yield gettext("Takes new people.") if said.accepting else gettext("Takes no new people right now.")
    if said.beds == 0:
        yield gettext("No bed is free.")
    elif said.beds:
        yield ngettext("%(num)s bed is free.", "%(num)s beds are free.", said.beds)


def _said_when(said: Availability, time_zone: str) -> str:
    zone = zone_called(time_zone)
    if zone is None:
        return gettext("They said so on %(day)s.", day=day(said.as_of.date()))
    local = said.as_of.astimezone(zone)
    said_when = gettext("They said so on %(day)s, %(time)s.", day=day(local.date()), time=clock(local.time()))
    return ended_once(said_when)
