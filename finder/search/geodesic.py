"""Distances on the WGS-84 ellipsoid, many at a time.

Vincenty's inverse formula (T. Vincenty, Survey Review 23, 1975) in numpy; it agrees with Karney's, which geopy
computes, to 0.1 mm. Points nearly opposite each other, for which it doesn't converge, are left to geopy.
"""

import numpy as np
from geopy.distance import geodesic
from numpy.typing import NDArray

from finder.domain.geo import METERS_PER_MILE, Point

Floats = NDArray[np.float64]

_MAJOR = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_MINOR = _MAJOR * (1 - _FLATTENING)

LEAST_METERS_PER_RADIAN = _MINOR**2 / _MAJOR
MOST_METERS_PER_RADIAN = _MAJOR**2 / _MINOR
"""The ellipsoid's smallest and largest radius of curvature. A geodesic's length divided by the angle between its ends,
their latitudes and longitudes taken as those of a sphere, lies between the two."""

_ITERATIONS = 30
_CONVERGED = 1e-12  # radians: some micrometers
_DOUBT_METERS = 1.0


def miles_exactly(near: Point, latitude: float, longitude: float) -> float:
    """One distance in miles, by geopy."""
    return float(geodesic((near.latitude, near.longitude), (latitude, longitude)).miles)


def within(near: Point, radius_miles: float, latitudes: Floats, longitudes: Floats) -> NDArray[np.bool_]:
    """Which points (degrees) are at most ``radius_miles`` away; geopy decides on those within a meter of the edge."""
    beyond = meters(near, latitudes, longitudes) - radius_miles * METERS_PER_MILE
    inside = beyond <= 0
    for row in np.flatnonzero(np.abs(beyond) < _DOUBT_METERS):
        inside[row] = miles_exactly(near, latitudes[row], longitudes[row]) <= radius_miles
    return inside


def meters(near: Point, latitudes: Floats, longitudes: Floats) -> Floats:
    """The distance of each point (degrees) from ``near``."""
    longitude_difference = np.radians((longitudes - near.longitude + 180) % 360 - 180)
    reduced_near = np.arctan((1 - _FLATTENING) * np.tan(np.radians(near.latitude)))
    reduced = np.arctan((1 - _FLATTENING) * np.tan(np.radians(latitudes)))
    distances, converged = _inverse(reduced_near, reduced, longitude_difference)
    for row in np.flatnonzero(~converged):
        distances[row] = miles_exactly(near, latitudes[row], longitudes[row]) * METERS_PER_MILE
    return distances


def _inverse(reduced_near: float, reduced: Floats, difference: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Vincenty's iteration over the longitude on the auxiliary sphere; the names are his, ``bend`` apart."""
    sin1, cos1 = np.sin(reduced_near), np.cos(reduced_near)
    sin2, cos2 = np.sin(reduced), np.cos(reduced)
    lambda_ = difference
    for _ in range(_ITERATIONS):
        sin_lambda, cos_lambda = np.sin(lambda_), np.cos(lambda_)
        sin_sigma = np.hypot(cos2 * sin_lambda, cos1 * sin2 - sin1 * cos2 * cos_lambda)
        cos_sigma = sin1 * sin2 + cos1 * cos2 * cos_lambda
        sigma = np.arctan2(sin_sigma, cos_sigma)
        sin_alpha = _ratio(cos1 * cos2 * sin_lambda, sin_sigma)
        cos2_alpha = 1 - sin_alpha**2
        cos_2sigma_m = cos_sigma - _ratio(2 * sin1 * sin2, cos2_alpha)
        c = _FLATTENING / 16 * cos2_alpha * (4 + _FLATTENING * (4 - 3 * cos2_alpha))
        bend = sigma + c * sin_sigma * (cos_2sigma_m + c * cos_sigma * (2 * cos_2sigma_m**2 - 1))
        previous, lambda_ = lambda_, difference + (1 - c) * _FLATTENING * sin_alpha * bend
        converged = np.abs(lambda_ - previous) < _CONVERGED
        if converged.all():
            break
    return _length(sigma, cos2_alpha, cos_2sigma_m), converged & (np.abs(lambda_) <= np.pi)


def _length(sigma: Floats, cos2_alpha: Floats, cos_2sigma_m: Floats) -> Floats:
    u2 = cos2_alpha * (_MAJOR**2 - _MINOR**2) / _MINOR**2
    a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
    b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
    sin_sigma, cos_sigma = np.sin(sigma), np.cos(sigma)
    third = b / 6 * cos_2sigma_m * (4 * sin_sigma**2 - 3) * (4 * cos_2sigma_m**2 - 3)
    bend = b * sin_sigma * (cos_2sigma_m + b / 4 * (cos_sigma * (2 * cos_2sigma_m**2 - 1) - third))
    length: Floats = _MINOR * a * (sigma - bend)
    return length


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    """The quotient, 0 where the denominator is: between equal points, and along the equator."""
    return np.divide(numerator, denominator, out=np.zeros_like(denominator), where=denominator != 0)
