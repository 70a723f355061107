"""Drawing lots that fall the same way in every run."""

from collections.abc import Mapping
from random import Random


def generator(*names: str) -> Random:
    """A generator of its own for what the names say, so that a change elsewhere doesn't move its draws."""
    return Random("/".join(names))  # noqa: S311 (draws made-up listings and guards nothing)


def happens(random: Random, percent: float) -> bool:
    """True in that many of a hundred draws."""
    return random.random() * 100 < percent


def one_of(random: Random, weights: Mapping[str, float]) -> str:
    """One of the keys, by weight."""
    return random.choices(list(weights), list(weights.values()))[0]
