"""Addresses of fictional places: true cities and ZIPs, invented streets."""

from random import Random
from typing import TypedDict

from finder.domain.geo import Place, Point, Precision
from finder.importing.formats.demonstration.chance import happens
from finder.importing.formats.demonstration.ingredients import Addresses


class Location(TypedDict):
    """The fields of a draft that say where a place is."""

    address_1: str
    address_2: str
    point: Point | None
    precision: Precision


def draw_location(place: Place, addresses: Addresses, random: Random) -> Location:
    """A street address with a pin somewhere around the middle of its ZIP; a few have no pin."""
    street = f"{random.randint(1, addresses.highest_number)} {random.choice(addresses.streets)}"
    unit = random.choice(addresses.units) if happens(random, addresses.unit_percent) else ""
    point = (
        None
        if happens(random, addresses.no_position_percent)
        else _beside(place.point, addresses.jitter_degrees, random)
    )
    return {
        "address_1": street,
        "address_2": unit,
        "point": point,
        "precision": Precision.ADDRESS if point else Precision.NONE,
    }


def area_of(place: Place) -> Location:
    """Where a place is that names no street, because it is confidential or meets online: its ZIP and no more."""
    return {"address_1": "", "address_2": "", "point": place.point, "precision": Precision.ZIP}


def _beside(point: Point, most: float, random: Random) -> Point:
    def moved(degrees: float) -> float:
        return round(degrees + random.uniform(-most, most), 5)

    return Point(moved(point.latitude), moved(point.longitude))
