"""The part of the form of a listing that is plain text: what it is called, what it says of itself, how to reach it."""

import datetime as dt
from typing import Any

from wtforms import StringField, TextAreaField

from finder.accounts.people import email_of
from finder.models import Organization, Provider
from finder.web.admin.listing_form.part import Facts, Part, in_one_line, one_kind_of_line_end
from finder.web.languages import gettext, lazy_gettext

_LONGEST_TEXT = 5000
_OLDEST = 120
_LINES = ("name", "organization", "website", "email")
_AREAS = ("description", "alert", "fees")
_AGES = ("minimum_age", "maximum_age")


def longest(fact: str) -> int:
    """How many characters a fact may have, as its column says; a column without a limit gets a page of text."""
    column = Organization.__table__.c.name if fact == "organization" else Provider.__table__.c[fact]
    limit: int | None = getattr(column.type, "length", None)
    return limit or _LONGEST_TEXT


class TextsPart(Part):
    """Name, organization, description, alert, website, e-mail, fees and ages."""

    name = StringField(lazy_gettext("Name"))
    organization = StringField(lazy_gettext("Organization"))
    description = TextAreaField(lazy_gettext("Description"))
    alert = TextAreaField(lazy_gettext("Alert"))
    website = StringField(lazy_gettext("Website"))
    email = StringField(lazy_gettext("E-mail address"))
    fees = TextAreaField(lazy_gettext("Fees"))
    minimum_age = StringField(lazy_gettext("Youngest age"))
    maximum_age = StringField(lazy_gettext("Oldest age"))

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        texts = {name: facts[name] for name in (*_LINES, *_AREAS)}
        return super().shown(facts) | texts | _ages_shown(facts)

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell."""
        facts = super().said(moment)
        for name in _LINES:
            is_as_shown = in_one_line(self[name].data) == in_one_line(self.before[name])
            facts[name] = self.before[name] if is_as_shown else self._text_line(name)
        for name in _AREAS:
            is_as_shown = one_kind_of_line_end(self[name].data) == one_kind_of_line_end(self.before[name])
            facts[name] = self.before[name] if is_as_shown else self.typed_lines(self[name], longest(name))
        if not facts["name"]:
            self.complain(self.name, gettext("Enter the name of the place or group"))
        return facts | self._ages()

    def _text_line(self, name: str) -> str:
        field = self[name]
        if name == "website":
            return self.web_address(field, longest(name))
        text = self.typed(field, longest(name))
        if name == "email" and text and email_of(text) is None:
            self.complain(field, gettext("Enter an e-mail address, such as name@example.org"))
        return text

    def _ages(self) -> dict[str, int | None]:
        if all(self[name].data == shown for name, shown in _ages_shown(self.before).items()):
            return {name: self.before[name] for name in _AGES}
        youngest, oldest = (self.whole_number(self[name], _OLDEST) for name in _AGES)
        if youngest is not None and oldest is not None and youngest > oldest:
            self.complain(self.minimum_age, gettext("The youngest age is above the oldest"))
        return {"minimum_age": youngest, "maximum_age": oldest}


def _ages_shown(facts: Facts) -> dict[str, str]:
    return {name: "" if facts[name] is None else str(facts[name]) for name in _AGES}
