"""Where a place whose address is confidential may be known to stand."""

from collections.abc import Mapping
from typing import Any

from finder.domain.geo import Precision
from finder.places import gazetteer

_EXACT = frozenset({Precision.ADDRESS, Precision.STREET})


def concealed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts, of a confidential place with no finer position than the middle of its ZIP code.

    So nothing that shows, measures or exports a position can give the address away, not even many searches from
    different sides. Where the ZIP code isn't known there is no position.
    """
    if not (facts["confidential"] and facts["precision"] in _EXACT):
        return dict(facts)
    area = gazetteer().zip_place(facts["postal_code"])
    return {**facts, "point": area.point if area else None, "precision": Precision.ZIP if area else Precision.NONE}
