"""The part of the form of a listing that is its phone numbers."""

import datetime as dt
from typing import Any

from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from finder.domain.phone import Phone, PhoneKind
from finder.importing.clean.phone import read_phone
from finder.web.admin.facts import PHONE_KINDS
from finder.web.admin.listing_form.part import MOST_ROWS, Facts, Part, rows_typed
from finder.web.languages import gettext, lazy_gettext

_NAMES = ("number", "kind", "extension")


class PhoneRow(Form):
    """One number."""

    number = StringField(lazy_gettext("Number"))
    kind = SelectField(
        lazy_gettext("What it is for"),
        choices=[SelectChoice(value=kind.value, label=words) for kind, words in PHONE_KINDS.items()],
    )
    extension = StringField(lazy_gettext("Extension"))


class PhonesPart(Part):
    """The numbers, in the order in which to try them."""

    phones = FieldList(FormField(PhoneRow), lazy_gettext("Phone numbers"), max_entries=MOST_ROWS)

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        rows = [dict(zip(_NAMES, _shown(phone), strict=True)) for phone in facts["phones"]]
        return super().shown(facts) | {"phones": rows}

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell. A row without number and extension is none."""
        known = {_shown(phone): phone for phone in self.before["phones"]}
        rows = rows_typed(self.phones, _NAMES, lambda texts: not texts[0].strip() and not texts[2].strip())
        phones = (known.get(texts) or self._phone(row, *texts) for row, texts in rows)
        return super().said(moment) | {"phones": tuple(phone for phone in phones if phone)}

    def _phone(self, row: PhoneRow, number: str, kind: str, extension: str) -> Phone | None:
        if kind not in set(PhoneKind):
            self.complain(row.kind, gettext("Choose what the number is for"))
            return None
        whole = f"{number} ext {extension.strip()}" if extension.strip() else number
        phone = read_phone(whole, PhoneKind(kind))
        if phone is None:
            self.complain(row.number, gettext("Enter a phone number that can be dialed, such as 312-555-0123"))
        return phone


def _shown(phone: Phone) -> tuple[str, str, str]:
    return phone.national, phone.kind.value, phone.extension
