"""Where a meeting is, in Meeting Guide's fields."""

from collections.abc import Mapping
from typing import Any

from finder.domain.geo import Precision
from finder.places.states import STATES

CONFIDENTIAL = "The address is confidential. Call first."

_EXACT = frozenset({Precision.ADDRESS, Precision.STREET})
_COUNTRIES = {"US": "USA"}
_ZIP_DIGITS = 5


def where(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The address of a listing, its position and its region, from the largest part to the smallest.

    A position is told where it is the address's own, or where there is no street: programs take one beside a street for
    exact. Of a confidential place neither is.
    """
    street = "" if facts["confidential"] else facts["address_1"]
    zip_code = facts["postal_code"][:_ZIP_DIGITS]
    town = facts["city"] or facts["county"]
    line = (street, town, f"{facts['state']} {zip_code}".strip())
    return {
        "formatted_address": ", ".join(filter(None, (*line, _COUNTRIES.get(facts["country"], facts["country"])))),
        "address": street,
        "city": facts["city"],
        "state": facts["state"],
        "postal_code": zip_code,
        "country": facts["country"],
        "approximate": "no" if street else "yes",
        "location": "" if facts["confidential"] else facts["address_2"],
        "location_notes": CONFIDENTIAL if facts["confidential"] else "",
        "regions": [part for part in (STATES.get(facts["state"], ""), facts["county"], facts["city"]) if part],
        **_position(facts, has_street=bool(street)),
    }


def _position(facts: Mapping[str, Any], *, has_street: bool) -> dict[str, float]:
    point = facts["point"]
    if point is None or facts["confidential"] or (has_street and facts["precision"] not in _EXACT):
        return {}
    return {"latitude": point.latitude, "longitude": point.longitude}
