"""What a listing says, by the groups in which its facts are checked, for the place itself to read."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from finder.domain.review import FieldGroup
from finder.domain.vocabulary import LEVEL_OF_CARE
from finder.models import Provider
from finder.web.filters import PHONE_KINDS
from finder.web.languages import gettext, language, lazy_gettext
from finder.web.public.fresh import room_sentences
from finder.web.public.listing import COST, RUNS, THERE, WHAT, WHO, Group, groups, terms_by_facet
from finder.web.public.week import week

LABELS: Mapping[FieldGroup, lazy_gettext] = {
    FieldGroup.PHONE: lazy_gettext("Phone numbers"),
    FieldGroup.ADDRESS: lazy_gettext("Address"),
    FieldGroup.SERVICES: lazy_gettext("What help they give"),
    FieldGroup.PAYMENT: lazy_gettext("Cost and insurance"),
    FieldGroup.HOURS: lazy_gettext("Days and times"),
    FieldGroup.AVAILABILITY: lazy_gettext("Room for new people"),
    FieldGroup.WEBSITE: lazy_gettext("Website and email"),
    FieldGroup.DESCRIPTION: lazy_gettext("Name and description"),
}


def facts_by_group(listing: Provider, now: dt.datetime) -> Mapping[FieldGroup, tuple[str, ...]]:
    """The lines of each group of which the listing says something now, in the language of the page.

    The listing comes with its phones, tags, schedules and organization. Of a confidential place the address is there:
    whoever reads this is the place itself.
    """
    told = {group: tuple(filter(None, _LINES[group](listing, now))) for group in FieldGroup}
    return {group: lines for group, lines in told.items() if lines}


def _phones(listing: Provider, _now: dt.datetime) -> Iterator[str]:
    return (f"{PHONE_KINDS[row.kind]}: {row.value.label}" for row in listing.phones)


def _address(listing: Provider, _now: dt.datetime) -> Iterator[str]:
    area = f"{listing.city}, {listing.state} {listing.postal_code}".strip(" ,")
    yield ", ".join(filter(None, (listing.address_1, listing.address_2, area)))
    if listing.confidential:
        yield gettext("We keep the address private.")


def _services(listing: Provider, _now: dt.datetime) -> Iterator[str]:
    levels = terms_by_facet(listing).get(LEVEL_OF_CARE, ())
    yield ", ".join(term.label(language()) for term in levels)
    told = groups(listing)
    for name in (WHAT, WHO, THERE, RUNS):
        yield from _details(told[name])


def _payment(listing: Provider, _now: dt.datetime) -> Iterator[str]:
    return _details(groups(listing)[COST])


def _details(group: Group) -> Iterator[str]:
    yield group.note
    for line in group.lines:
        yield f"{line.label}: {', '.join(term.label(language()) for term in line.terms)}"


def _hours(listing: Provider, _now: dt.datetime) -> Iterator[str]:
    return (days.told for days in week(row.value for row in listing.schedules))


def _room(listing: Provider, now: dt.datetime) -> Iterator[str]:
    return iter(room_sentences(listing, now))


def _reach(listing: Provider, _now: dt.datetime) -> Iterator[str]:
    return iter((listing.website, listing.email))


def _description(listing: Provider, _now: dt.datetime) -> Iterator[str]:
    yield listing.name
    yield gettext("Run by %(name)s", name=listing.organization.name) if listing.organization else ""
    yield from (listing.description, listing.alert)


_LINES: Mapping[FieldGroup, Callable[[Provider, dt.datetime], Iterator[str]]] = {
    FieldGroup.PHONE: _phones,
    FieldGroup.ADDRESS: _address,
    FieldGroup.SERVICES: _services,
    FieldGroup.PAYMENT: _payment,
    FieldGroup.HOURS: _hours,
    FieldGroup.AVAILABILITY: _room,
    FieldGroup.WEBSITE: _reach,
    FieldGroup.DESCRIPTION: _description,
}
