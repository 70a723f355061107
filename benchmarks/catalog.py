"""What listings can carry, where the cities are, and of which words names are made: constants of the generator."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from finder.domain.vocabulary import Code, Facet, Tag, vocabulary

Needs: TypeAlias = Mapping[Facet, frozenset[Code]]

BITS_PER_WORD = 61
"""Bits of a mask that are used, so that databases whose integers have a sign hold it too."""


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How often a code holds in each kind of place, and how its odds follow the listing's leaning to its theme."""

    tag: Tag
    shares: tuple[float, ...]
    theme: str
    strength: float


_TABLES = tomllib.loads(Path(__file__).with_name("prevalences.toml").read_text(encoding="utf-8"))
KINDS: tuple[str, ...] = tuple(_TABLES["kinds"])
KIND_SHARES: tuple[float, ...] = tuple(_TABLES["shares"])
GROUP = KINDS.index("group")


def _prevalences() -> Iterable[Prevalence]:
    for facet, table in _TABLES["facets"].items():
        theme, strength = table.pop("theme"), table.pop("strength")
        for code, shares in table.items():
            yield Prevalence(Tag(Facet(facet), Code(code)), tuple(shares), theme, strength)


PREVALENCES = tuple(_prevalences())
TAGS: tuple[Tag, ...] = tuple(prevalence.tag for prevalence in PREVALENCES)
NUMBER_OF_TAG: Mapping[Tag, int] = {tag: number for number, tag in enumerate(TAGS)}
WORDS = -(-len(TAGS) // BITS_PER_WORD)

if strange := [str(tag) for tag in TAGS if tag not in vocabulary()]:
    raise ValueError(f"prevalences.toml: not in the vocabulary: {', '.join(strange)}")


def mask(tags: Iterable[Tag]) -> tuple[int, ...]:
    """The tags as bits, one number a word."""
    words = [0] * WORDS
    for tag in tags:
        word, bit = divmod(NUMBER_OF_TAG[tag], BITS_PER_WORD)
        words[word] |= 1 << bit
    return tuple(words)


def unpacked(masks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Masks of shape (rows, words) as truth values of shape (rows, tags)."""
    bits = np.unpackbits(np.ascontiguousarray(masks).view(np.uint8), axis=1, bitorder="little")
    words = [bits[:, 64 * word : 64 * word + BITS_PER_WORD] for word in range(WORDS)]
    return np.concatenate(words, axis=1)[:, : len(TAGS)].view(np.bool_)


# Name, state, latitude, longitude, people in the metropolitan area in millions (rounded).
METROS: tuple[tuple[str, str, float, float, float], ...] = (
    ("New York", "NY", 40.7128, -74.0060, 19.5),
    ("Los Angeles", "CA", 34.0522, -118.2437, 12.8),
    ("Chicago", "IL", 41.8781, -87.6298, 9.3),
    ("Dallas", "TX", 32.7767, -96.7970, 8.1),
    ("Houston", "TX", 29.7604, -95.3698, 7.5),
    ("Washington", "DC", 38.9072, -77.0369, 6.3),
    ("Atlanta", "GA", 33.7490, -84.3880, 6.3),
    ("Philadelphia", "PA", 39.9526, -75.1652, 6.2),
    ("Miami", "FL", 25.7617, -80.1918, 6.2),
    ("Phoenix", "AZ", 33.4484, -112.0740, 5.1),
    ("Boston", "MA", 42.3601, -71.0589, 4.9),
    ("San Francisco", "CA", 37.7749, -122.4194, 4.6),
    ("Detroit", "MI", 42.3314, -83.0458, 4.3),
    ("Seattle", "WA", 47.6062, -122.3321, 4.0),
    ("Minneapolis", "MN", 44.9778, -93.2650, 3.7),
    ("San Diego", "CA", 32.7157, -117.1611, 3.3),
    ("Tampa", "FL", 27.9506, -82.4572, 3.3),
    ("Denver", "CO", 39.7392, -104.9903, 3.0),
    ("Baltimore", "MD", 39.2904, -76.6122, 2.8),
    ("St. Louis", "MO", 38.6270, -90.1994, 2.8),
    ("Charlotte", "NC", 35.2271, -80.8431, 2.8),
    ("San Antonio", "TX", 29.4241, -98.4936, 2.7),
    ("Portland", "OR", 45.5152, -122.6784, 2.5),
    ("Sacramento", "CA", 38.5816, -121.4944, 2.4),
    ("Pittsburgh", "PA", 40.4406, -79.9959, 2.4),
    ("Las Vegas", "NV", 36.1699, -115.1398, 2.3),
    ("Cleveland", "OH", 41.4993, -81.6944, 2.2),
    ("Kansas City", "MO", 39.0997, -94.5786, 2.2),
    ("Salt Lake City", "UT", 40.7608, -111.8910, 1.3),
    ("Louisville", "KY", 38.2527, -85.7585, 1.4),
)

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
FIRST_WORDS, SECOND_WORDS, LAST_WORDS, GROUP_WORDS, ORGANIZATION_WORDS = (
    tuple(map(str, _WORDS[name])) for name in ("first", "second", "place", "group", "organization")
)
