"""Drill-sideways counts, put together from what a peer can count: matches, and matches under all other needs."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmarks import catalog
from benchmarks.queries import Query
from finder.domain.vocabulary import Tag

Masks = NDArray[np.int64]

_BYTES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.int64)
_BITS = np.array(
    [64 * word + bit for word, bit in (divmod(tag, catalog.BITS_PER_WORD) for tag in range(len(catalog.TAGS)))]
)


def tags_of_facet(query: Query, chosen: int) -> list[int]:
    """The numbers of all tags of the facet of group ``chosen``."""
    facet = query.groups[chosen][0].facet
    return [number for number, tag in enumerate(catalog.TAGS) if tag.facet == facet]


def others(query: Query, chosen: int) -> list[int]:
    """The numbers of the other groups, which alone limit the counts of the facet of group ``chosen``."""
    return [group for group in range(len(query.groups)) if group != chosen]


def sideways(query: Query, matching: Mapping[int, int], own: Iterable[Mapping[int, int]]) -> dict[Tag, int]:
    """Counts of the matches by number of tag; those of each chosen facet from ``own``, one mapping a group."""
    result = dict(matching)
    for chosen, counts in enumerate(own):
        result |= {number: counts.get(number, 0) for number in tags_of_facet(query, chosen)}
    return {catalog.TAGS[number]: count for number, count in result.items() if count}


def of_masks(query: Query, masks: Masks) -> tuple[int, dict[Tag, int]]:
    """Total and counts, from the masks (rows, words) of at least all listings that meet all needs but one."""
    meets = meeting(query, masks)
    matches = masks[np.logical_and.reduce(meets)]
    own = []
    for chosen in range(len(meets)):
        limits = [meets[other] for other in others(query, chosen)]
        own.append(with_each_tag(masks[np.logical_and.reduce(limits)] if limits else masks))
    return len(matches), sideways(query, with_each_tag(matches), own)


def meeting(query: Query, masks: Masks) -> list[NDArray[np.bool_]]:
    """For each group, which rows have one of its tags."""
    meets = []
    for group in query.masks:
        words = [word for word, bits in enumerate(group) if bits]
        tests = [masks[:, word] & group[word] != 0 for word in words]
        meets.append(np.logical_or.reduce(tests))
    return meets


def with_each_tag(masks: Masks) -> dict[int, int]:
    """How many rows have each tag: how often each value of each byte occurs, times the bits of that value."""
    columns = np.ascontiguousarray(masks).view(np.uint8).reshape(len(masks), 8 * catalog.WORDS).T
    bits = np.concatenate([np.bincount(column, minlength=256) @ _BYTES for column in columns])
    return dict(enumerate(bits[_BITS].tolist()))


def mask_of(tag: int) -> tuple[int, ...]:
    """One tag, by its number, as bits."""
    return catalog.mask([catalog.TAGS[tag]])
