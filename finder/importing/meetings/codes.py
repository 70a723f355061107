"""Codes of meetings that name one thing in our vocabulary."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from finder.domain.vocabulary import Code, Facet, Tag


class Kind(NamedTuple):
    """What a code stands for: its English name and its tags; ``told`` if people read the name where no tag says it."""

    name: str
    tags: frozenset[Tag] = frozenset()
    told: bool = False


def kinds_table(rows: Iterable[tuple[str, str, str]]) -> Mapping[str, Kind]:
    """Kinds by code, of rows (code, name, tags as "facet:code" separated by spaces).

    Instead of tags stands "told" for a name that people should read, and nothing for what helps nobody to choose.
    """
    return {code: Kind(name, tags_named(tags), tags == "told") for code, name, tags in rows}


def tags_of(kinds: Iterable[Kind]) -> frozenset[Tag]:
    """All that these kinds say as tags."""
    return frozenset[Tag]().union(*(kind.tags for kind in kinds))


def words_of(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """What of these kinds people read as words."""
    return tuple(kind.name for kind in kinds if kind.told)


def tags_named(names: str) -> frozenset[Tag]:
    """The tags in a text of "facet:code" separated by spaces; other words in it are passed over."""
    pairs = (name.partition(":") for name in names.split() if ":" in name)
    return frozenset(Tag(Facet(facet), Code(code)) for facet, _, code in pairs)
