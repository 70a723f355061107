"""How far points are apart, to tell a mistyped one."""

from math import asin, cos, radians, sin, sqrt

from finder.domain.geo import METERS_PER_MILE, Point

FAR_MILES = 60
"""The largest ZIPs of the West reach that far from their middle; a swapped or mistyped coordinate lands farther off."""

_EARTH_RADIUS_MILES = 6_371_009 / METERS_PER_MILE


def miles_between(one: Point, other: Point) -> float:
    """Miles along a sphere of the earth's mean radius; a feed has thousands of points, so without a library's care."""
    north_one, north_other = radians(one.latitude), radians(other.latitude)
    half_north = sin((north_other - north_one) / 2)
    half_east = sin(radians(other.longitude - one.longitude) / 2)
    chord = half_north**2 + cos(north_one) * cos(north_other) * half_east**2
    return 2 * _EARTH_RADIUS_MILES * asin(min(1.0, sqrt(chord)))
