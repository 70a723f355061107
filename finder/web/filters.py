"""What templates say in people's words: miles, dates, labels."""

import datetime as dt
from functools import lru_cache

from babel.dates import format_time
from flask import Flask, render_template
from markupsafe import Markup

from finder.domain.geo import Precision
from finder.domain.phone import PhoneKind
from finder.models import Provider
from finder.orientation.topics import Topic, load_topics
from finder.search import Listed
from finder.web.languages import date_in_words, gettext, language, lazy_gettext
from finder.web.wording import Said, helplines, said

PHONE_KINDS = {
    PhoneKind.MAIN: lazy_gettext("Phone"),
    PhoneKind.INTAKE: lazy_gettext("To start treatment"),
    PhoneKind.HOTLINE: lazy_gettext("Hotline, day and night"),
    PhoneKind.TTY: lazy_gettext("TTY, for people who are deaf or hard of hearing"),
    PhoneKind.TEXT: lazy_gettext("Text"),
}
_ROUGH = {
    Precision.ZIP: lazy_gettext("ZIP code"),
    Precision.CITY: lazy_gettext("city"),
    Precision.COUNTY: lazy_gettext("county"),
    Precision.STATE: lazy_gettext("state"),
}


def init_app(app: Flask) -> None:
    """Make the filters and what every page shows known to Jinja."""
    app.jinja_env.filters.update(miles=miles, day=day, rough=rough, checked=checked)
    app.jinja_env.globals.update(helplines=helplines, topics=topics, phone_kinds=PHONE_KINDS, static_part=static_part)


def topics() -> tuple[Topic, ...]:
    """The topics in the language of the page."""
    return load_topics(language())


def static_part(name: str) -> Markup:
    """A template that depends on nothing but the language and what we say, rendered once for each."""
    return _static_part(name, language(), said())


@lru_cache(maxsize=32)
def _static_part(name: str, _language: str, _said: Said) -> Markup:
    return Markup(render_template(name))  # noqa: S704 (the template escaped it)


def miles(distance: float) -> str:
    """A distance as people say it: "0.3 miles", "1 mile", "24 miles"."""
    if distance < 0.1:
        return gettext("less than 0.1 miles")
    shown = f"{distance:.0f}" if distance >= 10 else f"{distance:.1f}".removesuffix(".0")
    return gettext("1 mile") if shown == "1" else gettext("%(number)s miles", number=shown)


def day(date: dt.date) -> str:
    """A date that can't be misread: "November 22, 2026", "22 de noviembre de 2026"."""
    return date_in_words(date)


def clock(time: dt.time) -> str:
    """A time of day by the clock of twelve hours: "7 PM", "7:30 PM", "7 p. m."."""
    return format_time(time, "h:mm a" if time.minute else "h a", locale=language())


def checked(listing: Provider | Listed) -> str:
    """When somebody last made sure of the listing, and whether that is long ago."""
    if listing.verified_on is None:
        return gettext("We don't know when this was last checked. Call to make sure.")
    overdue = listing.review_due_on is not None and listing.review_due_on < dt.datetime.now(dt.UTC).date()
    told = gettext("Last checked %(day)s.", day=day(listing.verified_on))
    return f"{told} {gettext('That is a while ago: call to make sure.')}" if overdue else told


def is_rough(precision: Precision) -> bool:
    """Whether a position isn't that of the address itself."""
    return precision in _ROUGH


def rough(precision: Precision) -> str:
    """What a position stands for where it isn't the address itself ("ZIP code"), else nothing."""
    return str(_ROUGH.get(precision, ""))
