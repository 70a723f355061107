"""The part of the form of a listing that says where on the map it is, and by which clock."""

import datetime as dt
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from finder.domain.geo import Point, Precision
from finder.places.geocoder import Located, is_far_from_zip, locate_offline, time_zone_at
from finder.search.zones import zone_called
from finder.web.admin.facts import PRECISIONS
from finder.web.admin.listing_form.address import AddressPart
from finder.web.admin.listing_form.part import Facts, in_one_line
from finder.web.languages import gettext, lazy_gettext
from finder.web.public.week import zone_words

_POSITION = ("latitude", "longitude", "precision")
_PRECISIONS = {precision.value: words for precision, words in PRECISIONS.items() if precision is not Precision.NONE}
# The zones of the states and territories; those that differ only in the past are left out.
_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "America/Adak", "Pacific/Honolulu", "America/Puerto_Rico", "America/St_Thomas"),
    *("Pacific/Guam", "Pacific/Saipan", "Pacific/Pago_Pago", "America/Detroit", "America/Indiana/Indianapolis"),
    *("America/Kentucky/Louisville", "America/Boise"),
)


class PositionPart(AddressPart):
    """Latitude, longitude, what they stand for, and the time zone.

    Where somebody changes the address and leaves the position, that of the old address goes: the middle of the new ZIP
    Code or city takes its place, and ``is_roughly_placed`` is true.
    """

    latitude = StringField(lazy_gettext("Latitude"))
    longitude = StringField(lazy_gettext("Longitude"))
    precision = SelectField(
        lazy_gettext("The position stands for"),
        choices=[SelectChoice(value=code, label=words) for code, words in _PRECISIONS.items()],
    )
    time_zone = SelectField(lazy_gettext("Time zone"))

    is_roughly_placed = False

    def __init__(self, before: Facts, formdata: Any = None, **options: Any) -> None:
        super().__init__(before, formdata, **options)
        self.time_zone.choices = _zone_choices(before)

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        return super().shown(facts) | _position_shown(facts) | {"time_zone": _zone_shown(facts)}

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell."""
        facts = super().said(moment)
        facts |= self._position(facts)
        return facts if self.faulty else facts | {"time_zone": self._zone(facts)}

    def show_position(self, located: Located) -> None:
        """Fill in a position that was found; where the geocoder doesn't say how exact it is, take it for the street."""
        self.latitude.data, self.longitude.data = _degrees(located.point.latitude), _degrees(located.point.longitude)
        self.precision.data = (located.precision or Precision.STREET).value

    def _position(self, facts: Facts) -> dict[str, Any]:
        shown = _position_shown(self.before)
        if any(in_one_line(self[name].data) != shown[name] for name in _POSITION):
            return self._position_typed(facts)
        if not self.has_moved(facts):
            return {"point": self.before["point"], "precision": self.before["precision"]}
        located = locate_offline(facts["postal_code"], facts["city"], facts["state"])
        self.is_roughly_placed = located is not None
        return _as_facts(located.point if located else None, located.precision if located else None)

    def _position_typed(self, facts: Facts) -> dict[str, Any]:
        texts = [in_one_line(field.data).strip() for field in (self.latitude, self.longitude)]
        if not any(texts):
            return _as_facts(None, None)
        point = _point(*texts)
        if point is None:
            refusal = gettext("Enter latitude and longitude in degrees, such as 41.8858 and -87.6229, or neither")
            self.complain(self.latitude, refusal)
        elif is_far_from_zip(point, facts["postal_code"]):
            self.complain(self.longitude, gettext("This position is more than 60 miles from the ZIP Code"))
        if self.precision.data not in _PRECISIONS:
            self.complain(self.precision, gettext("Choose what the position stands for"))
            return {}
        return _as_facts(point, Precision(self.precision.data))

    def _zone(self, facts: Facts) -> str:
        zone = in_one_line(self.time_zone.data)
        is_as_shown = zone == in_one_line(_zone_shown(self.before))
        is_same_place = facts["point"] == self.before["point"] and facts["postal_code"] == self.before["postal_code"]
        if is_as_shown and (zone or is_same_place):
            return str(self.before["time_zone"])
        if not zone:
            return time_zone_at(facts["postal_code"], facts["point"])
        if zone_called(zone) is None:
            self.complain(self.time_zone, gettext("Choose a time zone of the list"))
        return zone


def _as_facts(point: Point | None, precision: Precision | None) -> dict[str, Any]:
    return {"point": point, "precision": precision if point and precision else Precision.NONE}


def _position_shown(facts: Facts) -> dict[str, str]:
    point = facts["point"]
    if point is None:
        return {"latitude": "", "longitude": "", "precision": Precision.ADDRESS.value}
    degrees = {"latitude": _degrees(point.latitude), "longitude": _degrees(point.longitude)}
    return {**degrees, "precision": facts["precision"].value}


def _degrees(degrees: float) -> str:
    return f"{degrees:.6f}"


def _point(latitude: str, longitude: str) -> Point | None:
    try:
        return Point(float(latitude), float(longitude))
    except ValueError:
        return None


def _zone_shown(facts: Facts) -> str:
    """Nothing where the zone is the one that follows from the place."""
    zone: str = facts["time_zone"]
    return "" if zone in {"", time_zone_at(facts["postal_code"], facts["point"])} else zone


def _zone_choices(before: Facts) -> list[SelectChoice]:
    present = before["time_zone"]
    others = [present] if present and present not in _ZONES else []
    named = [SelectChoice(value=zone, label=f"{zone_words(zone)} ({zone})") for zone in (*_ZONES, *others)]
    return [SelectChoice(value="", label=gettext("By the ZIP Code or position")), *named]
