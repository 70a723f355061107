"""Two people changed one listing at the same time: what each of them changed, and one listing out of both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from finder.listings.undo import facts_together

Facts = Mapping[str, Any]


class Whose(StrEnum):
    """Who changed a fact since the point that both started from."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"  # to different things: somebody must choose


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts that belong together and that the two don't tell alike; ``key`` is the name of the first of its kind."""

    key: str
    names: tuple[str, ...]
    whose: Whose


def differences(before: Facts, theirs: Facts, mine: Facts) -> tuple[Difference, ...]:
    """What differs, by facts that make sense only together.

    Tags are never changed by both: each of them is a fact of its own, and is set or taken away by one or by both.
    """
    found = (_difference(names, before, theirs, mine) for names in facts_together())
    return tuple(each for each in found if each)


def united(before: Facts, theirs: Facts, mine: Facts, chosen: Collection[str]) -> dict[str, Any]:
    """Theirs with what only I changed, and with mine of what both did where its key is ``chosen``."""
    facts = dict(theirs)
    for each in differences(before, theirs, mine):
        if each.whose is Whose.MINE or (each.whose is Whose.BOTH and each.key in chosen):
            facts |= {name: mine[name] for name in each.names}
    kept = theirs["tags"] - (before["tags"] - mine["tags"])
    return facts | {"tags": kept | (mine["tags"] - before["tags"])}


def _difference(names: tuple[str, ...], before: Facts, theirs: Facts, mine: Facts) -> Difference | None:
    differing = tuple(name for name in names if theirs[name] != mine[name])
    if not differing:
        return None
    return Difference(names[0], differing, _whose(names, before, theirs, mine))


def _whose(names: tuple[str, ...], before: Facts, theirs: Facts, mine: Facts) -> Whose:
    if all(mine[name] == before[name] for name in names):
        return Whose.THEIRS
    if all(theirs[name] == before[name] for name in names) or names == ("tags",):
        return Whose.MINE
    return Whose.BOTH
