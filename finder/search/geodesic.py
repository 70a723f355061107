"""Distances on the WGS-84 ellipsoid, many at a time.

Up to `_SHORT` meters a geodesic is as long as the arc over its chord, on a circle with the ellipsoid's radius of
curvature (Euler's) in its direction and at its middle. Beyond that, Vincenty's inverse formula (T. Vincenty, Survey
Review 23, 1975). Both agree with Karney's, which geopy computes, to 0.1 mm. Points nearly opposite each other, for
which Vincenty's doesn't converge, are left to geopy.
"""

import math

import numpy as np
from geopy.distance import geodesic
from numpy.typing import NDArray

from finder.domain.geo import METERS_PER_MILE, Point

Floats = NDArray[np.float64]

MAJOR = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_MINOR = MAJOR * (1 - _FLATTENING)
_ECCENTRICITY2 = _FLATTENING * (2 - _FLATTENING)

LEAST_METERS_PER_RADIAN = _MINOR**2 / MAJOR
MOST_METERS_PER_RADIAN = MAJOR**2 / _MINOR
"""The ellipsoid's smallest and largest radius of curvature. A geodesic's length divided by the angle between its ends,
their latitudes and longitudes taken as those of a sphere, lies between the two."""

_FLATTER = 1.01 * MOST_METERS_PER_RADIAN  # room for the little that a geodesic turns out of a plane

HALF_AROUND = 20_037_508.0
"""Meters; no two points are farther from each other."""

_SHORT = 250_000.0
_ITERATIONS = 30
_CONVERGED = 1e-12  # radians: some micrometers
_DOUBT_METERS = 1.0


def positions(latitudes: Floats, longitudes: Floats) -> Floats:
    """Points (degrees) of the ellipsoid in space, shape (3, points), its longer half-axis being 1; NaN stays NaN."""
    latitudes, longitudes = np.radians(latitudes), np.radians(longitudes)
    sines = np.sin(latitudes)
    normal = 1 / np.sqrt(1 - _ECCENTRICITY2 * sines**2)
    across = normal * np.cos(latitudes)
    return np.stack((across * np.cos(longitudes), across * np.sin(longitudes), (1 - _ECCENTRICITY2) * normal * sines))


def position(point: Point) -> tuple[float, float, float]:
    """One point of the ellipsoid in space, as `positions` gives them."""
    sine, longitude = math.sin(math.radians(point.latitude)), math.radians(point.longitude)
    normal = 1 / math.sqrt(1 - _ECCENTRICITY2 * sine**2)
    across = normal * math.cos(math.radians(point.latitude))
    return across * math.cos(longitude), across * math.sin(longitude), (1 - _ECCENTRICITY2) * normal * sine


def chords(distance: float) -> tuple[float, float]:
    """Chords, in longer half-axes: what has at most the first is at most ``distance`` meters away, what has more than
    the second is farther.

    A curve that nowhere bends more than a circle has no shorter chord than that circle's arc of the same length
    (Schur's theorem), and geodesics bend as the ellipsoid does: between its two radii of curvature.
    """
    inner, outer = (
        2 * radius * math.sin(min(distance / radius, math.pi) / 2) / MAJOR
        for radius in (LEAST_METERS_PER_RADIAN, _FLATTER)
    )
    return inner, outer


def least_and_most(chord: Floats, doubt: float) -> tuple[Floats, Floats]:
    """Bounds, in meters, of the distances of points with these chords (longer half-axes, right to ``doubt``)."""
    halves = MAJOR / 2
    least = 2 * _FLATTER * np.arcsin(np.maximum(chord - doubt, 0) * (halves / _FLATTER))
    sines = (chord + doubt) * (halves / LEAST_METERS_PER_RADIAN)
    most = np.where(sines < 1, 2 * LEAST_METERS_PER_RADIAN * np.arcsin(np.minimum(sines, 1)), HALF_AROUND)
    return least, most


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
    distances = _over_chords(near, latitudes, longitudes)
    far = np.flatnonzero(distances > _SHORT)
    if far.size:
        distances[far] = _vincenty(near, latitudes[far], longitudes[far])
    return distances


def _over_chords(near: Point, latitudes: Floats, longitudes: Floats) -> Floats:
    """The lengths of arcs over the chords; right where they are short."""
    here = math.radians(near.latitude)
    sine1, cosine1 = math.sin(here), math.cos(here)
    normal1 = 1 / math.sqrt(1 - _ECCENTRICITY2 * sine1 * sine1)
    there, difference = np.radians(latitudes), np.radians(longitudes - near.longitude)
    sine2, cosine2, cosine_difference = np.sin(there), np.cos(there), np.cos(difference)
    normal2 = 1 / np.sqrt(1 - _ECCENTRICITY2 * sine2 * sine2)
    sideways = cosine2 * np.sin(difference)
    onward = cosine2 * cosine_difference
    dx = normal2 * onward - normal1 * cosine1
    dy = normal2 * sideways
    dz = (normal2 * sine2 - normal1 * sine1) * (1 - _ECCENTRICITY2)
    dz2 = dz * dz
    chord2 = dx * dx + dy * dy + dz2
    up2 = (sine1 + sine2) ** 2
    up2 /= np.maximum((cosine1 + onward) ** 2 + sideways**2 + up2, 1e-30)
    # Euler's formula in space, which knows no direction of north and so holds at the poles.
    bend = np.sqrt(1 - _ECCENTRICITY2 * up2)
    bend *= 1 + _ECCENTRICITY2 / (1 - _ECCENTRICITY2) * dz2 / np.maximum(chord2, 1e-30)
    lengths: Floats = 2 * MAJOR / bend * np.arcsin(np.minimum(np.sqrt(chord2) * bend / 2, 1))
    return lengths


def _vincenty(near: Point, latitudes: Floats, longitudes: Floats) -> Floats:
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
        further = difference + (1 - c) * _FLATTENING * sin_alpha * bend
        converged = np.abs(further - lambda_) < _CONVERGED
        if converged.all():
            break
        # What has converged stays: a distance must not depend on which others are worked out with it.
        lambda_ = np.where(converged, lambda_, further)
    return _length(sigma, cos2_alpha, cos_2sigma_m), converged & (np.abs(lambda_) <= np.pi)


def _length(sigma: Floats, cos2_alpha: Floats, cos_2sigma_m: Floats) -> Floats:
    u2 = cos2_alpha * (MAJOR**2 - _MINOR**2) / _MINOR**2
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
