"""What each fact of a listing is called, and what it says, in plain words: for history, conflicts and comparisons."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.review import CheckMethod, FieldGroup
from finder.domain.schedule import Schedule, ScheduleKind
from finder.domain.vocabulary import Tag
from finder.listings.history import from_json
from finder.web.filters import day
from finder.web.languages import gettext, lazy_gettext
from finder.web.public.week import week
from finder.web.wording import words

STATUSES = {
    Status.DRAFT: lazy_gettext("Draft"),
    Status.PUBLISHED: lazy_gettext("Published"),
    Status.HIDDEN: lazy_gettext("Hidden"),
    Status.RETIRED: lazy_gettext("Retired"),
}
PHONE_KINDS = {
    PhoneKind.MAIN: lazy_gettext("main"),
    PhoneKind.INTAKE: lazy_gettext("to start treatment"),
    PhoneKind.HOTLINE: lazy_gettext("hotline"),
    PhoneKind.TTY: lazy_gettext("TTY"),
    PhoneKind.TEXT: lazy_gettext("text"),
}
PRECISIONS = {
    Precision.ADDRESS: lazy_gettext("exactly the address"),
    Precision.STREET: lazy_gettext("the street"),
    Precision.ZIP: lazy_gettext("the ZIP Code"),
    Precision.CITY: lazy_gettext("the city"),
    Precision.COUNTY: lazy_gettext("the county"),
    Precision.STATE: lazy_gettext("the state"),
    Precision.NONE: lazy_gettext("no position"),
}
FIELD_GROUPS = {
    FieldGroup.PHONE: lazy_gettext("Phone"),
    FieldGroup.ADDRESS: lazy_gettext("Address"),
    FieldGroup.SERVICES: lazy_gettext("Services"),
    FieldGroup.PAYMENT: lazy_gettext("Payment"),
    FieldGroup.HOURS: lazy_gettext("Days and times"),
    FieldGroup.AVAILABILITY: lazy_gettext("Availability"),
    FieldGroup.WEBSITE: lazy_gettext("Website and e-mail"),
    FieldGroup.DESCRIPTION: lazy_gettext("Name and description"),
}
METHODS = {
    CheckMethod.CALL: lazy_gettext("by phone"),
    CheckMethod.VISIT: lazy_gettext("by a visit"),
    CheckMethod.WEBSITE: lazy_gettext("on the website"),
    CheckMethod.EMAIL: lazy_gettext("by e-mail"),
    CheckMethod.REPRESENTATIVE: lazy_gettext("the place said so itself"),
    CheckMethod.IMPORT: lazy_gettext("by an import"),
}
_LABELS: Mapping[str, lazy_gettext] = {
    "name": lazy_gettext("Name"),
    "status": lazy_gettext("Status"),
    "review_reason": lazy_gettext("Reason for the status"),
    "organization": lazy_gettext("Organization"),
    "description": lazy_gettext("Description"),
    "address_1": lazy_gettext("Street address"),
    "address_2": lazy_gettext("Suite or floor"),
    "city": lazy_gettext("City"),
    "county": lazy_gettext("County"),
    "state": lazy_gettext("State"),
    "postal_code": lazy_gettext("ZIP Code"),
    "country": lazy_gettext("Country"),
    "confidential": lazy_gettext("Address is confidential"),
    "point": lazy_gettext("Position on the map"),
    "precision": lazy_gettext("What the position stands for"),
    "time_zone": lazy_gettext("Time zone"),
    "website": lazy_gettext("Website"),
    "email": lazy_gettext("E-mail address"),
    "fees": lazy_gettext("Fees"),
    "alert": lazy_gettext("Alert"),
    "minimum_age": lazy_gettext("Youngest age"),
    "maximum_age": lazy_gettext("Oldest age"),
    "accepting": lazy_gettext("Takes new people"),
    "beds": lazy_gettext("Free beds"),
    "availability_as_of": lazy_gettext("Availability told at"),
    "availability_expires": lazy_gettext("Availability ends at"),
    "verified_on": lazy_gettext("Last checked"),
    "review_due_on": lazy_gettext("Next check due"),
    "phones": lazy_gettext("Phone numbers"),
    "tags": lazy_gettext("Services, payment and other tags"),
    "schedules": lazy_gettext("Days and times"),
}


def fact_label(name: str) -> str:
    """What people call a fact of `ListingDraft`. Raises ``KeyError`` for what is none."""
    return str(_LABELS[name])


def fact_words(name: str, value: Any) -> str:
    """What a fact says, told in words; ``value`` is in JSON's types (`finder.listings.history.as_json`).

    A fact that says nothing is told as "nothing".
    """
    fact = from_json(name, value)
    if fact is None or fact in ("", (), frozenset()):
        return gettext("nothing")
    return _WORDS[name](fact) if name in _WORDS else _plain(fact)


def tag_words(tag: Tag) -> str:
    """The label of a tag, or its code where the vocabulary no longer has it."""
    return words().label(*tag) if tag in words() else tag.code


def moment_words(moment: dt.datetime) -> str:
    """A moment that can't be misread: "November 22, 2026, 15:30 UTC"."""
    return gettext("%(day)s, %(time)s UTC", day=day(moment.date()), time=moment.strftime("%H:%M"))


def _plain(fact: Any) -> str:
    match fact:
        case bool():
            return gettext("yes") if fact else gettext("no")
        case dt.datetime():
            return moment_words(fact)
        case dt.date():
            return day(fact)
        case _:
            return str(fact)


def _phones(phones: tuple[Phone, ...]) -> str:
    return "; ".join(f"{phone.label} ({PHONE_KINDS[phone.kind]})" for phone in phones)


def _tags(tags: frozenset[Tag]) -> str:
    """The labels, facet by facet in the vocabulary's order: "Ways to pay: Medicaid, Medicare"."""
    known = [(facet.label(), [term.tag for term in facet.terms if term.tag in tags]) for facet in words().facets]
    told = [f"{label}: {', '.join(map(tag_words, found))}" for label, found in known if found]
    return "; ".join([*told, *sorted(str(tag) for tag in tags if tag not in words())])


def _schedules(schedules: tuple[Schedule, ...]) -> str:
    meetings = tuple(span for span in schedules if span.kind is ScheduleKind.MEETING)
    hours = tuple(span for span in schedules if span.kind is ScheduleKind.HOURS)
    told = [gettext("Open: %(times)s", times=_week(hours))] if hours else []
    return "; ".join([*told, *([gettext("Meetings: %(times)s", times=_week(meetings))] if meetings else [])])


def _week(spans: tuple[Schedule, ...]) -> str:
    return "; ".join(f"{days.name} {', '.join(time.told for time in days.times)}" for days in week(spans))


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "status": lambda status: str(STATUSES[status]),
    "precision": lambda precision: str(PRECISIONS[precision]),
    "point": lambda point: f"{point.latitude:.5f}, {point.longitude:.5f}",
    "phones": _phones,
    "tags": _tags,
    "schedules": _schedules,
}
