"""Finding the position of an address: by the geocoder that the operator chose, or else by our own gazetteer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geopy.distance import great_circle
from geopy.exc import ConfigurationError, GeocoderNotFound, GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder

from finder.domain.geo import Point, Precision
from finder.places.gazetteer import gazetteer

_TIMEOUT_SECONDS = 5
_FAR_MILES = 60  # the largest ZIP Codes of the West reach that far
# Nominatim's ranks of an address (https://nominatim.org/release-docs/latest/customize/Ranking/), each from this on.
_RANKS = ((30, Precision.ADDRESS), (26, Precision.STREET), (21, Precision.ZIP), (13, Precision.CITY))
_COUNTY_RANK = 10
# Photon and others that answer with features in GeoJSON.
_KINDS = {
    "house": Precision.ADDRESS,
    "address": Precision.ADDRESS,
    "street": Precision.STREET,
    "postcode": Precision.ZIP,
    "city": Precision.CITY,
    "county": Precision.COUNTY,
    "state": Precision.STATE,
}


class Unanswered(Exception):  # noqa: N818 (a state of the world that people are told of, not an error of the program)
    """The geocoder didn't answer, or refused to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where an address is; ``precision`` is what the point stands for, ``None`` where the geocoder doesn't say that."""

    point: Point
    precision: Precision | None
    label: str


def geocoder_called(name: str, options: Mapping[str, Any]) -> Geocoder:
    """The geocoder of geopy that has this name, made with these arguments.

    Raises ``ValueError``, without the values of the arguments, where there is none or where it doesn't take them.
    """
    try:
        kind = get_geocoder_for_service(name)
        return kind(**{"timeout": _TIMEOUT_SECONDS, **options})
    except GeocoderNotFound as error:
        raise ValueError(f"geopy has no geocoder called {name!r}") from error
    except (TypeError, ValueError, ConfigurationError) as error:
        raise ValueError(f"the geocoder {name} doesn't take the options {', '.join(sorted(options))}") from error


def locate(geocoder: Geocoder, address: str, postal_code: str = "") -> Located | None:
    """Where the geocoder finds an address; ``None`` where it knows none, or one far from its ZIP Code.

    Raises `Unanswered`.
    """
    try:
        found = geocoder.geocode(address)
    except (GeopyError, ValueError, LookupError, TypeError, AttributeError) as error:
        # geopy takes an answer for what the service promises; another one ends in any of these.
        raise Unanswered(type(error).__name__) from error
    if found is None:
        return None
    point = Point(found.latitude, found.longitude)
    if is_far_from_zip(point, postal_code):
        return None
    return Located(point=point, precision=_precision(found.raw), label=found.address or "")


def locate_offline(postal_code: str, city: str, state: str) -> Located | None:
    """The middle of the ZIP Code, or else of the city, by our own gazetteer, which asks nobody."""
    place = gazetteer().zip_place(postal_code)
    if place is None:
        found = gazetteer().find(f"{city}, {state}").places if city and state else ()
        place = found[0] if len(found) == 1 else None
    return Located(point=place.point, precision=place.precision, label=place.label) if place else None


def time_zone_at(postal_code: str, point: Point | None) -> str:
    """The time zone of a ZIP Code, or else of the ZIP Code nearest to a point; empty where neither is known."""
    place = gazetteer().zip_place(postal_code)
    if place and place.time_zone:
        return place.time_zone
    return gazetteer().near(point).time_zone if point else ""


def is_far_from_zip(point: Point, postal_code: str) -> bool:
    """Whether a point is more than 60 miles from the middle of a ZIP Code; never from one that nobody knows."""
    place = gazetteer().zip_place(postal_code)
    if place is None:
        return False
    middle = (place.point.latitude, place.point.longitude)
    return bool(great_circle((point.latitude, point.longitude), middle).miles > _FAR_MILES)


def _precision(raw: Any) -> Precision | None:
    """What the point stands for, of the answers whose form we know."""
    if not isinstance(raw, Mapping):
        return None
    if isinstance(rank := raw.get("place_rank"), int):
        return _of_rank(rank)
    properties = raw.get("properties")
    kind = properties.get("type") if isinstance(properties, Mapping) else None
    return _KINDS.get(kind) if isinstance(kind, str) else None


def _of_rank(rank: int) -> Precision:
    rough = Precision.COUNTY if rank >= _COUNTY_RANK else Precision.STATE
    return next((precision for least, precision in _RANKS if rank >= least), rough)
