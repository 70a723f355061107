"""What a fictional place offers: tags that go together as they do at real places."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, Code, Tag, vocabulary
from finder.importing.formats.demonstration.chance import happens, one_of
from finder.importing.formats.demonstration.ingredients import Ingredients, Program, Table


def draw_tags(program: Program, ingredients: Ingredients, random: Random) -> frozenset[Tag]:
    """The tags of one place of this kind: drawn, completed with what they imply, less what needs something missing."""
    drawn = {tag for table in program.tables for tag in _from_table(table, random)}
    return _supported(_completed(drawn, ingredients.implies), ingredients.only_with)


def _from_table(table: Table, random: Random) -> Iterable[Tag]:
    codes = [code for code, percent in table.each.items() if happens(random, percent)]
    if table.one_of:
        codes += one_of(random, table.one_of).split()
    return [Tag(table.facet, Code(code)) for code in codes]


def _completed(tags: Iterable[Tag], implies: Mapping[Tag, Sequence[Tag]]) -> frozenset[Tag]:
    """The tags with the levels of their kinds of care, and with all that they imply."""
    complete = set(tags)
    levels = [vocabulary().term(*tag).level for tag in complete if tag.facet == KIND_OF_CARE]
    complete |= {Tag(LEVEL_OF_CARE, level) for level in levels if level}
    return frozenset(complete.union(*(implies.get(tag, ()) for tag in complete)))


def _supported(tags: frozenset[Tag], only_with: Mapping[Tag, Sequence[Tag]]) -> frozenset[Tag]:
    """The tags without those that need another one, until nothing that is left lacks any."""
    kept = frozenset(tag for tag in tags if tag not in only_with or not tags.isdisjoint(only_with[tag]))
    return kept if kept == tags else _supported(kept, only_with)
