"""The pins of a map as data: GeoJSON (RFC 7946), with a name for each pin that is one place or a few at one spot."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from finder.domain.geo import Point
from finder.places import gazetteer
from finder.search.clusters import LARGEST_ZOOM, Pin
from finder.search.listed import Listed
from finder.search.spots import Box
from finder.web.directory import current_directory
from finder.web.filters import rough
from finder.web.languages import gettext, page_url

_MOST_NAMED = 120
"""Listings that the pins of one answer name; to read more would cost more than to find them."""

_NUMBER = r"-?\d{1,3}(?:\.\d{1,15})?"
_BOX = re.compile(rf"({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})")


def box_in(text: str) -> Box | None:
    """The box written as "west,south,east,north"; ``None`` where it isn't one."""
    numbers = _BOX.fullmatch(text)
    try:
        return Box(*map(float, numbers.groups())) if numbers else None
    except ValueError:
        return None


def zoom_in(text: str) -> int | None:
    """A zoom that a map of ours has; ``None`` where the text isn't one."""
    return int(text) if re.fullmatch("[0-9]{1,2}", text) and int(text) <= LARGEST_ZOOM else None


def collection(pins: Sequence[Pin], box: Box, zoom: int) -> dict[str, Any]:
    """The pins as features, and beside them the towns whose names belong on this part of the map."""
    listed = _listed(pins)
    return {
        "type": "FeatureCollection",
        "features": [_feature(pin, listed) for pin in pins],
        "towns": [
            {"name": town.name, "coordinates": position(town.point)}
            for town in gazetteer().towns.on_map(box.west, box.south, box.east, box.north, zoom)
        ],
    }


def corners(box: Box) -> list[float]:
    """A box as GeoJSON has it."""
    return [round(degrees, 6) for degrees in (box.west, box.south, box.east, box.north)]


def _listed(pins: Sequence[Pin]) -> Mapping[int, Listed]:
    directory = current_directory()
    ids = list(islice((id_ for pin in pins for id_ in pin.ids), _MOST_NAMED))
    return directory.load(ids, directory.refresh().version) if ids else {}


def _feature(pin: Pin, listed: Mapping[int, Listed]) -> dict[str, Any]:
    places = [_place(listed[id_]) for id_ in pin.ids if id_ in listed]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": position(pin.point)},
        "bbox": corners(pin.box),
        "properties": {"count": pin.count, "places": places},
    }


def position(point: Point) -> list[float]:
    """A point as GeoJSON has it."""
    return [round(point.longitude, 6), round(point.latitude, 6)]


def _place(listing: Listed) -> dict[str, Any]:
    return {
        "name": listing.name,
        "address": page_url("provider", slug=listing.slug),
        "precision": listing.precision.value,
        "note": _note(listing),
    }


def _note(listing: Listed) -> str:
    """Why the pin isn't where the place is; nothing where it is."""
    if listing.confidential:
        return gettext("The address is private. The pin shows only the area.")
    if around := rough(listing.precision):
        return gettext("We know only the %(area)s. The pin shows its middle.", area=around)
    return ""
