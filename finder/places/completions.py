"""What a person may be about to type: places whose names begin like what stands in the field so far."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from finder.domain.geo import Place, Precision
from finder.places.beginnings import Beginnings
from finder.places.names import NICKNAMES, Names
from finder.places.spelling import Words, key, key_of, words
from finder.places.states import STATES, codes_beginning
from finder.places.typed import Parts, joined, parts_of
from finder.places.zips import Zip

MOST_COMPLETIONS = 8
_RANKED = 3 * MOST_COMPLETIONS  # a county stands under two names or three
_READ = 400  # names of one beginning that are looked through for a state
_ZIP_DIGITS = 5
_FEWEST_DIGITS = 3  # fewer than that are half a state

# A county has the ZIPs of all its cities, and a state those of all its counties. Scaled so that the city of the same
# name comes before the county, and a state before all cities but the largest.
_OF_A_COUNTY = 0.2
_OF_A_STATE = 24.0


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to search near, and what it is: a ZIP, a city, a county or a state."""

    label: str
    kind: Precision


@dataclass(frozen=True, slots=True)
class _Name:
    key: str
    completion: Completion
    state: str
    weight: float


class Completions:
    """Completes what somebody types, in bounded time, without the search for names that are far from it."""

    def __init__(self, names: Names, zips: Mapping[str, Zip]) -> None:
        self._names_by_rule = names
        self._zips = zips
        self._codes = list(zips)
        self._names = [*_states(names), *_cities(names), *_counties(names), *_nicknames(names)]
        self._beginnings = Beginnings([name.key for name in self._names], [name.weight for name in self._names])

    def of(self, text: str) -> tuple[Completion, ...]:
        """Up to eight, the likeliest first: what the text is already, then what it begins, then what it almost begins.

        Where none of these is anything, the places that the whole text names, such as a street address's city.
        """
        parts = parts_of(text)
        if not parts:
            return ()
        for found in (self._zip_codes(parts), self._named(parts), self._almost(parts), self._whole(parts)):
            if first := tuple(islice(dict.fromkeys(found), MOST_COMPLETIONS)):
                return first
        return ()

    def _zip_codes(self, parts: Parts) -> Iterator[Completion]:
        """The ZIPs that begin with the digits at the end; those with delivery routes first."""
        digits = _digits_at_the_end(joined(parts))
        if not digits:
            return
        first, last = (bisect_left(self._codes, digits + after) for after in ("", ":"))
        # Four digits that begin no ZIP are one that lost its leading zero in a spreadsheet.
        found = self._codes[first:last] or [code for code in (f"0{digits}",) if code in self._zips]
        found.sort(key=lambda code: (not self._zips[code].standard, code))
        yield from (_completion(self._zips[code].place()) for code in found[:MOST_COMPLETIONS])

    def _named(self, parts: Parts) -> Iterator[Completion]:
        whole = joined(parts)
        if len(parts) == 1:
            yield from self._completions(self._beginnings.exactly(key(whole), _RANKED))
        for name, states in _with_states(parts):
            yield from self._in(states, self._beginnings.exactly(key(name), _READ))
            if len(parts) > 1:
                yield from self._in(states, self._beginnings.of(key(name), _READ))
        if len(parts) == 1:
            begun = {*self._beginnings.of(key(whole), _RANKED), *self._beginnings.of(_unfinished(whole), _RANKED)}
            yield from self._completions(sorted(begun, key=lambda at: (-self._names[at].weight, at)))

    def _almost(self, parts: Parts) -> Iterator[Completion]:
        for name, states in _with_states(parts):
            yield from self._in(states, self._beginnings.almost(key(name), _READ))
        if len(parts) == 1:
            yield from self._completions(self._beginnings.almost(key(parts[0]), _RANKED))

    def _whole(self, parts: Parts) -> Iterator[Completion]:
        yield from map(_completion, self._names_by_rule.find(parts))

    def _in(self, states: frozenset[str], found: Sequence[int]) -> Iterator[Completion]:
        yield from self._completions(at for at in found if self._names[at].state in states)

    def _completions(self, found: Iterable[int]) -> Iterator[Completion]:
        yield from (self._names[at].completion for at in found)


def _with_states(parts: Parts) -> Iterator[tuple[Words, frozenset[str]]]:
    """The ways to read a name and the states that the words behind it begin: at the comma, else before any word."""
    flat = joined(parts)
    lengths = [len(parts[-1])] if len(parts) > 1 else range(1, min(4, len(flat)))
    for length in lengths:
        if states := codes_beginning(flat[-length:]):
            yield flat[:-length], states


def _digits_at_the_end(name: Words) -> str:
    """Three to five digits of a ZIP, without the four that may follow it."""
    code = name[-2] if len(name) > 1 and len(name[-2]) == _ZIP_DIGITS and name[-2].isdigit() else name[-1]
    return code[:_ZIP_DIGITS] if code.isdigit() and len(code) >= _FEWEST_DIGITS else ""


def _unfinished(name: Words) -> str:
    """The key where the last word is only begun: "st" may become "Stockton" as well as "Saint Louis"."""
    return key((*name[:-1], "-"))[:-1] + name[-1]


def _states(names: Names) -> Iterator[_Name]:
    for code, state in STATES.items():
        # "New York" alone would be asked back: the city or the state?
        label = f"{state} State" if len(names.whole(words(state))) > 1 else state
        completion = Completion(label, Precision.STATE)
        for spelling in dict.fromkeys((key_of(state), key_of(label), code.lower())):
            yield _Name(spelling, completion, "", _OF_A_STATE)


def _cities(names: Names) -> Iterator[_Name]:
    for name, city in names.cities.all:
        yield _Name(name, Completion(f"{city.name}, {city.state}", Precision.CITY), city.state, city.size)


def _counties(names: Names) -> Iterator[_Name]:
    """Each county by its name with and without the word "county"."""
    for name, county in names.counties.all():
        completion = Completion(f"{county.name}, {county.state}", Precision.COUNTY)
        for spelling in dict.fromkeys((key_of(county.name), name)):
            yield _Name(spelling, completion, county.state, county.size * _OF_A_COUNTY)


def _nicknames(names: Names) -> Iterator[_Name]:
    for nickname, meant in NICKNAMES.items():
        for place in names.whole(meant)[:1]:
            yield _Name(key(nickname), _completion(place), place.state, _OF_A_STATE)


def _completion(place: Place) -> Completion:
    return Completion(place.label, place.precision)
