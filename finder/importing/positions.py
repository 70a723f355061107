"""Giving listings the exact positions that a table of addresses knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.address_key import AddressKey, address_key
from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.importing.bounds import Upload
from finder.importing.clean.address import clean_state, clean_zip
from finder.importing.distance import FAR_MILES, miles_between
from finder.importing.formats.coordinates import RawPosition, read_coordinates
from finder.importing.report import PositionsReport, Progress
from finder.listings import Change, amend
from finder.models import Provider, Source
from finder.places import gazetteer

NO_STREET = "no street"
NO_PLACE = "neither a ZIP Code nor a city and state that we know"
NO_POINT = "coordinates that are no point on the earth"
FAR_OFF = "coordinates more than 60 miles from the middle of the ZIP Code"

_SAME_PLACE_MILES = 0.3  # two geocoders put the same building at its door and at its block
_BATCH = 500
_LONGEST_FILE_NAME = 250

_Names = tuple[str, ...]


def import_positions(session: Session, upload: Upload, change: Change, *, progress: Progress) -> PositionsReport:
    """Set position and precision ``address`` of the listings whose address stands in the table. The caller commits.

    Street and ZIP must be the same but for spelling, suite and floor, or else street, city and state. A listing that
    has an exact position keeps it. Raises `UnreadableFile` before anything is written.
    """
    report = PositionsReport()
    known = _KnownPositions()
    for raw in read_coordinates(upload):
        _take(raw, known, report)
    found = list(_match(session, known, report).items())
    change = replace(change, reason=f"Coordinates of {upload.name[:_LONGEST_FILE_NAME]}")
    for done in range(0, len(found), _BATCH):
        progress(done, len(found))
        report.matched += amend(session, dict(found[done : done + _BATCH]), change)
    progress(len(found), len(found))
    return report


@dataclass(slots=True)
class _KnownPositions:
    """What the table knows: the points at each address by its two names, street with ZIP and street with city."""

    points: dict[_Names, list[Point]] = field(default_factory=dict)

    def add(self, key: AddressKey, point: Point) -> bool:
        """Keep a point; false if it is there already, or so near that it makes no difference."""
        added = False
        for names in _names(key):
            points = self.points.setdefault(names, [])
            if all(miles_between(point, other) > _SAME_PLACE_MILES for other in points):
                points.append(point)
                added = True
        return added

    def at(self, key: AddressKey) -> list[Point]:
        """The points at an address, by its ZIP if that is known: none, one, or several that contradict each other."""
        return next((self.points[names] for names in _names(key) if names in self.points), [])


def _names(key: AddressKey) -> Iterable[_Names]:
    if key.zip5:
        yield key.street, key.zip5
    if key.city and key.state:
        yield key.street, key.city, key.state


def _take(raw: RawPosition, known: _KnownPositions, report: PositionsReport) -> None:
    report.rows += 1
    key = address_key(raw.street, raw.city, clean_state(raw.state), clean_zip(raw.zip))
    point = _point(raw)
    if not key.street:
        report.reject(NO_STREET, raw.row)
    elif not any(_names(key)):
        report.reject(NO_PLACE, raw.row)
    elif point is None:
        report.reject(NO_POINT, raw.row)
    elif _is_far_off(point, key.zip5):
        report.reject(FAR_OFF, raw.row)
    elif known.add(key, point):
        report.usable += 1
    else:
        report.repeated += 1


def _point(raw: RawPosition) -> Point | None:
    try:
        point = Point(float(raw.latitude), float(raw.longitude))
    except ValueError:
        return None
    return None if point == Point(0, 0) else point


def _is_far_off(point: Point, zip5: str) -> bool:
    place = gazetteer().zip_place(zip5) if zip5 else None
    return place is not None and miles_between(point, place.point) > FAR_MILES


def _match(session: Session, known: _KnownPositions, report: PositionsReport) -> dict[int, Mapping[str, Any]]:
    """The new facts of each listing that gets a position, by its row id."""
    columns = (Provider.id, Provider.address_1, Provider.city, Provider.state, Provider.postal_code, Provider.precision)
    real = select(*columns).join(Source).where(~Source.fictional, Provider.status != Status.RETIRED)
    found: dict[int, Mapping[str, Any]] = {}
    for id_, street, city, state, postal_code, precision in session.execute(real.order_by(Provider.id)):
        report.listings += 1
        points = known.at(address_key(street, city, state, postal_code)) if street else []
        if precision is Precision.ADDRESS:
            report.already += 1
        elif len(points) > 1:
            report.ambiguous += 1
        elif points:
            found[id_] = {"point": points[0], "precision": Precision.ADDRESS}
        else:
            report.unmatched += 1
    return found
