"""The offline gazetteer: from what people type to places, and from points to the places they lie in."""

import functools
from collections.abc import Sequence
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point as GeopyPoint

from finder.domain.geo import Place, Point, Precision
from finder.places.answer import Answer, Unknown
from finder.places.completions import Completion, Completions
from finder.places.coordinates import looks_like_coordinates, point_in, written
from finder.places.counties import County
from finder.places.mending import read_zips
from finder.places.names import MOST_CANDIDATES, Names
from finder.places.nearest import Nearest
from finder.places.offline import Offline
from finder.places.states import MILITARY_STATES
from finder.places.suggestions import Suggestions, nearby_zips
from finder.places.towns import Towns
from finder.places.typed import Parts, TypedZip, joined, parts_of, zip_in
from finder.places.zips import is_military

LONGEST_TEXT = 100
_BESIDE_MILES = 25
_SAME_REGION_MILES = 100
_MILITARY_OFFICES = frozenset({"apo", "fpo", "dpo"})


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """A geopy geocoder over the ZIP Codes of the ``zipcodes`` package. It asks no other machine anything."""

    def __init__(self) -> None:
        super().__init__(adapter_factory=Offline)
        self._zips = read_zips()

    def find(self, text: str) -> Answer:
        """The places that ``text`` may mean. Never raises; longer than 100 characters is no place's name.

        Understands a ZIP ("60601", "60601-1234", "2139" for 02139), a city ("Chicago, IL", "st louis mo", "Omaha"),
        a county, a state, "latitude, longitude", and a street address, of which it knows the ZIP or city at its end.
        """
        if len(text) > LONGEST_TEXT:
            return Answer(unknown=Unknown.TOO_LONG)
        if looks_like_coordinates(text):
            return self._at(text)
        parts = parts_of(text)
        if not parts:
            return Answer(unknown=Unknown.NO_MATCH if text.strip() else Unknown.EMPTY)
        typed_zip = zip_in(parts)
        return self._by_zip(typed_zip, parts) if typed_zip else self._by_name(parts)

    def prepare(self) -> None:
        """Work out now what the first to ask would wait for, a few seconds; a server does before it parts in two."""
        self.find("Chicgo")
        self.complete("Chicgo")
        self.towns.on_map(-180, -90, 180, 90, 0)
        self.near(Point(0, 0))

    def complete(self, text: str) -> tuple[Completion, ...]:
        """Up to eight texts that somebody may be about to type who has typed ``text``, likeliest first; never raises.

        `find` understands each of them. Of coordinates and of what is longer than 100 characters there are none.
        """
        if len(text) > LONGEST_TEXT or looks_like_coordinates(text):
            return ()
        return self._completions.of(text)

    def zip_place(self, code: str) -> Place | None:
        """The place of a ZIP of five digits or ZIP+4 ("60601", "60601-1234", "606011234"); None when there is none."""
        record = self._zips.get(code[:5])
        if record is None or (len(code) > 5 and not _is_plus_four(code[5:])):
            return None
        return record.place()

    def near(self, point: Point) -> Place:
        """The place of the ZIP nearest to ``point``, for its state, county and time zone."""
        return self._nearest.to(point)[0].place()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - part of geopy's interface; nothing here waits
    ) -> Location | list[Location] | None:
        """geopy's way to ask ``find``: the most likely location, or all, or None; ``raw`` holds the place's fields."""
        locations = [_location(place) for place in self.find(query).places]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - part of geopy's interface; nothing here waits
    ) -> Location | list[Location] | None:
        """geopy's way to ask ``near``, of any point geopy understands. Raises ``ValueError`` for what is no point."""
        point = GeopyPoint(query)
        location = _location(self.near(Point(point.latitude, point.longitude)))
        return location if exactly_one else [location]

    @functools.cached_property
    def _names(self) -> Names:
        return Names(self._zips)

    @functools.cached_property
    def _suggestions(self) -> Suggestions:
        return Suggestions(self._names)

    @functools.cached_property
    def _completions(self) -> Completions:
        return Completions(self._names, self._zips)

    @functools.cached_property
    def towns(self) -> Towns:
        """The cities, for the names on a map."""
        return Towns(self._names.cities)

    @functools.cached_property
    def counties(self) -> Sequence[County]:
        """All counties and what stands for them, by state and name."""
        return sorted((county for _, county in self._names.counties.all()), key=lambda each: (each.state, each.name))

    @functools.cached_property
    def _nearest(self) -> Nearest:
        return Nearest(list(self._zips.values()))

    @functools.cached_property
    def _codes(self) -> Sequence[str]:
        return list(self._zips)

    def _by_name(self, parts: Parts) -> Answer:
        if found := self._names.find(parts):
            return Answer(places=tuple(found))
        flat = joined(parts)
        if flat[0] in _MILITARY_OFFICES and flat[-1] in MILITARY_STATES | _MILITARY_OFFICES:
            return Answer(unknown=Unknown.MILITARY)
        return Answer(suggestions=self._suggestions.for_text(parts), unknown=Unknown.NO_MATCH)

    def _by_zip(self, typed: TypedZip, parts: Parts) -> Answer:
        """The ZIP; with the place beside it too when the two disagree ("Chicago, IL 90210")."""
        if typed.leads and not self._names.whole(joined(typed.rest)):
            return self._by_name(parts)  # a house number
        if is_military(typed.code):
            return Answer(unknown=Unknown.MILITARY)
        beside = self._names.find(typed.rest) if typed.rest else []
        record = self._zips.get(typed.code)
        if record is None:
            return Answer(places=tuple(beside)) if beside else self._unknown_zip(typed.code)
        if any(place.state == record.state for place in beside):
            beside = []
        return Answer(places=(record.place(), *beside)[:MOST_CANDIDATES])

    def _unknown_zip(self, code: str) -> Answer:
        return Answer(suggestions=nearby_zips(code, self._codes, self._zips), unknown=Unknown.NO_MATCH)

    def _at(self, text: str) -> Answer:
        """The point itself. A longitude that lost its minus and so left the country is asked back."""
        point = point_in(text)
        if point is None:
            return Answer(unknown=Unknown.NO_MATCH)
        mirrored = Point(point.latitude, -point.longitude)
        if not self._is_in_reach(point) and self._is_in_reach(mirrored):
            return Answer(suggestions=(written(mirrored),), unknown=Unknown.NO_MATCH)
        return Answer(places=(self._point_place(point),))

    def _is_in_reach(self, point: Point) -> bool:
        return self._nearest.to(point)[1] <= _SAME_REGION_MILES

    def _point_place(self, point: Point) -> Place:
        record, miles = self._nearest.to(point)
        label = written(point)
        if miles > _SAME_REGION_MILES:
            return Place(label=label, point=point, precision=Precision.ADDRESS)
        near = f" (near {record.city}, {record.state})" if miles <= _BESIDE_MILES else ""
        return Place(
            label=label + near,
            point=point,
            precision=Precision.ADDRESS,
            state=record.state,
            county=record.county,
            time_zone=record.time_zone,
        )


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process, read at the first call (under a second)."""
    return Gazetteer()


def _is_plus_four(rest: str) -> bool:
    digits = rest.removeprefix("-")
    return len(digits) == 4 and digits.isascii() and digits.isdigit()


def _location(place: Place) -> Location:
    raw = {
        "precision": place.precision.value,
        "state": place.state,
        "county": place.county,
        "city": place.city,
        "postal_code": place.postal_code,
        "time_zone": place.time_zone,
    }
    return Location(place.label, GeopyPoint(place.point.latitude, place.point.longitude), raw)
