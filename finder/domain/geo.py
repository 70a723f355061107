"""Points on the earth and the places that people name."""

from dataclasses import dataclass
from enum import StrEnum

METERS_PER_MILE = 1609.344


class Precision(StrEnum):
    """How exactly a point stands for what was named, finest first."""

    ADDRESS = "address"
    STREET = "street"
    ZIP = "zip"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    NONE = "none"

    def is_finer_than(self, other: "Precision") -> bool:
        """Whether this comes nearer to the door than the other does."""
        return _RANKS[self] < _RANKS[other]


_RANKS = {precision: rank for rank, precision in enumerate(Precision)}


@dataclass(frozen=True, slots=True)
class Point:
    """A WGS-84 position in decimal degrees.

    Raises ``ValueError`` for a latitude outside -90 to 90, a longitude outside -180 to 180, or no number.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        # Written so that NaN, which compares false with everything, is refused too.
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"no such point on the earth: {self.latitude}, {self.longitude}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that somebody named, found in the gazetteer.

    ``label`` is what people read ("Chicago, IL 60601"). ``state`` is the two-letter postal code, ``county`` the
    county's full name ("Cook County"); both are empty where they don't apply. A search near a place of precision
    ``county`` or ``state`` means the whole county or state, not a circle around its middle.
    """

    label: str
    point: Point
    precision: Precision
    state: str = ""
    county: str = ""
    city: str = ""
    postal_code: str = ""
    time_zone: str = ""
