"""Where the fictional places stand: spread like the population, thickest in the large cities, never far from anywhere.

Population stands in the data by state only. Inside a state we go by ZIP Codes with delivery routes: each serves roughly
the same number of people, and a city that has many of them is large.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

import numpy as np
import zipcodes

from finder.domain.geo import Place
from finder.importing.formats.demonstration.chance import generator
from finder.importing.formats.demonstration.ingredients import Ingredients
from finder.places import gazetteer

_MILES_PER_DEGREE = 69.0
_LARGE_CITY_ZIPS = 5
_OF_ITS_OWN_MILES = 12
_NEAR_ENOUGH_MILES = 60
_LARGE_CITIES_SHARE = 2 / 3
_OUTPOSTS_SHARE = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One place to be filled: ``ref`` is unique and stays ("TX-017"); ``program`` is set where one is wanted there."""

    ref: str
    place: Place
    area_code: str
    program: str = ""


def sites(ingredients: Ingredients) -> Iterator[Site]:
    """All sites, state by state."""
    for state, count in allotment(ingredients).items():
        ground = _State(state)
        draws = _draws(ground, count, ingredients.large_city_programs, generator(ingredients.seed, "sites", state))
        for number, (row, program) in enumerate(draws, 1):
            yield ground.site(row, f"{state}-{number:03}", program)


def allotment(ingredients: Ingredients) -> dict[str, int]:
    """How many listings each state gets: its share of the people, and no fewer than the floor."""
    people = sum(ingredients.population.values())
    return {
        state: max(ingredients.fewest_in_a_state, round(ingredients.listings * residents / people))
        for state, residents in ingredients.population.items()
    }


def _draws(ground: "_State", count: int, programs: Sequence[str], random: Random) -> list[tuple[int, str]]:
    """Row numbers with the program wanted there: large cities first, then outposts, the rest by lot."""
    draws: list[tuple[int, str]] = []
    for city in islice(ground.large_cities(), max(1, int(count * _LARGE_CITIES_SHARE) // len(programs))):
        rows = random.choices(ground.middle_of(city), k=len(programs))
        draws += zip(rows, programs, strict=True)
    draws += [(row, "") for row in ground.outposts([row for row, _ in draws], int(count * _OUTPOSTS_SHARE))]
    return draws + [
        (row, "") for row in random.choices(range(len(ground.rows)), ground.weights(), k=count - len(draws))
    ]


class _State:
    """The ZIP Codes of one state that a listing may stand in, on a plane in miles (good enough to spread listings)."""

    def __init__(self, state: str) -> None:
        self.rows = _usable_zips(state)
        latitudes = np.array([float(row["lat"]) for row in self.rows])
        longitudes = np.array([float(row["long"]) for row in self.rows])
        shrink = np.cos(np.radians(latitudes.mean()))
        self._plane = np.column_stack([latitudes, longitudes * shrink]) * _MILES_PER_DEGREE
        self._cities: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            self._cities[row["city"]].append(number)

    def site(self, row: int, ref: str, program: str) -> Site:
        """The site at a row."""
        place = gazetteer().zip_place(self.rows[row]["zip_code"])
        assert place is not None  # noqa: S101 (narrows a type; the gazetteer knows every ZIP of the package)
        return Site(ref=ref, place=place, area_code=self.rows[row]["area_codes"][0], program=program)

    def weights(self) -> list[float]:
        """A weight by row that favors cities with many ZIPs over their even share."""
        return [len(self._cities[row["city"]]) ** 0.5 for row in self.rows]

    def large_cities(self) -> Iterator[str]:
        """Cities with many ZIPs, largest first (at least one), without those in the shadow of a larger one."""
        taken: list[Any] = []
        for city in sorted(self._cities, key=lambda name: (-len(self._cities[name]), name)):
            if taken and len(self._cities[city]) < _LARGE_CITY_ZIPS:
                return
            center = self._center(city)
            if not taken or _miles(np.array(taken), center).min() > _OF_ITS_OWN_MILES:
                taken.append(center)
                yield city

    def middle_of(self, city: str) -> list[int]:
        """The rows of the inner third of a city's ZIPs, and at least four if it has them."""
        rows = self._cities[city]
        outward = _miles(self._plane[rows], self._center(city)).argsort(kind="stable")
        return [rows[number] for number in outward[: max(4, len(rows) // 3)]]

    def outposts(self, settled: Sequence[int], most: int) -> Iterator[int]:
        """Rows far from all that is settled, the farthest first, until nobody is far or there are ``most``."""
        distances = np.min([self._from(row) for row in settled], axis=0)
        for _ in range(most):
            farthest = int(distances.argmax())
            if distances[farthest] < _NEAR_ENOUGH_MILES:
                return
            yield farthest
            distances = np.minimum(distances, self._from(farthest))

    def _center(self, city: str) -> Any:
        return np.median(self._plane[self._cities[city]], axis=0)

    def _from(self, row: int) -> Any:
        return _miles(self._plane, self._plane[row])


def _miles(points: Any, point: Any) -> Any:
    """How far each of several points on the plane is from one."""
    return np.hypot(*(points - point).T)


def _usable_zips(state: str) -> list[dict[str, Any]]:
    """Active ZIPs with delivery routes; a few have no area code or no position and can't be used."""
    rows = zipcodes.filter_by(state=state, zip_code_type="STANDARD", active=True)  # type: ignore[no-untyped-call]  # typed only in its core
    return [row for row in rows if row["area_codes"] and float(row["lat"])]
