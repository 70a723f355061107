"""Places by their names: states, cities, counties, and the cities of street addresses."""

from collections import defaultdict
from collections.abc import Mapping

from finder.domain.geo import Place, Point, Precision
from finder.places.cities import Cities, City, Standing, most_common
from finder.places.counties import Counties
from finder.places.county_names import split_kind
from finder.places.spelling import Words, words
from finder.places.states import STATES, split_state, state_called
from finder.places.typed import Parts, after_street, joined
from finder.places.zips import Zip, center

MOST_CANDIDATES = 10
_LARGE = 10  # standard ZIPs

# What people call large cities, where the data has no such name or has it for a smaller place too.
NICKNAMES: Mapping[Words, Words] = {
    words(nickname): words(name)
    for nickname, name in {
        "ABQ": "Albuquerque NM",
        "Indy": "Indianapolis IN",
        "Jax": "Jacksonville FL",
        "NOLA": "New Orleans LA",
        "NYC": "New York NY",
        "New York City": "New York NY",
        "OKC": "Oklahoma City OK",
        "Philly": "Philadelphia PA",
        "Queens": "Queens County NY",
        "SF": "San Francisco CA",
        "SLC": "Salt Lake City UT",
        "San Fran": "San Francisco CA",
        "St Pete": "Saint Petersburg FL",
        "Vegas": "Las Vegas NV",
    }.items()
}

_BEFORE_NAMES = (
    ("city", "of"),
    ("town", "of"),
    ("township", "of"),
    ("village", "of"),
    ("the",),
    ("near",),
    ("downtown",),
    ("greater",),
)
_AFTER_NAMES = frozenset({"area", "city", "metro", "town", "township", "twp", "village"})


class Names:
    """Finds the places that a name may mean."""

    def __init__(self, zips: Mapping[str, Zip]) -> None:
        self.cities = Cities(zips.values())
        self.counties = Counties(zips.values())
        self._by_state: dict[str, list[Zip]] = defaultdict(list)
        for record in zips.values():
            self._by_state[record.state].append(record)
        # The first reading that finds something wins. "Fort Washington" must be no city "Fort" in Washington, and
        # "Boulder CO" no county, so cities with a state come before counties, and whole names after both.
        self._readings = (
            self._state,
            self._nickname,
            self._city_in_state,
            self._county,
            self._city,
            self._county_unmarked_in_state,
            self._discouraged_in_state,
            self._county_unmarked,
            self._trimmed,
        )

    def find(self, parts: Parts) -> list[Place]:
        """The places that a typed text names as a whole, or that the street address in it ends in; at most ten."""
        for name in (joined(parts), joined(_without_county(parts))):
            if found := self.whole(name):
                return found
        for tail in after_street(parts):
            found = self.whole(tail)
            if found and found[0].precision in {Precision.ZIP, Precision.CITY, Precision.COUNTY}:
                return found
        return []

    def whole(self, name: Words) -> list[Place]:
        """The places that these words name, all of them taken together; at most ten, most likely first."""
        for reading in self._readings:
            if found := reading(name):
                return found[:MOST_CANDIDATES]
        return []

    def _state(self, name: Words) -> list[Place]:
        """A state; before it, the city of the same name where that is a large one: New York and Washington."""
        state = state_called(name)
        if not state:
            return []
        namesakes = self.cities.named(name)[:1] if name == words(STATES[state]) else []
        large = [city.place() for city in namesakes if city.size >= _LARGE]
        return [*large, self._state_place(state)]

    def _state_place(self, state: str) -> Place:
        zips = self._by_state[state]
        return Place(
            label=STATES[state],
            point=Point(*center(zips)),
            precision=Precision.STATE,
            state=state,
            time_zone=most_common(record.time_zone for record in zips),
        )

    def _nickname(self, name: Words) -> list[Place]:
        for rest, state in ((name, ""), *split_state(name)):
            meant = NICKNAMES.get(rest)
            if meant and state in ("", meant[-1].upper()):
                return self.whole(meant)
        return []

    def _city_in_state(self, name: Words) -> list[Place]:
        return [city.place() for city in self._in_states(name) if city.standing < Standing.DISCOURAGED]

    def _discouraged_in_state(self, name: Words) -> list[Place]:
        return [city.place() for city in self._in_states(name)]

    def _in_states(self, name: Words) -> list[City]:
        return [city for rest, state in split_state(name) for city in self.cities.in_state(rest, state)]

    def _county(self, name: Words) -> list[Place]:
        """A county called one: "Cook County", "County of Cook, IL", "Orleans Parish"."""
        for rest, state in (*split_state(name), (name, "")):
            if (split := split_kind(rest)) and (found := self.counties.named(split.bare, state, split.kind)):
                return [county.place() for county in found]
        return []

    def _county_unmarked_in_state(self, name: Words) -> list[Place]:
        return [county.place() for rest, state in split_state(name) for county in self.counties.named(rest, state)]

    def _county_unmarked(self, name: Words) -> list[Place]:
        return [county.place() for county in self.counties.named(name)]

    def _city(self, name: Words) -> list[Place]:
        """Every city of that name, or one alone that dwarfs the rest.

        One alone: at least ten standard ZIPs, and ten times as many as the next. "Chicago" (58, then 1) should not ask
        which; "Portland" (35, then 4) should, for the people of Maine can't be told that theirs is not meant.
        """
        found = self.cities.named(name)
        if len(found) > 1 and found[0].size >= _LARGE and found[0].size >= 10 * found[1].size:
            found = found[:1]
        return [city.place() for city in found[:MOST_CANDIDATES]]

    def _trimmed(self, name: Words) -> list[Place]:
        """The name without words that belong to no name: "City of Chicago", "Cherry Hill Township, NJ"."""
        for lead in _BEFORE_NAMES:
            if name[: len(lead)] == lead and len(name) > len(lead):
                return self.whole(name[len(lead) :])
        for rest, state in (*split_state(name), (name, "")):
            if len(rest) > 1 and rest[-1] in _AFTER_NAMES:
                return self.whole((*rest[:-1], *words(state)))
        return []


def _without_county(parts: Parts) -> Parts:
    """ "Chicago, Illinois" of "Chicago, Cook County, Illinois", as other geocoders write it."""
    if len(parts) < 3:
        return parts
    return (parts[0], *(part for part in parts[1:] if not split_kind(part)))
