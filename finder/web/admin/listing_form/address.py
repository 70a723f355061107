"""The part of the form of a listing that is its address."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from wtforms import BooleanField, StringField

from finder.domain.address_key import AddressKey, address_key
from finder.importing.clean.address import clean_state, clean_zip
from finder.importing.clean.text import tidy
from finder.places import gazetteer
from finder.web.admin.listing_form.part import Facts, Part, in_one_line
from finder.web.admin.listing_form.texts import longest
from finder.web.languages import lazy_gettext

_ADDRESS = ("address_1", "address_2", "city", "county", "state", "postal_code")
_CLEANED: Mapping[str, tuple[Callable[[str], str], lazy_gettext]] = {
    "state": (clean_state, lazy_gettext("Enter a state, such as IL or Illinois")),
    "postal_code": (clean_zip, lazy_gettext("Enter a ZIP Code of five digits, such as 60601")),
}


class AddressPart(Part):
    """Street, unit, city, county, state and ZIP Code, and whether the public may know them."""

    address_1 = StringField(lazy_gettext("Street address"))
    address_2 = StringField(lazy_gettext("Suite or floor"))
    city = StringField(lazy_gettext("City"))
    county = StringField(lazy_gettext("County"))
    state = StringField(lazy_gettext("State"))
    postal_code = StringField(lazy_gettext("ZIP Code"))
    confidential = BooleanField(lazy_gettext("The address is confidential"))

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        return super().shown(facts) | {name: facts[name] for name in (*_ADDRESS, "confidential")}

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell. A county that isn't told is that of the new ZIP Code."""
        facts = super().said(moment) | {name: self._address_line(name) for name in _ADDRESS}
        if self.has_moved(facts) and not facts["county"]:
            place = gazetteer().zip_place(facts["postal_code"])
            facts["county"] = place.county if place else ""
        return facts | {"confidential": bool(self.confidential.data)}

    def has_moved(self, facts: Facts) -> bool:
        """Whether these facts have another address than the form was filled in with, but for spelling and suite."""
        return _key(facts) != _key(self.before)

    def _address_line(self, name: str) -> str:
        field, before = self[name], str(self.before[name])
        if in_one_line(field.data) == in_one_line(before):
            return before
        if name not in _CLEANED:
            return self.typed(field, longest(name))
        clean, refusal = _CLEANED[name]
        text = tidy(field.data or "")
        cleaned = clean(text)
        if text and not cleaned:
            self.complain(field, str(refusal))
        return cleaned


def _key(facts: Facts) -> AddressKey:
    return address_key(facts["address_1"], facts["city"], facts["state"], facts["postal_code"])
