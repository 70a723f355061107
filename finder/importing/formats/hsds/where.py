"""Where a service is given."""

import re
from typing import NamedTuple

from finder.domain.geo import Point, Precision
from finder.importing.clean.address import clean_city, clean_state, clean_street, clean_zip, split_suite
from finder.importing.clean.zone import clean_time_zone
from finder.importing.formats.hsds.entry import Entry
from finder.importing.formats.hsds.values import NOTHING, Thing, line, number, things
from finder.importing.meetings import Address
from finder.importing.meetings.position import position_of

_CONFIDENTIAL = re.compile(r"\W*(?:(?:address|location|site) )?(?:is )?(?:confidential|undisclosed)\b.*", re.IGNORECASE)
_LONGEST_COUNTY = 100
_FINENESSES = frozenset(Precision) - {Precision.NONE}
_NOWHERE = Point(0, 0)  # what stands for no position in many a table


class Where(NamedTuple):
    """Address and position as a listing has them; ``recovered`` if the gazetteer knew the point, ``doubt`` is why a
    person should look at it.
    """

    address_1: str = ""
    address_2: str = ""
    city: str = ""
    county: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = "US"
    confidential: bool = False
    point: Point | None = None
    precision: Precision = Precision.NONE
    time_zone: str = ""
    recovered: bool = False
    doubt: str = ""

    @property
    def longest_line(self) -> int:
        """How long the longest line is, of lines that may have 200 characters; a city may have half as many."""
        return max(len(self.address_1), len(self.address_2), 2 * len(self.city))


def where_told(entry: Entry) -> Where:
    """As a directory of our kind tells it: to be taken as it is."""
    address, facts = _address(entry.location), entry.facts
    point = _point(entry.location)
    known = point is not None and facts["position_precision"] in _FINENESSES
    return Where(
        address_1=line(address, "address_1"),
        address_2=line(address, "address_2"),
        city=line(address, "city"),
        county=line(address, "region")[:_LONGEST_COUNTY],
        state=line(address, "state_province", 2),
        postal_code=line(address, "postal_code", 10),
        country=line(address, "country", 2) if address else "US",
        confidential=facts.get("confidential_address") == "true",
        point=point if known else None,
        precision=Precision(facts["position_precision"]) if known else Precision.NONE,
        time_zone=clean_time_zone(facts.get("time_zone", "")),
    )


def where_found(entry: Entry) -> Where:
    """Cleaned, and completed by the gazetteer. A street that is told to be confidential isn't kept."""
    told = _address(entry.location)
    confidential = bool(_CONFIDENTIAL.fullmatch(line(told, "address_1")))
    street, suite = ("", "") if confidential or not _can_go_there(entry.location, told) else _street(told)
    zip_code, state = clean_zip(line(told, "postal_code")), clean_state(line(told, "state_province"))
    address = Address(street, suite, clean_city(line(told, "city")), state, zip_code)
    point = _point(entry.location)
    position = position_of(address, None if point == _NOWHERE else point, approximate=not street)
    return Where(
        address_1=street,
        address_2=suite,
        city=address.city or position.city,
        county=position.county,
        state=state or position.state,
        postal_code=zip_code or line(told, "postal_code", 10),
        country=line(told, "country", 2).upper() or "US",
        confidential=confidential,
        point=position.point,
        precision=position.precision,
        time_zone=position.time_zone,
        recovered=position.recovered,
        doubt=position.doubt,
    )


def is_virtual(entry: Entry) -> bool:
    """Whether nobody goes there."""
    return line(entry.location, "location_type").casefold() == "virtual"


def _can_go_there(location: Thing, address: Thing) -> bool:
    kinds = {line(location, "location_type").casefold(), line(address, "address_type").casefold()}
    return kinds.isdisjoint({"virtual", "postal"})


def _address(location: Thing) -> Thing:
    """The address to go to, or else any."""
    told = list(things(location, "addresses"))
    to_go_to = (each for each in told if line(each, "address_type").casefold() in {"", "physical"})
    return next(to_go_to, told[0] if told else NOTHING)


def _street(address: Thing) -> tuple[str, str]:
    return split_suite(clean_street(line(address, "address_1")), clean_street(line(address, "address_2")))


def _point(location: Thing) -> Point | None:
    latitude, longitude = number(location, "latitude"), number(location, "longitude")
    if latitude is None or longitude is None:
        return None
    try:
        return Point(latitude, longitude)
    except ValueError:
        return None
