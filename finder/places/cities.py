"""Cities: the names that ZIPs carry, and the places those names stand for."""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from finder.domain.geo import Place, Point, Precision
from finder.places.spelling import Words, display, key, key_of
from finder.places.zips import Zip, center, mainly_standard


class Standing(IntEnum):
    """How firmly the Postal Service ties a name to a ZIP, firmest first."""

    OWN = 0
    ACCEPTED = 1
    DISCOURAGED = 2


@dataclass(frozen=True, slots=True)
class City:
    """The ZIPs that carry a name in a state. ``name`` is what to call them: of a discouraged name ("NYC"), their city.

    ``size`` stands in for population: the number of standard ZIPs, halved where the name is merely accepted there,
    quartered where it is discouraged.
    """

    name: str
    state: str
    standing: Standing
    zips: tuple[Zip, ...]

    @property
    def size(self) -> float:
        return sum(record.standard for record in self.zips) / (1, 2, 4)[self.standing]

    def place(self) -> Place:
        """The city as a place to search near; of a discouraged name that a single ZIP carries, that ZIP."""
        if self.standing is Standing.DISCOURAGED and len(self.zips) == 1:
            return self.zips[0].place()
        counted = mainly_standard(self.zips)
        return Place(
            label=f"{self.name}, {self.state}",
            point=Point(*center(counted)),
            precision=Precision.CITY,
            state=self.state,
            county=most_common(record.county for record in counted),
            city=self.name,
            time_zone=most_common(record.time_zone for record in counted),
        )


def most_common(values: Iterable[str]) -> str:
    """The value met most often; of several, the first in the alphabet."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value))


class _Carried(NamedTuple):
    """One name on one ZIP."""

    name: str
    standing: Standing
    record: Zip


class Cities:
    """All city names, found by any spelling."""

    def __init__(self, zips: Iterable[Zip]) -> None:
        self._carried: dict[str, list[_Carried]] = defaultdict(list)
        for record in zips:
            self._add(record, Standing.OWN, (record.city,))
            self._add(record, Standing.ACCEPTED, record.accepted)
            self._add(record, Standing.DISCOURAGED, record.discouraged)

    def _add(self, record: Zip, standing: Standing, names: Sequence[str]) -> None:
        for name in names:
            self._carried[key_of(name)].append(_Carried(name, standing, record))

    def in_state(self, name: Words, state: str) -> list[City]:
        """The city of that name in that state; several only of a discouraged name ("Silver Lake, CA" are two)."""
        return _cities(carried for carried in self._carried.get(key(name), ()) if carried.record.state == state)

    def named(self, name: Words) -> list[City]:
        """The cities of that name in all states, largest first, then by state and name.

        A discouraged name counts where no city bears it ("NYC"), or where it is larger than every city that does
        ("Manhattan" means New York's rather than Kansas's first).
        """
        found = _cities(self._carried.get(key(name), ()))
        firm = max((city.size for city in found if city.standing < Standing.DISCOURAGED), default=-1.0)
        return [city for city in found if city.standing < Standing.DISCOURAGED or city.size > firm]

    @functools.cached_property
    def all(self) -> Sequence[tuple[str, City]]:
        """Every city whose name mail may carry, with the key of its name."""
        return [
            (name, city)
            for name, carried in self._carried.items()
            for city in _cities(carried)
            if city.standing < Standing.DISCOURAGED
        ]


def _cities(carried: Iterable[_Carried]) -> list[City]:
    by_state: dict[str, list[_Carried]] = defaultdict(list)
    for each in carried:
        by_state[each.record.state].append(each)
    found = [city for state, those in by_state.items() for city in _cities_of_state(state, those)]
    return sorted(found, key=lambda city: (-city.size, city.state, city.name))


def _cities_of_state(state: str, carried: Sequence[_Carried]) -> Iterator[City]:
    """The city that bears the name; else the place whose mail may carry it; else each city with a part of that name."""
    own, accepted, discouraged = (_with(carried, standing) for standing in Standing)
    if own:
        yield City(most_common(record.city for record in own), state, Standing.OWN, own)
    elif len(accepted) > len(discouraged):
        name = next(each.name for each in carried if each.standing is Standing.ACCEPTED)
        yield City(display(name), state, Standing.ACCEPTED, accepted)
    else:
        parts: dict[str, list[Zip]] = defaultdict(list)
        for record in (*accepted, *discouraged):
            parts[record.city].append(record)
        for city, zips in parts.items():
            yield City(city, state, Standing.DISCOURAGED, tuple(zips))


def _with(carried: Sequence[_Carried], standing: Standing) -> tuple[Zip, ...]:
    # A ZIP counts once, though it may carry two spellings: "Monroe Twp", "Monroe Township".
    return tuple({each.record.code: each.record for each in carried if each.standing is standing}.values())
