"""What a person may have meant by a text that names no place."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from finder.places.county_names import split_kind
from finder.places.misspelling import Name, Speller
from finder.places.names import Names
from finder.places.spelling import Words, key, key_of
from finder.places.states import STATES, split_state
from finder.places.typed import Parts, joined
from finder.places.zips import Zip

MOST_SUGGESTIONS = 5


class Suggestions:
    """Finds texts close to an unknown one; each names one place."""

    def __init__(self, names: Names) -> None:
        self._names = names
        states = [Name(key_of(name), name, state, len(STATES)) for state, name in STATES.items()]
        cities = [Name(name, f"{city.name}, {city.state}", city.state, city.size) for name, city in names.cities.all]
        self._cities = Speller(cities)
        self._cities_and_states = Speller([*cities, *states])
        self._counties = Speller(
            [
                Name(name, f"{county.name}, {county.state}", county.state, county.size)
                for name, county in names.counties.all()
            ]
        )

    def for_text(self, parts: Parts) -> tuple[str, ...]:
        """Up to five labels of places: the same name elsewhere first, then names with few typing errors."""
        return tuple(islice(_once(self._all(parts)), MOST_SUGGESTIONS))

    def _all(self, parts: Parts) -> Iterator[str]:
        yield from self._elsewhere(parts)
        yield from next(filter(None, self._misspelled(parts)), ())
        yield from self._shortened(joined(parts))

    def _misspelled(self, parts: Parts) -> Iterator[list[str]]:
        """Names close to the readings of the text, in the order of their likelihood."""
        flat = joined(parts)
        for rest, state in split_state(flat):
            name = _last_part(parts, rest)
            yield self._close(name, state)
            yield self._close(name)
        yield self._close(flat)
        yield self._close(parts[0] if len(parts) > 1 else flat[:-1])

    def _elsewhere(self, parts: Parts) -> Iterator[str]:
        """The name itself where only what follows it is wrong: "Chicago, TX", "Chicago Ilinois"."""
        flat = joined(parts)
        name = parts[0] if len(parts) > 1 else flat[:-1]
        if name:
            yield from (place.label for place in self._names.whole(name) if place.label not in STATES.values())

    def _shortened(self, flat: Words) -> Iterator[str]:
        """The city at the start of a longer name: "Glendale, AZ" for "Glendale Luke AFB, AZ"."""
        for rest, state in split_state(flat):
            for length in range(len(rest) - 1, 0, -1):
                yield from (f"{city.name}, {state}" for city in self._names.cities.in_state(rest[:length], state))

    def _close(self, name: Words, state: str = "") -> list[str]:
        split = split_kind(name)
        if split:
            found = self._counties.close_to(key(split.bare), state)
        else:
            found = (self._cities if state else self._cities_and_states).close_to(key(name), state)
        return [close.label for close in found[:MOST_SUGGESTIONS]]


def nearby_zips(code: str, ordered: Sequence[str], zips: dict[str, Zip]) -> tuple[str, ...]:
    """The ZIPs closest in number to one that doesn't exist, of those that begin with the same three digits."""
    at = bisect_left(ordered, code)
    around = [other for other in ordered[max(0, at - 5) : at + 5] if other[:3] == code[:3]]
    closest = sorted(around, key=lambda other: (abs(int(other) - int(code)), other))[:MOST_SUGGESTIONS]
    return tuple(zips[other].place().label for other in closest)


def _last_part(parts: Parts, rest: Words) -> Words:
    """The last part between commas of ``rest``, the words of ``parts`` that stand before a state."""
    before: list[Words] = []
    for part in parts:
        taken = rest[: len(part)]
        rest = rest[len(part) :]
        if taken:
            before.append(taken)
    return before[-1]


def _once(labels: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(labels))
