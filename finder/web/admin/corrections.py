"""The few facts that can be corrected beside a question, without the whole form of a listing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from wtforms import FieldList, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from finder.accounts.people import email_of
from finder.domain.phone import Phone, PhoneKind
from finder.domain.review import FACTS_OF, FieldGroup
from finder.importing.clean.phone import read_phone
from finder.importing.clean.text import tidy
from finder.web.admin.facts import PHONE_KINDS
from finder.web.admin.listing_form.part import Facts, Part
from finder.web.admin.listing_form.texts import longest
from finder.web.languages import gettext, lazy_gettext

_MOST_PHONES = 20
_MOST_BEDS = 9999
_ANSWERS = {"": None, "yes": True, "no": False}

CORRECTED_HERE: dict[FieldGroup, tuple[str, ...]] = {
    FieldGroup.PHONE: ("phones",),
    FieldGroup.PAYMENT: ("fees",),
    FieldGroup.AVAILABILITY: ("accepting", "beds"),
    FieldGroup.WEBSITE: ("website", "email"),
}
"""The fields by which facts of a group are corrected."""


class CorrectionsPart(Part):
    """Phone numbers, website, e-mail, fees and room for new people, each filled in with what the listing says."""

    phones = FieldList(StringField(lazy_gettext("Number")), max_entries=_MOST_PHONES)
    website = StringField(lazy_gettext("Website"))
    email = StringField(lazy_gettext("E-mail address"))
    fees = TextAreaField(lazy_gettext("Fees"))
    accepting = SelectField(
        lazy_gettext("Takes new people now"),
        choices=[
            SelectChoice(value="", label=lazy_gettext("They did not say")),
            SelectChoice(value="yes", label=lazy_gettext("Yes")),
            SelectChoice(value="no", label=lazy_gettext("No")),
        ],
        default="",
    )
    beds = StringField(lazy_gettext("Free beds"))

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts: each number, and a line for another one."""
        accepting = {None: "", True: "yes", False: "no"}[facts["accepting"]]
        return {
            "phones": [*(phone.label for phone in facts["phones"]), ""][:_MOST_PHONES],
            "website": facts["website"],
            "email": facts["email"],
            "fees": facts["fees"],
            "accepting": accepting,
            "beds": "" if facts["beds"] is None else str(facts["beds"]),
        }

    def label_of(self, row: int) -> str:
        """What the number in a row is for."""
        phones = self.before["phones"]
        return str(PHONE_KINDS[phones[row].kind]) if row < len(phones) else gettext("another number")

    def corrected(self, moment: dt.datetime, days: int) -> dict[str, Any]:
        """The facts that somebody changed, as they are now; a field that tells none says what is wrong with it.

        What is said of room for new people is believed for so many ``days``.
        """
        facts: dict[str, Any] = {}
        if "phones" in self and self.is_changed("phones"):
            facts["phones"] = self._phones()
        readers = {"website": self._website, "email": self._email, "fees": self._fees}
        facts |= {name: read() for name, read in readers.items() if name in self and self.is_changed(name)}
        if "beds" in self and (self.is_changed("accepting") or self.is_changed("beds")):
            facts |= availability(
                _ANSWERS.get(self.accepting.data), self.whole_number(self.beds, _MOST_BEDS), moment, days
            )
        return {name: fact for name, fact in facts.items() if fact != self.before[name]}

    def is_any_changed(self, names: Iterable[str]) -> bool:
        """Whether one of these fields, of those that there are, says something else than the listing."""
        return any(name in self and self.is_changed(name) for name in names)

    def take_over(self, now: Facts) -> None:
        """Show what the listing says now where nobody typed anything else, after somebody else changed it."""
        for name, value in self.shown(now).items():
            if name in self and not self.is_changed(name):
                self[name].process(None, value)
        self.before = now

    def is_changed(self, name: str) -> bool:
        """Whether a field says something else than the listing."""
        shown, typed = self.shown(self.before)[name], self[name].data
        if name == "phones":
            return [tidy(line or "") for line in typed] not in ([*shown], shown[:-1])
        return tidy(typed or "") != tidy(shown)

    def _phones(self) -> tuple[Phone, ...]:
        before, phones = self.before["phones"], []
        for row, field in enumerate(self.phones):
            kind = before[row].kind if row < len(before) else PhoneKind.MAIN
            text = tidy(field.data or "")
            phone = before[row] if row < len(before) and text == before[row].label else read_phone(text, kind)
            if text and phone is None:
                self.complain(field, gettext("Enter a phone number, such as 312-555-0123 or 312-555-0123 ext. 7"))
            if text and phone:
                phones.append(phone)
        return tuple(dict.fromkeys(phones))

    def _website(self) -> str:
        text = self.typed(self.website, longest("website"))
        address = text if "://" in text or not text else f"https://{text}"
        host = urlsplit(address).netloc if "[" not in address else ""
        if address and (" " in address or "." not in host or not address.lower().startswith(("http://", "https://"))):
            self.complain(self.website, gettext("Enter a web address, such as https://example.org"))
        return address

    def _email(self) -> str:
        text = self.typed(self.email, longest("email"))
        if text and email_of(text) is None:
            self.complain(self.email, gettext("Enter an e-mail address, such as name@example.org"))
        return text

    def _fees(self) -> str:
        return self.typed_lines(self.fees, longest("fees"))


def availability(accepting: bool | None, beds: int | None, moment: dt.datetime, days: int) -> dict[str, Any]:  # noqa: FBT001 (a fact of three values, not a switch)
    """The facts of a place that says this of its room for new people at a moment; nothing where it says nothing."""
    told = accepting is not None or beds is not None
    return {
        "accepting": accepting,
        "beds": beds,
        "availability_as_of": moment if told else None,
        "availability_expires": moment + dt.timedelta(days) if told else None,
    }


def groups_of(facts: Facts) -> frozenset[FieldGroup]:
    """The groups to which these facts belong; tags are not corrected here."""
    return frozenset(group for group, names in FACTS_OF.items() if not set(names).isdisjoint(facts))
