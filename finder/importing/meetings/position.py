"""Where a group meets: its point as the feed gives it or as the gazetteer knows it, its county and time zone."""

from functools import lru_cache
from typing import NamedTuple

from finder.domain.geo import Place, Point, Precision
from finder.importing.distance import FAR_MILES, miles_between
from finder.importing.meetings.meeting import Address
from finder.places import gazetteer

WRONG_ZIP = "The ZIP Code lies in another state than the address."

_BESIDE_MILES = 25
_COARSE = frozenset({Precision.COUNTY, Precision.STATE})


class Position(NamedTuple):
    """What is known of where an address is; ``recovered`` if the point isn't the feed's. Empty where nothing is."""

    point: Point | None = None
    precision: Precision = Precision.NONE
    city: str = ""
    county: str = ""
    state: str = ""
    time_zone: str = ""
    recovered: bool = False
    doubt: str = ""


def position_of(address: Address, point: Point | None, *, approximate: bool) -> Position:
    """Where ``address`` is. A ``point`` more than 60 miles from its ZIP Code or town is a mistake and isn't used."""
    zip_place = gazetteer().zip_place(address.zip_code) if address.zip_code else None
    lies_elsewhere = zip_place is not None and bool(address.state) and zip_place.state != address.state
    known = (None if lies_elsewhere else zip_place) or _town(address.city, address.state)
    if point is not None and known is not None and miles_between(point, known.point) > FAR_MILES:
        point = None
    around = known or (_beside(point) if point else None)
    doubt = WRONG_ZIP if lies_elsewhere else ""
    precision = _precision(address, around, approximate=approximate) if point else Precision.NONE
    if around is None:
        return Position(point, precision, doubt=doubt)
    recovered = point is None
    return Position(
        point=point or around.point,
        precision=around.precision if recovered else precision,
        city=around.city,
        county=around.county,
        state=around.state,
        time_zone=around.time_zone or gazetteer().near(around.point).time_zone,
        recovered=recovered,
        doubt=doubt,
    )


def _precision(address: Address, around: Place | None, *, approximate: bool) -> Precision:
    """What the feed's own point stands for."""
    if approximate or not address.street:
        if around and around.precision in _COARSE:
            return around.precision
        return Precision.ZIP if address.zip_code else Precision.CITY
    return Precision.ADDRESS if any(sign.isdigit() for sign in address.street) else Precision.STREET


@lru_cache(maxsize=4096)
def _town(city: str, state: str) -> Place | None:
    """The town, county or state of this name, whichever the gazetteer takes it for."""
    if not state:
        return None
    places = gazetteer().find(f"{city}, {state}" if city else state).places
    return next((place for place in places if place.state == state), None)


@lru_cache(maxsize=4096)
def _beside(point: Point) -> Place | None:
    """The place of the nearest ZIP Code, unless that is far: abroad or at sea."""
    place = gazetteer().near(point)
    return place if miles_between(point, place.point) <= _BESIDE_MILES else None
