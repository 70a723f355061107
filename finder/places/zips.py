"""ZIP Codes: one record each, read from the ``zipcodes`` package and mended where its data has holes."""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any, NamedTuple

import zipcodes

from finder.domain.geo import Place, Point, Precision
from finder.places.spelling import display

_MILITARY_PREFIXES = ("09", "340", "962", "963", "964", "965", "966")

# The package has no position for the ZIPs of Micronesia and Ebeye, and Majuro's on the wrong side of the date line.
_PACIFIC = {
    "96941": (6.964, 158.208),
    "96942": (7.446, 151.842),
    "96943": (9.514, 138.129),
    "96944": (5.327, 163.008),
    "96960": (7.103, 171.380),
    "96970": (8.781, 167.737),
}


class Zip(NamedTuple):
    """One ZIP Code. ``standard``: it has delivery routes; the others are boxes or one organization's own.

    ``accepted`` are other names of the place that the Postal Service accepts on mail, ``discouraged`` ones it knows.
    """

    code: str
    standard: bool
    city: str
    state: str
    county: str
    time_zone: str
    latitude: float
    longitude: float
    accepted: tuple[str, ...] = ()
    discouraged: tuple[str, ...] = ()

    def place(self) -> Place:
        """The place that stands for every address in this ZIP."""
        return Place(
            label=f"{self.city}, {self.state} {self.code}",
            point=Point(self.latitude, self.longitude),
            precision=Precision.ZIP,
            state=self.state,
            county=self.county,
            city=self.city,
            postal_code=self.code,
            time_zone=self.time_zone,
        )


def is_military(code: str) -> bool:
    """Whether mail to this ZIP goes to the armed forces or embassies overseas: it is no place to search near."""
    return code.startswith(_MILITARY_PREFIXES)


def center(zips: Iterable[Zip]) -> tuple[float, float]:
    """The middle of a place: the median latitude and longitude of its standard ZIPs, or of all if none is standard.

    A ZIP with delivery routes stands for roughly 10,000 people, so the median lies where people live, and a remote or
    misplaced ZIP doesn't pull it away as it would pull a mean.
    """
    counted = mainly_standard(zips)
    latitude = median(record.latitude for record in counted)
    longitude = median(record.longitude for record in counted)
    return round(latitude, 5), round(longitude, 5)


def mainly_standard(zips: Iterable[Zip]) -> list[Zip]:
    """The standard ZIPs among these, or all of them if none is standard."""
    every = list(zips)
    return [record for record in every if record.standard] or every


def read_state(state: str) -> Iterator[Zip]:
    """A state's ZIPs but the military ones, as the package has them: some without position, county or time zone."""
    for row in zipcodes.filter_by(state=state):  # type: ignore[no-untyped-call]  # the package types only its core
        if not is_military(row["zip_code"]):
            yield _record(row)


def _record(row: dict[str, Any]) -> Zip:
    code, kind, zone = row["zip_code"], row["zip_code_type"], row["timezone"]
    latitude, longitude = _PACIFIC.get(code, (float(row["lat"]), float(row["long"])))
    # An organization's own ZIP carries the organization's names, and those are no places.
    names = () if kind == "UNIQUE" else (tuple(row["acceptable_cities"]), tuple(row["unacceptable_cities"]))
    if "/" not in zone:
        zone = ""  # one row has its city there
    city, standard = display(row["city"]), kind == "STANDARD"
    return Zip(code, standard, city, row["state"], row["county"], zone, latitude, longitude, *names)
