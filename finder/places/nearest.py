"""The ZIP nearest to a point."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from finder.domain.geo import METERS_PER_MILE, Point
from finder.places.zips import Zip

_EARTH_RADIUS_MILES = 6_371_008.8 / METERS_PER_MILE


class Nearest:
    """ZIP positions as unit vectors: the nearest one has the largest product with the point's own vector."""

    def __init__(self, zips: Sequence[Zip]) -> None:
        self._zips = zips
        self._vectors = _unit_vectors(
            np.array([record.latitude for record in zips]), np.array([record.longitude for record in zips])
        )

    def to(self, point: Point) -> tuple[Zip, float]:
        """The ZIP nearest to ``point`` and its distance in miles, on a sphere (right to half a percent)."""
        cosines = self._vectors @ _unit_vectors(np.array([point.latitude]), np.array([point.longitude]))[0]
        at = int(cosines.argmax())
        return self._zips[at], float(np.arccos(min(1.0, cosines[at]))) * _EARTH_RADIUS_MILES


def _unit_vectors(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
