"""Counties and what stands for them: parishes, boroughs, census areas, municipios, independent cities."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from finder.domain.geo import Place, Point, Precision
from finder.places.cities import most_common
from finder.places.county_names import county_key, split_kind
from finder.places.spelling import Words, key, words
from finder.places.zips import Zip, center


@dataclass(frozen=True, slots=True)
class County:
    """A county and its ZIPs; ``size`` is the number of standard ones."""

    name: str
    state: str
    zips: tuple[Zip, ...]

    @property
    def size(self) -> int:
        return sum(record.standard for record in self.zips)

    @property
    def kind(self) -> str:
        split = split_kind(words(self.name))
        return split.kind if split else ""

    def place(self) -> Place:
        """The county as a whole; its point is where its people live, for a map to open at."""
        return Place(
            label=f"{self.name}, {self.state}",
            point=Point(*center(self.zips)),
            precision=Precision.COUNTY,
            state=self.state,
            county=self.name,
            time_zone=most_common(record.time_zone for record in self.zips),
        )


class Counties:
    """All counties, found by their names without the word "county"."""

    def __init__(self, zips: Iterable[Zip]) -> None:
        grouped: dict[tuple[str, str], list[Zip]] = defaultdict(list)
        for record in zips:
            if record.county:
                grouped[record.state, record.county].append(record)
        self._by_key: dict[str, list[County]] = defaultdict(list)
        for (state, name), members in grouped.items():
            self._by_key[county_key(name)].append(County(name, state, tuple(members)))

    def named(self, name: Words, state: str = "", kind: str = "") -> list[County]:
        """The counties of that name, in one state or all, largest first, then by state.

        Of several kinds, only those of ``kind``: "Orleans Parish" is not in Vermont, "Orleans County, LA" a parish.
        """
        found = [county for county in self._by_key.get(key(name), ()) if state in ("", county.state)]
        found = [county for county in found if county.kind == kind] or found
        return sorted(found, key=lambda county: (-county.size, county.state))

    def all(self) -> Iterator[tuple[str, County]]:
        """Every county, with the key of its name."""
        for name, counties in self._by_key.items():
            for county in counties:
                yield name, county
