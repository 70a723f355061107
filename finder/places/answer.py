"""What the gazetteer says about a text."""

from dataclasses import dataclass
from enum import StrEnum

from finder.domain.geo import Place


class Unknown(StrEnum):
    """Why a text names no place."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    MILITARY = "military"
    NO_MATCH = "no match"


@dataclass(frozen=True, slots=True)
class Answer:
    """The places a text may mean.

    One place: found. Several: the person chooses, most likely first, at most ten. None: ``unknown`` says why, and
    ``suggestions`` holds up to five texts that name one place each ("Chicago, IL" for "Chicgo").
    """

    places: tuple[Place, ...] = ()
    suggestions: tuple[str, ...] = ()
    unknown: Unknown | None = None
