"""What templates say in people's words: miles, dates, labels."""

import datetime as dt
from functools import cache

from flask import Flask, render_template
from markupsafe import Markup

from finder.domain.geo import Precision
from finder.domain.phone import PhoneKind
from finder.models import Provider
from finder.orientation.helplines import load_helplines
from finder.orientation.topics import load_topics
from finder.search import Listed

_PHONE_KINDS = {
    PhoneKind.MAIN: "Phone",
    PhoneKind.INTAKE: "To start treatment",
    PhoneKind.HOTLINE: "Hotline, day and night",
    PhoneKind.TTY: "TTY, for people who are deaf or hard of hearing",
    PhoneKind.TEXT: "Text",
}
_ROUGH = {Precision.ZIP: "ZIP code", Precision.CITY: "city", Precision.COUNTY: "county", Precision.STATE: "state"}


def init_app(app: Flask) -> None:
    """Make the filters and what every page shows known to Jinja."""
    app.jinja_env.filters.update(miles=miles, day=day, rough=rough, checked=checked)
    app.jinja_env.globals.update(
        helplines=load_helplines(), topics=load_topics(), phone_kinds=_PHONE_KINDS, static_part=static_part
    )


@cache
def static_part(name: str) -> Markup:
    """A template that depends on nothing but what the product ships, rendered once."""
    return Markup(render_template(name))  # noqa: S704 (the template escaped it)


def miles(distance: float) -> str:
    """A distance as people say it: "0.3 miles", "1 mile", "24 miles"."""
    if distance < 0.1:
        return "less than 0.1 miles"
    shown = f"{distance:.0f}" if distance >= 10 else f"{distance:.1f}".removesuffix(".0")
    return f"{shown} mile" if shown == "1" else f"{shown} miles"


def day(date: dt.date) -> str:
    """A date that can't be misread: "November 22, 2026"."""
    return f"{date:%B} {date.day}, {date.year}"


def clock(time: dt.time) -> str:
    """A time of day: "7 PM", "7:30 PM"."""
    return f"{time:%-I:%M %p}".replace(":00", "")


def checked(listing: Provider | Listed) -> str:
    """When somebody last made sure of the listing, and whether that is long ago."""
    if listing.verified_on is None:
        return "We don't know when this was last checked. Call to make sure."
    overdue = listing.review_due_on is not None and listing.review_due_on < dt.datetime.now(dt.UTC).date()
    return f"Last checked {day(listing.verified_on)}.{' That is a while ago: call to make sure.' if overdue else ''}"


def rough(precision: Precision) -> str:
    """What a position stands for where it isn't the address itself ("ZIP code"), else nothing."""
    return _ROUGH.get(precision, "")
